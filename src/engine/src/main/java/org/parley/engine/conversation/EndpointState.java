package org.parley.engine.conversation;

import java.util.Objects;
import org.parley.ConversationState;

/**
 * State of one side; service-broker.md, section 3.
 *
 * @param own what this side has done
 * @param far what it has heard of the other side
 */
public record EndpointState(Own own, Far far) {

    /** A dialog just begun. */
    public static final EndpointState BEGUN = new EndpointState(Own.UNSENT, Far.ACTIVE);

    /** A target whose first message has arrived, or an initiator that has sent one. */
    public static final EndpointState CONVERSING = new EndpointState(Own.OPEN, Far.ACTIVE);

    /** Neither part may be missing. */
    public EndpointState {
        Objects.requireNonNull(own, "own");
        Objects.requireNonNull(far, "far");
    }

    /** What a side has done by itself. */
    public enum Own {
        /** Has begun and sent nothing. */
        UNSENT,
        /** Has sent, or was begun by the other side. */
        OPEN,
        /** Has ended; the other side doesn't know yet. */
        ENDING,
        /** Has ended, and nothing is on its way any more. */
        ENDED;

        /** Whether this side has ended. */
        public boolean over() {
            return this == ENDING || this == ENDED;
        }
    }

    /** What a side has heard. */
    public enum Far {
        /** Nothing that ends the dialog. */
        ACTIVE,
        /** The other side's EndDialog. */
        ENDED,
        /** An error, of the other side or of the broker. */
        FAILED
    }

    /** The state that views show. */
    public ConversationState shown() {
        if (own == Own.ENDED) {
            return ConversationState.CLOSED;
        }
        if (own == Own.ENDING) {
            return ConversationState.DISCONNECTED_OUTBOUND;
        }
        return switch (far) {
            case FAILED -> ConversationState.ERROR;
            case ENDED -> ConversationState.DISCONNECTED_INBOUND;
            case ACTIVE -> own == Own.UNSENT ? ConversationState.STARTED_OUTBOUND : ConversationState.CONVERSING;
        };
    }

    /** The pair of this side's doing and another's hearing: used when a branch commits after something has arrived. */
    public EndpointState hearing(Far heard) {
        return far == heard ? this : new EndpointState(own, heard);
    }
}
