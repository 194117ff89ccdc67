package org.parley.sql.print;

import java.util.List;
import org.parley.sql.ast.Query;

/** Prints queries. */
final class QueryPrinter {

    private final Output out;
    private final ExpressionPrinter expressions;
    private final Rules<Query.Item> items = new Rules<>();
    private final Rules<Query.Source> sources = new Rules<>();

    QueryPrinter(Output out, ExpressionPrinter expressions) {
        this.out = out;
        this.expressions = expressions;
        items.on(Query.Star.class, this::star);
        items.on(Query.Value.class, this::value);
        items.on(Query.Assignment.class, this::assignment);
        sources.on(Query.Table.class, this::table);
        sources.on(Query.VariableTable.class, it -> out.words(it.variable()).optional("AS", it.alias(), out::name));
        sources.on(Query.Derived.class, this::derived);
        sources.on(Query.Join.class, this::join);
    }

    void query(Query query) {
        body(query.body());
        if (!query.order().isEmpty()) {
            out.words("ORDER BY").list(query.order(), this::order);
        }
        if (query.offset() != null) {
            out.words("OFFSET");
            expressions.print(query.offset());
            out.words("ROWS");
        }
        if (query.fetch() != null) {
            out.words("FETCH NEXT");
            expressions.print(query.fetch());
            out.words("ROWS ONLY");
        }
    }

    private void order(Query.Order order) {
        expressions.print(order.key());
        if (order.descending()) {
            out.words("DESC");
        }
    }

    private void body(Query.Body body) {
        if (body instanceof Query.Combined combined) {
            boolean tight = combined.operator().equals("INTERSECT");
            operand(combined.left(), tight && loose(combined.left()));
            out.words(combined.operator());
            operand(combined.right(), combined.right() instanceof Query.Combined && (tight || loose(combined.right())));
        } else {
            select((Query.Select) body);
        }
    }

    private static boolean loose(Query.Body body) {
        return body instanceof Query.Combined combined && !combined.operator().equals("INTERSECT");
    }

    private void operand(Query.Body body, boolean parentheses) {
        if (parentheses) {
            out.parentheses(() -> body(body));
        } else {
            body(body);
        }
    }

    private void select(Query.Select select) {
        out.words(select.distinct() ? "SELECT DISTINCT" : "SELECT");
        out.optional("TOP", select.top(), top -> out.parentheses(() -> expressions.print(top)));
        items(select.items());
        out.optional("INTO", select.into(), out::name);
        from(select.from());
        out.optional("WHERE", select.where(), expressions::print);
        if (!select.groupBy().isEmpty()) {
            out.words("GROUP BY").list(select.groupBy(), expressions::print);
        }
        out.optional("HAVING", select.having(), expressions::print);
    }

    void items(List<Query.Item> all) {
        out.list(all, items::print);
    }

    private void star(Query.Star star) {
        if (star.qualifier() == null) {
            out.words("*");
        } else {
            out.name(star.qualifier()).mark(".*");
        }
    }

    private void value(Query.Value value) {
        expressions.print(value.expression());
        out.optional("AS", value.alias(), out::name);
    }

    private void assignment(Query.Assignment assignment) {
        out.words(assignment.variable()).words(assignment.operator());
        expressions.print(assignment.expression());
    }

    void from(List<Query.Source> from) {
        if (!from.isEmpty()) {
            out.words("FROM").list(from, sources::print);
        }
    }

    private void table(Query.Table table) {
        out.name(table.name()).optional("AS", table.alias(), out::name);
        if (!table.hints().isEmpty()) {
            out.words("WITH").parentheses(() -> out.list(table.hints(), out::words));
        }
    }

    private void derived(Query.Derived derived) {
        out.parentheses(() -> query(derived.query())).words("AS").name(derived.alias());
        if (!derived.columns().isEmpty()) {
            out.parentheses(() -> out.list(derived.columns(), out::name));
        }
    }

    private void join(Query.Join join) {
        sources.print(join.left());
        out.words(join.kind()).words("JOIN");
        if (join.right() instanceof Query.Join) {
            out.parentheses(() -> sources.print(join.right()));
        } else {
            sources.print(join.right());
        }
        out.optional("ON", join.condition(), expressions::print);
    }
}
