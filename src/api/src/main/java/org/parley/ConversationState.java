package org.parley;

/** State of a conversation endpoint; service-broker.md, section 3.1. */
public enum ConversationState {
    /** Begun, nothing sent yet. */
    STARTED_OUTBOUND("SO"),
    /** Begun by the far side, its first message not complete here. */
    STARTED_INBOUND("SI"),
    /** Both sides may send. */
    CONVERSING("CO"),
    /** The far side has ended; this side may receive and must end. */
    DISCONNECTED_INBOUND("DI"),
    /** This side has ended; the far side doesn't know yet. */
    DISCONNECTED_OUTBOUND("DO"),
    /** An error arrived; this side may receive and must end. */
    ERROR("ER"),
    /** Both know that it is over on this side. */
    CLOSED("CD");

    private final String code;

    ConversationState(String code) {
        this.code = code;
    }

    /** The two letters of the catalog views. */
    public String code() {
        return code;
    }
}
