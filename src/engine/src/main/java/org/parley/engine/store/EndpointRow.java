package org.parley.engine.store;

import java.util.UUID;

/**
 * One side of a conversation as it is stored. Only the holder of its group lock changes the row; what the other side's
 * end means here is derived from the other side's row and from the messages.
 *
 * @param id even for an initiator, odd for a target; {@code id ^ 1} is the other side
 * @param handle handle of this side
 * @param conversationId identifier that both sides share
 * @param service id of the local service
 * @param contract id of the contract
 * @param group conversation group
 * @param farService service of the other side
 * @param farBroker broker instance that BEGIN DIALOG named, or that began the dialog; null for any
 * @param encrypted whether the dialog was begun with ENCRYPTION = ON
 * @param priority 1 to 10
 * @param lifetime when the dialog expires, in milliseconds of the epoch
 * @param stage how far this side has come by its own doing
 * @param received positions below it have been received here
 */
public record EndpointRow(
        long id,
        UUID handle,
        UUID conversationId,
        int service,
        int contract,
        UUID group,
        String farService,
        UUID farBroker,
        boolean encrypted,
        int priority,
        long lifetime,
        Stage stage,
        long received) {

    /** Whether this side began the dialog. */
    public boolean initiator() {
        return (id & 1) == 0;
    }

    /** The same endpoint after its holder has changed what it may change. */
    public EndpointRow with(Stage newStage, long newReceived) {
        return new EndpointRow(
                id,
                handle,
                conversationId,
                service,
                contract,
                group,
                farService,
                farBroker,
                encrypted,
                priority,
                lifetime,
                newStage,
                newReceived);
    }

    /** The same endpoint in another group. */
    public EndpointRow inGroup(UUID other) {
        return new EndpointRow(
                id,
                handle,
                conversationId,
                service,
                contract,
                other,
                farService,
                farBroker,
                encrypted,
                priority,
                lifetime,
                stage,
                received);
    }

    /** The other side's id. */
    public long far() {
        return id ^ 1;
    }

    /** What a side has done by itself; the code is what is stored. */
    public enum Stage {
        /** May send. */
        OPEN("O"),
        /** Has received an Error: may only end. */
        FAILED("F"),
        /** Has ended. */
        ENDED("E"),
        /** Has ended with an error. */
        ENDED_WITH_ERROR("X"),
        /** Has ended while its queue was off: the other side is told when that is on. */
        HELD("H"),
        /** Was removed by END WITH CLEANUP; the row only tells the other side's messages that nobody is here. */
        CLEANED("C");

        private final String code;

        Stage(String code) {
            this.code = code;
        }

        /** The stored letter. */
        public String code() {
            return code;
        }

        /** Whether this side has ended, one way or another. */
        public boolean ended() {
            return this == ENDED || this == ENDED_WITH_ERROR || this == HELD || this == CLEANED;
        }

        /** The stage of a stored letter. */
        public static Stage ofCode(String code) {
            for (Stage stage : values()) {
                if (stage.code.equals(code)) {
                    return stage;
                }
            }
            throw new IllegalArgumentException(
                    "'" + code + "' is no stage of an endpoint; allowed are O, F, E, X, H, C.");
        }
    }
}
