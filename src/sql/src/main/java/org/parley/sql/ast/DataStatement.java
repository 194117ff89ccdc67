package org.parley.sql.ast;

import java.util.List;

/** What goes to tables: the user's own, and table variables. */
public sealed interface DataStatement extends Statement {

    /** SELECT. */
    record SelectStatement(Position at, Query query) implements DataStatement {}

    /** INSERT; columns are empty when not written. */
    record Insert(Position at, Target target, List<String> columns, Rows rows) implements DataStatement {}

    /** UPDATE; null or empty for what isn't written. */
    record Update(
            Position at,
            Expression top,
            Target target,
            List<Assigned> assignments,
            List<Query.Source> from,
            Expression where)
            implements DataStatement {}

    /** DELETE; null or empty for what isn't written. */
    record Delete(Position at, Expression top, Target target, List<Query.Source> from, Expression where)
            implements DataStatement {}

    /** TRUNCATE TABLE. */
    record Truncate(Position at, ObjectName table) implements DataStatement {}

    /** CREATE TABLE. */
    record CreateTable(Position at, ObjectName name, TableDefinition table) implements DataStatement {}

    /** DROP TABLE. */
    record DropTable(Position at, boolean ifExists, List<ObjectName> names) implements DataStatement {}

    /** CREATE INDEX. */
    record CreateIndex(Position at, boolean unique, String name, ObjectName table, List<IndexColumn> columns)
            implements DataStatement {}

    /** DROP INDEX name ON table. */
    record DropIndex(Position at, boolean ifExists, String name, ObjectName table) implements DataStatement {}

    /** A column of an index. */
    record IndexColumn(String name, boolean descending) {}

    /** What a statement changes; one of the two is null. */
    record Target(ObjectName table, String variable) {}

    /** SET of an UPDATE: a column, or a variable, or both ({@code @v = column = value}); a null value is DEFAULT. */
    record Assigned(String variable, ObjectName column, String operator, Expression value) {}

    /** Where the rows of an INSERT come from. */
    sealed interface Rows {}

    /** VALUES; a null value is DEFAULT. */
    record Values(List<List<Expression>> rows) implements Rows {}

    /** A query. */
    record Selected(Query query) implements Rows {}

    /** DEFAULT VALUES. */
    record Defaults() implements Rows {}
}
