package org.parley.engine.store;

import java.util.Iterator;
import java.util.UUID;

/**
 * Rows of the views of one open database. Each call takes what is committed at that moment; nothing here waits for a
 * transaction. An iterator is used by one thread and may be dropped at any point.
 */
public interface SystemRows {

    /** Rows of a view; values in the order of its columns, each of its column's type or null. */
    Iterator<Object[]> rows(SystemView view);

    /** Messages of a queue; values in the order of {@link SystemView#QUEUE_COLUMNS}; none for an unknown id. */
    Iterator<Object[]> queue(int id);

    /** Why the messages of a conversation endpoint are not delivered, or an empty text. */
    String transmissionStatus(UUID handle);

    /** A body that is read when it is asked for. */
    @FunctionalInterface
    interface Body {

        /** The bytes, or null. */
        byte[] read();
    }
}
