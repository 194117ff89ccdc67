package org.parley.sql.ast;

import java.util.List;

/**
 * A name of one to four parts: server, database, schema, object. A part that was left out between dots is empty.
 *
 * @param parts as written, without delimiters; the object's own name is the last
 */
public record ObjectName(List<String> parts) {

    /** Copies its list. */
    public ObjectName {
        parts = List.copyOf(parts);
    }

    /** A name of these parts. */
    public static ObjectName of(String... parts) {
        return new ObjectName(List.of(parts));
    }

    /** The object's own name. */
    public String last() {
        return parts.get(parts.size() - 1);
    }

    /** The part so many before the last, or null when it isn't written. */
    public String before(int places) {
        int index = parts.size() - 1 - places;
        return index < 0 || parts.get(index).isEmpty() ? null : parts.get(index);
    }

    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
