package org.parley.engine.queue;

import org.parley.engine.store.MessageRow;

/**
 * A message in memory between SEND and RECEIVE. Until its branch commits, what that has sent to one endpoint hangs together
 * from the newest to the oldest, and nothing of it changes, so that a savepoint is one reference to what was the newest then.
 * From the commit on it belongs to the {@link Handover} and is guarded by the table's lock.
 */
public final class HandedOver {

    /** What a row and its place here take beside the body, in a JVM with less than 32 GB of heap. */
    private static final int BESIDE_THE_BODY = 112;

    private final MessageRow row;
    private HandedOver older;
    private HandedOver newer;

    HandedOver(MessageRow row, HandedOver older) {
        this.row = row;
        this.older = older;
    }

    MessageRow row() {
        return row;
    }

    /** The one sent before it or, of all that are handed over, committed before it; null when there is none. */
    HandedOver older() {
        return older;
    }

    void older(HandedOver one) {
        older = one;
    }

    /** The one committed after it, or null. */
    HandedOver newer() {
        return newer;
    }

    void newer(HandedOver one) {
        newer = one;
    }

    int bytes() {
        return bytes(row);
    }

    /** What a message takes. */
    static int bytes(MessageRow row) {
        return BESIDE_THE_BODY + row.length();
    }
}
