package org.parley.engine.catalog;

import java.util.List;

/**
 * A queue; service-broker.md, section 1.5.
 *
 * @param id its id
 * @param name its name without a schema, compared as it is written
 * @param on STATUS: off, nothing goes in or out
 */
public record Queue(int id, String name, boolean on) {

    private static final List<String> SCHEMA = List.of("dbo.", "[dbo].");

    /** Longer than any name with a schema and all its characters doubled in brackets. */
    private static final int NO_NAME = 300;

    /**
     * A queue's name as it is stored: a leading {@code dbo.} or {@code [dbo].} is dropped, since that is the only schema
     * there is, and with it the brackets around the rest, so that {@code [dbo].[Q]}, as it is copied from a script, and
     * {@code Q} are the same queue. The name of a name is the name itself.
     */
    public static String nameOf(String written) {
        if (written == null || written.length() > NO_NAME) {
            return written;
        }
        String name = written;
        for (String rest = withoutSchema(name); rest != null; rest = withoutSchema(name)) {
            boolean bracketed = rest.length() > 2 && rest.startsWith("[") && rest.endsWith("]");
            name = bracketed ? rest.substring(1, rest.length() - 1).replace("]]", "]") : rest;
        }
        return name;
    }

    private static String withoutSchema(String name) {
        for (String schema : SCHEMA) {
            if (name.regionMatches(true, 0, schema, 0, schema.length())) {
                return name.substring(schema.length());
            }
        }
        return null;
    }
}
