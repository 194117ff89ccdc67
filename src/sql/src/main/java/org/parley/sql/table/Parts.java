package org.parley.sql.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.parley.sql.ast.Expression;

/** What an expression consists of. */
final class Parts {

    /** Functions whose first argument is the name of a part of a time. */
    private static final Set<String> DATE_FUNCTIONS =
            Set.of("DATEADD", "DATEDIFF", "DATEDIFF_BIG", "DATEPART", "DATENAME", "DATETRUNC");

    /** Functions that give another value for each row. */
    private static final Set<String> CHANGING = Set.of("NEWID", "NEWSEQUENTIALID", "RAND");

    private static final Set<String> AGGREGATES =
            Set.of("COUNT", "COUNT_BIG", "SUM", "MIN", "MAX", "AVG", "STDEV", "STDEVP", "VAR", "VARP");

    private Parts() {}

    static boolean isDateFunction(Expression.Call call) {
        return DATE_FUNCTIONS.contains(call.name());
    }

    static boolean isAggregate(Expression expression) {
        return expression instanceof Expression.Call call && AGGREGATES.contains(call.name());
    }

    /** Whether it is the same for all rows: no column, query, aggregate or changing function is needed for it. */
    static boolean isConstant(Expression expression) {
        return isIndependent(expression)
                && none(expression, e -> e instanceof Expression.Call call && CHANGING.contains(call.name()));
    }

    /** Whether it can be evaluated without a row. */
    static boolean isIndependent(Expression expression) {
        return none(expression, e -> e instanceof Expression.Column || hasQuery(e) || isAggregate(e));
    }

    static boolean hasQuery(Expression e) {
        return e instanceof Expression.Subquery
                || e instanceof Expression.Exists
                || e instanceof Expression.In in && in.query() != null;
    }

    static boolean hasAggregate(Expression expression) {
        return !none(expression, Parts::isAggregate);
    }

    static boolean none(Expression expression, java.util.function.Predicate<Expression> test) {
        return !test.test(expression) && children(expression).stream().allMatch(child -> none(child, test));
    }

    /** Columns that it names. */
    static List<Expression.Column> columns(Expression expression) {
        List<Expression.Column> columns = new ArrayList<>();
        collect(expression, columns);
        return columns;
    }

    private static void collect(Expression expression, List<Expression.Column> columns) {
        if (expression instanceof Expression.Column column) {
            columns.add(column);
        }
        children(expression).forEach(child -> collect(child, columns));
    }

    /** The expressions it is made of; what stands in a query inside it is the query's. */
    static List<Expression> children(Expression expression) {
        List<Expression> children = new ArrayList<>();
        if (expression instanceof Expression.Unary e) {
            children.add(e.operand());
        } else if (expression instanceof Expression.Operation e) {
            children.addAll(List.of(e.left(), e.right()));
        } else if (expression instanceof Expression.Logical e) {
            children.addAll(List.of(e.left(), e.right()));
        } else if (expression instanceof Expression.Not e) {
            children.add(e.operand());
        } else if (expression instanceof Expression.IsNull e) {
            children.add(e.operand());
        } else if (expression instanceof Expression.In e) {
            children.add(e.operand());
            children.addAll(e.list() == null ? List.of() : e.list());
        } else if (expression instanceof Expression.Like e) {
            children.add(e.operand());
            children.add(e.pattern());
            children.add(e.escape());
        } else if (expression instanceof Expression.Between e) {
            children.addAll(List.of(e.operand(), e.low(), e.high()));
        } else if (expression instanceof Expression.Case e) {
            children.add(e.operand());
            e.whens().forEach(when -> children.addAll(List.of(when.condition(), when.value())));
            children.add(e.otherwise());
        } else if (expression instanceof Expression.Cast e) {
            children.add(e.operand());
        } else if (expression instanceof Expression.Convert e) {
            children.add(e.operand());
            children.add(e.style());
        } else if (expression instanceof Expression.Call e) {
            children.addAll(
                    isDateFunction(e) ? e.arguments().subList(1, e.arguments().size()) : e.arguments());
        } else if (expression instanceof Expression.XmlMethod e) {
            children.add(e.target());
            children.addAll(e.arguments());
        }
        children.removeIf(Objects::isNull);
        return children;
    }
}
