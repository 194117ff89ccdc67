package org.parley.engine.routing;

import java.util.UUID;

/**
 * One message, acknowledgement or question on its way between two broker databases; service-broker.md, section 4. Names
 * travel, never the ids of a database.
 *
 * @param kind what it is
 * @param header whose it is
 * @param sequence number of a message, an EndDialog or an Error that a side ended with; -1 for the others
 * @param type message type, for {@link Kind#MESSAGE} only
 * @param body bytes of a message or an Error, or null
 * @param number error number, for {@link Kind#BROKER_ERROR} only
 * @param acknowledges the sending side has everything below this number of the other side's
 * @param oldest the sending side still has nothing older than this number of its own
 */
public record Frame(
        Kind kind, Header header, long sequence, String type, byte[] body, int number, long acknowledges, long oldest) {

    /** What a frame is. */
    public enum Kind {
        /** A message of the application. */
        MESSAGE,
        /** The end of the dialog. */
        END_DIALOG,
        /** The end of the dialog with an error; what was sent before it may be missing. */
        ERROR,
        /** The broker on the other side can't go on with this conversation. Has no number: made anew when needed. */
        BROKER_ERROR,
        /** An acknowledgement for which there is no return traffic. */
        ACKNOWLEDGEMENT,
        /** A closed target asks whether its initiator has deleted its first message. */
        QUESTION,
        /** The answer: {@link #oldest}. */
        ANSWER;

        /** Whether such frames are numbered, kept until they are acknowledged, and delivered in order. */
        public boolean sequenced() {
            return this == MESSAGE || this == END_DIALOG || this == ERROR;
        }
    }

    /**
     * What every frame of a conversation carries.
     *
     * @param conversation identifier that both sides share
     * @param toInitiator whether it goes to the side that began the dialog
     * @param fromBroker broker instance that sends it
     * @param fromService service that sends it
     * @param toService service that it goes to
     * @param contract contract of the dialog
     * @param lifetime when the dialog expires, in milliseconds of the epoch
     * @param encrypted whether the dialog was begun with ENCRYPTION = ON
     * @param owner user that owns the initiating service; null in what goes to the initiator
     */
    public record Header(
            UUID conversation,
            boolean toInitiator,
            UUID fromBroker,
            String fromService,
            String toService,
            String contract,
            long lifetime,
            boolean encrypted,
            String owner) {

        /** The header of what goes back. */
        Header back(UUID broker) {
            return new Header(
                    conversation, !toInitiator, broker, toService, fromService, contract, lifetime, encrypted, null);
        }
    }

    static Frame error(Header header, int number, String description) {
        return new Frame(Kind.BROKER_ERROR, header, -1, description, null, number, 0, 0);
    }

    /** What the last one of an endpoint says: everything below a number has been taken, and nothing more follows. */
    static Frame acknowledgement(Header header, long acknowledges) {
        return new Frame(Kind.ACKNOWLEDGEMENT, header, -1, null, null, 0, acknowledges, Long.MAX_VALUE);
    }

    static Frame answer(Header header, long oldest) {
        return new Frame(Kind.ANSWER, header, -1, null, null, 0, 0, oldest);
    }

    /** Description of a {@link Kind#BROKER_ERROR}. */
    String description() {
        return type;
    }
}
