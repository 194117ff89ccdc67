package org.parley.sql.ast;

import java.util.List;

/**
 * A query.
 *
 * @param body what it reads
 * @param order ORDER BY; empty when not written
 * @param offset OFFSET rows, or null
 * @param fetch FETCH NEXT rows, or null
 */
public record Query(Body body, List<Order> order, Expression offset, Expression fetch) {

    /** Copies its list. */
    public Query {
        order = List.copyOf(order);
    }

    /** SELECT, or several joined by set operators. */
    public sealed interface Body {}

    /**
     * One SELECT. Null for what isn't written.
     *
     * @param into table that SELECT INTO makes
     * @param from separated by commas; empty without FROM
     */
    public record Select(
            Position at,
            boolean distinct,
            Expression top,
            List<Item> items,
            ObjectName into,
            List<Source> from,
            Expression where,
            List<Expression> groupBy,
            Expression having)
            implements Body {}

    /** UNION, UNION ALL, EXCEPT, INTERSECT; the operator in upper case. */
    public record Combined(Body left, String operator, Body right) implements Body {}

    /** What SELECT or RECEIVE gives. */
    public sealed interface Item {}

    /** {@code *}, or {@code name.*}; the qualifier is null when not written. */
    public record Star(ObjectName qualifier) implements Item {}

    /** An expression; the alias is null when not written. */
    public record Value(Expression expression, String alias) implements Item {}

    /** {@code @variable = expression}; the operator as in SET. */
    public record Assignment(String variable, String operator, Expression expression) implements Item {}

    /** What is read. */
    public sealed interface Source {}

    /** A table, view or queue; the alias is null when not written; hints in upper case. */
    public record Table(Position at, ObjectName name, String alias, List<String> hints) implements Source {}

    /** A table variable. */
    public record VariableTable(Position at, String variable, String alias) implements Source {}

    /** A query in parentheses. */
    public record Derived(Query query, String alias, List<String> columns) implements Source {}

    /** INNER, LEFT, RIGHT, FULL or CROSS; the condition is null for CROSS. */
    public record Join(String kind, Source left, Source right, Expression condition) implements Source {}

    /** One key of ORDER BY. */
    public record Order(Expression key, boolean descending) {}
}
