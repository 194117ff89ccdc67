package org.parley.engine.conversation;

/** What can happen to a side of a conversation. */
public enum Event {
    /** The application sends a message. */
    SEND,
    /** The application ends the conversation. */
    END,
    /** The application ends it with an error. */
    END_WITH_ERROR,
    /** The application ends it with CLEANUP. */
    CLEANUP,
    /** The application sets the conversation timer. */
    SET_TIMER,
    /** The application moves the conversation to another group. */
    MOVE,
    /** A message of the other side arrives. */
    MESSAGE_ARRIVES,
    /** The other side's EndDialog arrives. */
    END_ARRIVES,
    /** An Error arrives: the other side's, or the broker's own. */
    ERROR_ARRIVES,
    /** The conversation timer passes. */
    TIMER_PASSES,
    /** What this side sent last has reached the other side. */
    ACKNOWLEDGED
}
