package org.parley.sql.table;

import java.util.ArrayList;
import java.util.List;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.DataStatement.Assigned;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.Query;
import org.parley.sql.value.Conversion;

/**
 * UPDATE and DELETE of a table in the store. What FROM joins to the table becomes a query inside the statement: the row is changed when
 * it has a partner, with the values of one of them.
 */
final class Change {

    private final Translation translation;
    private final Names target = new Names(null);
    private final int alias;
    private final Relation relation;
    private final List<Query.Source> others = new ArrayList<>();
    private final List<Expression> conditions = new ArrayList<>();
    private List<SqlQuery.Source> partners = List.of();
    private ExpressionTranslator expressions;
    private Sql where;

    private Change(Translation translation, DataStatement.Target changed, List<Query.Source> from, Expression where) {
        this.translation = translation;
        Query.Table written = find(changed.table(), from);
        ObjectName name = written == null ? changed.table() : written.name();
        relation = translation.dictionary().changeable(name);
        alias = translation.nextAlias();
        target.add(SourceTranslator.visible(relation, name, written == null ? null : written.alias(), alias));
        for (Query.Source each : from) {
            flatten(each, written);
        }
        if (where != null) {
            conditions.add(where);
        }
        translate();
    }

    private void translate() {
        Names names = target;
        if (!others.isEmpty()) {
            names = new Names(target);
            partners = new SourceTranslator(translation, names).sources(others);
        }
        expressions = new ExpressionTranslator(translation, names);
        for (Expression each : conditions) {
            Sql condition = expressions.condition(each);
            where = where == null ? condition : new Sql.Infix(Sql.Operator.AND, where, condition);
        }
    }

    /** The source of FROM that is to be changed: called like the target, or the same table. */
    private static Query.Table find(ObjectName name, List<Query.Source> from) {
        List<Query.Table> tables = new ArrayList<>();
        from.forEach(each -> collect(each, tables));
        List<Query.Table> called = tables.stream()
                .filter(each -> name.last()
                        .equalsIgnoreCase(each.alias() == null ? each.name().last() : each.alias()))
                .toList();
        List<Query.Table> same = called.isEmpty()
                ? tables.stream()
                        .filter(each -> name.last().equalsIgnoreCase(each.name().last()))
                        .toList()
                : called;
        if (same.size() > 1) {
            throw new ScriptError(
                    8154, "'" + name + "' stands several times in FROM; name the one to be changed by its alias.");
        }
        return same.isEmpty() ? null : same.get(0);
    }

    private static void collect(Query.Source source, List<Query.Table> tables) {
        if (source instanceof Query.Table table) {
            tables.add(table);
        } else if (source instanceof Query.Join join) {
            collect(join.left(), tables);
            collect(join.right(), tables);
        }
    }

    /** Takes the target out of FROM: around it only joins can stand that are the same as conditions. */
    private void flatten(Query.Source source, Query.Table written) {
        List<Query.Table> tables = new ArrayList<>();
        collect(source, tables);
        if (source == written) {
            return;
        }
        if (!(source instanceof Query.Join join) || tables.stream().noneMatch(each -> each == written)) {
            others.add(source);
            return;
        }
        if (!join.kind().equals("INNER") && !join.kind().equals("CROSS")) {
            throw new ScriptError(
                    BeyondStore.NUMBER,
                    "The table that is changed can't stand in a " + join.kind()
                            + " JOIN; allowed are INNER and CROSS JOIN, or a query in" + " the SET or WHERE.");
        }
        flatten(join.left(), written);
        flatten(join.right(), written);
        if (join.condition() != null) {
            conditions.add(join.condition());
        }
    }

    private Sql rows() {
        return partners.isEmpty() ? where : new Sql.Exists(new SqlQuery(partner(new Sql.Whole(1))));
    }

    private SqlQuery.Select partner(Sql item) {
        return new SqlQuery.Select(false, List.of(item), partners, where, List.of(), null);
    }

    static long delete(DataStatement.Delete delete, Translation translation) {
        Change change = new Change(translation, delete.target(), delete.from(), delete.where());
        if (delete.top() == null) {
            return change.run(new SqlStatement.Delete(change.relation.name(), change.alias, change.rows()));
        }
        Long top = translation.rows(delete.top(), "TOP");
        return change.cursor("DELETE with TOP").delete(top, change.alias, change.where);
    }

    private long run(SqlStatement statement) {
        return new Store(translation.scope().connection().sql()).change(statement);
    }

    /** The store has no cursor for several tables. */
    private CursorChange cursor(String what) {
        if (!fitsCursor()) {
            throw new ScriptError(
                    BeyondStore.NUMBER,
                    what
                            + " goes from row to row of a table, without joins and without a query in WHERE; name the rows by their key:"
                            + " key IN (SELECT TOP (n) key ...) in a statement without TOP, or values of variables.");
        }
        return new CursorChange(translation, relation, target);
    }

    private boolean fitsCursor() {
        return others.isEmpty() && conditions.stream().allMatch(each -> Parts.none(each, Parts::hasQuery));
    }

    static long update(DataStatement.Update update, Translation translation) {
        Change change = new Change(translation, update.target(), update.from(), update.where());
        List<Assigned> assignments = update.assignments();
        List<Relation.Column> columns = change.columns(assignments);
        boolean variables = assignments.stream().anyMatch(each -> each.variable() != null);
        if (update.top() == null && !variables) {
            try {
                return change.run(change.update(assignments, columns));
            } catch (BeyondStore e) {
                if (!change.fitsCursor()) {
                    throw e;
                }
            }
        }
        String what = variables ? "UPDATE with variables in SET" : "UPDATE with TOP";
        Long top = translation.rows(update.top(), "TOP");
        return change.cursor(what).update(top, change.alias, change.where, assignments, columns);
    }

    private SqlStatement.Update update(List<Assigned> assignments, List<Relation.Column> columns) {
        List<SqlStatement.Set> sets = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            sets.add(set(assignments.get(i), columns.get(i)));
        }
        return new SqlStatement.Update(relation.name(), alias, sets, rows());
    }

    /** The columns that are set, null for a variable alone. */
    private List<Relation.Column> columns(List<Assigned> assignments) {
        List<Relation.Column> columns = new ArrayList<>();
        for (Assigned assigned : assignments) {
            columns.add(assigned.column() == null ? null : column(assigned, columns));
        }
        return columns;
    }

    private Relation.Column column(Assigned assigned, List<Relation.Column> before) {
        Relation.Column column = relation.column(assigned.column().last());
        if (column.identity()) {
            throw new ScriptError(
                    8102,
                    "Column '" + column.name() + "' of '" + relation.name().name()
                            + "' has IDENTITY and can't be changed.");
        }
        if (before.contains(column)) {
            throw new ScriptError(264, "Column '" + column.name() + "' stands twice in SET.");
        }
        return column;
    }

    private SqlStatement.Set set(Assigned assigned, Relation.Column column) {
        if (assigned.value() == null) {
            return new SqlStatement.Set(column.name(), Sql.Word.DEFAULT);
        }
        Typed typed = expressions.value(value(assigned));
        if (typed.isConstant()) {
            return new SqlStatement.Set(
                    column.name(),
                    Coercion.parameter(Conversion.stored(typed.constant(), column.type(), column.name())));
        }
        Sql converted = Coercion.to(typed, column.type());
        return new SqlStatement.Set(
                column.name(),
                partners.isEmpty() ? converted : new Sql.Scalar(new SqlQuery(partner(converted), List.of(), null, 1L)));
    }

    /** {@code column += value} is {@code column = column + value}. */
    static Expression value(Assigned assigned) {
        if (assigned.operator().equals("=")) {
            return assigned.value();
        }
        String operator = assigned.operator().substring(0, assigned.operator().length() - 1);
        Expression old = assigned.column() != null
                ? new Expression.Column(org.parley.sql.ast.Position.NONE, assigned.column())
                : new Expression.Variable(org.parley.sql.ast.Position.NONE, assigned.variable());
        return new Expression.Operation(org.parley.sql.ast.Position.NONE, operator, old, assigned.value());
    }
}
