package org.parley.engine.conversation;

/** What has to be done when a side moves. */
public enum Effect {
    /** Give the message to the other side. */
    SEND_MESSAGE,
    /** Tell the other side of the end, behind everything sent before. */
    SEND_END,
    /** Give the other side an Error. */
    SEND_ERROR,
    /** Remove this side's messages and its timer. */
    CLEAR_QUEUE,
    /** Remove this side; the other side has never heard of the dialog or is not to hear. */
    REMOVE,
    /** This side is over: it goes when the other side has ended too. */
    CLOSE,
    /** Put what arrived into the queue. */
    ENQUEUE,
    /** Drop what arrived. */
    DISCARD,
    /** Set the timer. */
    SET_TIMER,
    /** Put this side, with what it has in its queue, into the other group. */
    CHANGE_GROUP
}
