package org.parley.engine.store;

import java.util.Iterator;
import java.util.UUID;

/**
 * Rows of the views of one open database. Each call takes what is committed at that moment; nothing here waits for a
 * transaction. An iterator is used by one thread and may be dropped at any point. Who asks is null for dbo, who sees
 * everything.
 */
public interface SystemRows {

    /** Rows of a view that the caller may see; values in the order of its columns, each of its column's type or null. */
    Iterator<Object[]> rows(SystemView view, SqlCaller caller);

    /**
     * Messages of a queue; values in the order of {@link SystemView#QUEUE_COLUMNS}; none for an unknown id.
     *
     * @throws org.parley.BrokerException 229 when the caller may not read it
     */
    Iterator<Object[]> queue(int id, SqlCaller caller);

    /** Why the messages of a conversation endpoint are not delivered; empty also for one that the caller doesn't see. */
    String transmissionStatus(UUID handle, SqlCaller caller);

    /** A body that is read when it is asked for. */
    @FunctionalInterface
    interface Body {

        /** The bytes, or null. */
        byte[] read();
    }
}
