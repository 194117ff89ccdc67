package org.parley.engine.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.parley.ActivationDefinition;
import org.parley.QueueDefinition;
import org.parley.QueueDefinition.PoisonAction;
import org.parley.engine.store.CatalogRows;

/**
 * A queue; service-broker.md, section 1.5.
 *
 * @param id its id
 * @param definition its name without a schema, compared as it is written; its options
 * @param offSince queuing order of the last message that was sent before it was turned off; {@link CatalogRows.QueueRow#NEVER}
 *     while it is on
 * @param created when it was made, null for one of the system's
 * @param modified when it was last altered
 */
public record Queue(int id, QueueDefinition definition, long offSince, Instant created, Instant modified) {

    /** Id of the system's queue behind {@link Service#EVENT_NOTIFICATIONS}. */
    public static final int EVENT_NOTIFICATIONS = 2;

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

    /** Whether it belongs to the system. */
    public boolean system() {
        return id < CatalogRows.FIRST_USER_ID;
    }

    /** Its name. */
    public String name() {
        return definition.name();
    }

    /** STATUS: off, nothing goes in or out. */
    public boolean on() {
        return definition.on();
    }

    /** RETENTION. */
    public boolean retention() {
        return definition.retention();
    }

    /** Whether rollbacks in a row have a consequence. */
    public boolean poisonHandling() {
        return definition.poisonHandling();
    }

    /** Which one. */
    public PoisonAction poisonAction() {
        return definition.poisonAction();
    }

    /** How long messages wait after a rollback. */
    public Duration redeliveryDelay() {
        return definition.redeliveryDelay();
    }

    /** The procedure that reads it. */
    public ActivationDefinition activation() {
        return definition.activation();
    }

    /** Whether a procedure is started to read it. */
    public boolean startsProcedure() {
        return activation().on() && activation().procedure() != null;
    }

    CatalogRows.Row row() {
        return new CatalogRows.QueueRow(id, definition, offSince, created, modified);
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
