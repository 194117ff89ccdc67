package org.parley.sql.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Query;
import org.parley.sql.parse.StatementParser.AliasContext;
import org.parley.sql.parse.StatementParser.BareAliasContext;
import org.parley.sql.parse.StatementParser.BracketedContext;
import org.parley.sql.parse.StatementParser.CombinedContext;
import org.parley.sql.parse.StatementParser.CrossJoinContext;
import org.parley.sql.parse.StatementParser.FromContext;
import org.parley.sql.parse.StatementParser.IntersectedContext;
import org.parley.sql.parse.StatementParser.ItemContext;
import org.parley.sql.parse.StatementParser.JoinContext;
import org.parley.sql.parse.StatementParser.OffsetContext;
import org.parley.sql.parse.StatementParser.OrderKeyContext;
import org.parley.sql.parse.StatementParser.QueryBodyContext;
import org.parley.sql.parse.StatementParser.QueryContext;
import org.parley.sql.parse.StatementParser.SelectContext;
import org.parley.sql.parse.StatementParser.SingleContext;
import org.parley.sql.parse.StatementParser.SourceContext;
import org.parley.sql.parse.StatementParser.TableContext;
import org.parley.sql.parse.StatementParser.TableSourceContext;
import org.parley.sql.parse.StatementParser.TopContext;

/** Makes queries of the parse tree. */
final class QueryBuilder {

    private final ExpressionBuilder expressions;

    QueryBuilder(ExpressionBuilder expressions) {
        this.expressions = expressions;
    }

    Query query(QueryContext context) {
        OffsetContext offset = context.offset();
        return new Query(
                body(context.queryBody()),
                Terms.all(context.orderKey(), this::order),
                offset == null ? null : expressions.value(offset.skipped),
                offset == null ? null : expressions.value(offset.fetched));
    }

    private Query.Order order(OrderKeyContext context) {
        return new Query.Order(expressions.value(context.expression()), context.DESC() != null);
    }

    private Query.Body body(QueryBodyContext context) {
        Deque<QueryBodyContext> links = new ArrayDeque<>();
        QueryBodyContext first = context;
        while (first instanceof IntersectedContext || first instanceof CombinedContext) {
            links.push(first);
            first = first.getRuleContext(QueryBodyContext.class, 0);
        }
        Query.Body made = first instanceof SingleContext single
                ? select(single.select())
                : body(((BracketedContext) first).queryBody());
        for (QueryBodyContext link : links) {
            made = new Query.Combined(made, operator(link), body(link.getRuleContext(QueryBodyContext.class, 1)));
        }
        return made;
    }

    private static String operator(QueryBodyContext link) {
        if (link instanceof CombinedContext combined) {
            return combined.EXCEPT() != null ? "EXCEPT" : combined.ALL() != null ? "UNION ALL" : "UNION";
        }
        return "INTERSECT";
    }

    private Query.Select select(SelectContext context) {
        return new Query.Select(
                Terms.at(context),
                context.DISTINCT() != null,
                top(context.top()),
                items(context.item()),
                Terms.objectName(context.objectName()),
                from(context.from()),
                context.where() == null
                        ? null
                        : expressions.condition(context.where().condition()),
                expressions.values(context.expression()),
                expressions.condition(context.condition()));
    }

    Expression top(TopContext context) {
        if (context == null) {
            return null;
        }
        return context.INTEGER() == null ? expressions.value(context.expression()) : Terms.number(context.INTEGER());
    }

    List<Query.Item> items(List<ItemContext> contexts) {
        return Terms.all(contexts, this::item);
    }

    private Query.Item item(ItemContext context) {
        if (context.STAR() != null) {
            return new Query.Star(Terms.objectName(context.objectName()));
        }
        if (context.VARIABLE() != null) {
            return new Query.Assignment(
                    Terms.variable(context.VARIABLE()),
                    context.assignmentOperator().getText(),
                    expressions.value(context.expression()));
        }
        String alias = context.alias() == null ? alias(context.bareAlias()) : alias(context.alias());
        return new Query.Value(expressions.value(context.expression()), alias);
    }

    private static String alias(AliasContext context) {
        return context.TEXT() == null ? Terms.name(context.name()) : notEmpty(context);
    }

    private static String alias(BareAliasContext context) {
        if (context == null) {
            return null;
        }
        return context.TEXT() == null ? Terms.name(context.bareName()) : notEmpty(context);
    }

    /** A name that is written as a text is held to what holds for names. */
    private static String notEmpty(org.antlr.v4.runtime.ParserRuleContext text) {
        return Terms.checkedName(text.getStart(), Terms.text(text.getStart()));
    }

    List<Query.Source> from(FromContext context) {
        return context == null ? List.of() : Terms.all(context.source(), this::source);
    }

    private Query.Source source(SourceContext context) {
        Deque<SourceContext> links = new ArrayDeque<>();
        SourceContext first = context;
        while (first instanceof CrossJoinContext || first instanceof JoinContext) {
            links.push(first);
            first = first.getRuleContext(SourceContext.class, 0);
        }
        Query.Source made = table(((TableSourceContext) first).table());
        for (SourceContext link : links) {
            Query.Source right = source(link.getRuleContext(SourceContext.class, 1));
            made = link instanceof JoinContext join
                    ? new Query.Join(kind(join), made, right, expressions.condition(join.condition()))
                    : new Query.Join("CROSS", made, right, null);
        }
        return made;
    }

    private static String kind(JoinContext join) {
        return join.joinKind() == null
                ? "INNER"
                : Terms.upper(join.joinKind().getStart().getText());
    }

    private Query.Source table(TableContext context) {
        String alias = context.bareName() == null ? Terms.name(context.name()) : Terms.name(context.bareName());
        if (context.source() != null) {
            return source(context.source());
        }
        if (context.query() != null) {
            return new Query.Derived(
                    query(context.query()),
                    alias,
                    context.names() == null
                            ? List.of()
                            : Terms.names(context.names().name()));
        }
        return context.VARIABLE() != null
                ? new Query.VariableTable(Terms.at(context), Terms.variable(context.VARIABLE()), alias)
                : new Query.Table(
                        Terms.at(context),
                        Terms.objectName(context.objectName()),
                        alias,
                        context.hints() == null
                                ? List.of()
                                : Terms.all(context.hints().hint(), Terms::words));
    }
}
