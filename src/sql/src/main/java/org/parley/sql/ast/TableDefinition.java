package org.parley.sql.ast;

import java.util.List;

/**
 * Columns and constraints of a table or table variable.
 *
 * @param columns in their order
 * @param constraints those that stand apart
 */
public record TableDefinition(List<Column> columns, List<Constraint> constraints) {

    /** Copies its lists. */
    public TableDefinition {
        columns = List.copyOf(columns);
        constraints = List.copyOf(constraints);
    }

    /**
     * A column.
     *
     * @param nullable NULL, NOT NULL, or null when not written
     * @param identity IDENTITY, or null
     * @param defaultValue DEFAULT, or null
     * @param constraints those that stand with it, without columns
     */
    public record Column(
            String name,
            TypeName type,
            Boolean nullable,
            Identity identity,
            Expression defaultValue,
            List<Constraint> constraints) {}

    /** IDENTITY (seed, increment). */
    public record Identity(long seed, long increment) {}

    /** A constraint; its name is null when not written. */
    public sealed interface Constraint {

        /** Its name, or null. */
        String name();
    }

    /** PRIMARY KEY or UNIQUE; CLUSTERED and NONCLUSTERED are read and forgotten. */
    public record Key(String name, boolean primary, List<String> columns) implements Constraint {}

    /** CHECK. */
    public record Check(String name, Expression condition) implements Constraint {}

    /** FOREIGN KEY ... REFERENCES; lists are empty when not written, the action is CASCADE, SET NULL, NO ACTION or null. */
    public record Reference(
            String name, List<String> columns, ObjectName table, List<String> referenced, String onDelete)
            implements Constraint {}
}
