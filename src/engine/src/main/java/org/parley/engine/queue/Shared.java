package org.parley.engine.queue;

import java.util.HashMap;
import java.util.Map;

/**
 * One object for all that are equal, kept while it is used: what many endpoints have in common costs one reference each.
 * Guarded by the table's lock.
 */
final class Shared<T> {

    private final Map<T, Use<T>> uses = new HashMap<>();

    private static final class Use<T> {
        private final T value;
        private long count;

        Use(T value) {
            this.value = value;
        }
    }

    /** The object to be used for this one. */
    T use(T value) {
        Use<T> use = uses.computeIfAbsent(value, Use::new);
        use.count++;
        return use.value;
    }

    /** It isn't used any more by one who had begun to. */
    void release(T value) {
        uses.computeIfPresent(value, (key, use) -> --use.count == 0 ? null : use);
    }
}
