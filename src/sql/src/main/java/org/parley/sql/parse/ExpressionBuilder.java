package org.parley.sql.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.Position;
import org.parley.sql.parse.StatementParser.AndContext;
import org.parley.sql.parse.StatementParser.ArgumentsContext;
import org.parley.sql.parse.StatementParser.ConditionContext;
import org.parley.sql.parse.StatementParser.ExpressionContext;
import org.parley.sql.parse.StatementParser.LiteralContext;
import org.parley.sql.parse.StatementParser.NotContext;
import org.parley.sql.parse.StatementParser.OperandContext;
import org.parley.sql.parse.StatementParser.OrContext;
import org.parley.sql.parse.StatementParser.PredicateContext;
import org.parley.sql.parse.StatementParser.PredicatedContext;
import org.parley.sql.parse.StatementParser.PrimaryContext;
import org.parley.sql.parse.StatementParser.ProductContext;
import org.parley.sql.parse.StatementParser.ReceiverContext;
import org.parley.sql.parse.StatementParser.SimpleContext;
import org.parley.sql.parse.StatementParser.SumContext;
import org.parley.sql.parse.StatementParser.UnaryContext;
import org.parley.sql.parse.StatementParser.WhenContext;

/**
 * Makes expressions of the parse tree. The grammar has one rule for values and conditions, so that parentheses need no look-ahead;
 * what must be which is checked here.
 */
final class ExpressionBuilder {

    private static final Set<String> XML_METHODS = Set.of("value", "exist", "query", "nodes", "modify");
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=");

    private final TreeBuilder tree;

    ExpressionBuilder(TreeBuilder tree) {
        this.tree = tree;
    }

    Expression condition(ConditionContext context) {
        return context == null ? null : condition(context.expression());
    }

    Expression condition(ExpressionContext context) {
        Expression made = either(context);
        if (!isCondition(made)) {
            throw SyntaxError.at(
                    SyntaxError.NO_CONDITION,
                    context.getStart(),
                    "a value",
                    "a condition",
                    "found a value, expected a condition: a comparison, LIKE, IN, BETWEEN, IS NULL or EXISTS.");
        }
        return made;
    }

    /** A value; null stays null. */
    Expression value(ExpressionContext context) {
        return context == null ? null : checkedValue(either(context), context);
    }

    List<Expression> values(List<ExpressionContext> contexts) {
        return Terms.all(contexts, this::value);
    }

    Expression value(OperandContext context) {
        return checkedValue(operand(context), context);
    }

    private static Expression checkedValue(Expression made, ParserRuleContext context) {
        if (isCondition(made)) {
            throw SyntaxError.at(
                    SyntaxError.SYNTAX,
                    context.getStart(),
                    "a condition",
                    "a value",
                    "found a condition, expected a value; CASE makes one of it.");
        }
        return made;
    }

    private static boolean isCondition(Expression expression) {
        return expression instanceof Expression.Logical
                || expression instanceof Expression.Not
                || expression instanceof Expression.IsNull
                || expression instanceof Expression.In
                || expression instanceof Expression.Like
                || expression instanceof Expression.Between
                || expression instanceof Expression.Exists
                || expression instanceof Expression.Operation operation && COMPARISONS.contains(operation.operator());
    }

    private Expression either(ExpressionContext context) {
        if (context instanceof PredicatedContext predicated) {
            return predicated.predicate() == null ? operand(predicated.operand()) : predicate(predicated);
        }
        if (context instanceof NotContext not) {
            return new Expression.Not(condition(not.expression()));
        }
        return chain(context);
    }

    /** AND and OR, whose left operands make long chains: without a call for each link. */
    private Expression chain(ExpressionContext context) {
        Deque<ExpressionContext> links = new ArrayDeque<>();
        ExpressionContext first = context;
        while (first instanceof AndContext || first instanceof OrContext) {
            links.push(first);
            first = first.getRuleContext(ExpressionContext.class, 0);
        }
        Expression made = condition(first);
        for (ExpressionContext link : links) {
            made = new Expression.Logical(
                    link instanceof AndContext, made, condition(link.getRuleContext(ExpressionContext.class, 1)));
        }
        return made;
    }

    private Expression predicate(PredicatedContext context) {
        Expression operand = value(context.operand());
        PredicateContext predicate = context.predicate();
        boolean negated = predicate.NOT() != null;
        if (predicate.comparison() != null) {
            return new Expression.Operation(
                    Terms.at(predicate),
                    operator(predicate.comparison().getStart()),
                    operand,
                    value(predicate.operand(0)));
        }
        if (predicate.IS() != null) {
            return new Expression.IsNull(operand, negated);
        }
        if (predicate.LIKE() != null) {
            Expression escape = predicate.ESCAPE() == null ? null : value(predicate.operand(1));
            return new Expression.Like(operand, value(predicate.operand(0)), escape, negated);
        }
        if (predicate.BETWEEN() != null) {
            return new Expression.Between(operand, value(predicate.operand(0)), value(predicate.operand(1)), negated);
        }
        return predicate.query() == null
                ? new Expression.In(operand, values(predicate.expression()), null, negated)
                : new Expression.In(operand, List.of(), tree.queries().query(predicate.query()), negated);
    }

    private static String operator(Token token) {
        return switch (token.getType()) {
            case StatementLexer.NOT_EQUAL -> "<>";
            case StatementLexer.LESS_EQUAL -> "<=";
            case StatementLexer.GREATER_EQUAL -> ">=";
            default -> token.getText();
        };
    }

    private Expression operand(OperandContext context) {
        if (context instanceof SimpleContext simple) {
            return primary(simple.primary());
        }
        if (context instanceof UnaryContext unary) {
            return new Expression.Unary(unary.getStart().getText(), value(unary.operand()));
        }
        return arithmetic(context);
    }

    /** As {@link #chain}. */
    private Expression arithmetic(OperandContext context) {
        Deque<OperandContext> links = new ArrayDeque<>();
        OperandContext first = context;
        while (first instanceof SumContext || first instanceof ProductContext) {
            links.push(first);
            first = first.getRuleContext(OperandContext.class, 0);
        }
        Expression made = value(first);
        for (OperandContext link : links) {
            Token operator = ((TerminalNode) link.getChild(1)).getSymbol();
            made = new Expression.Operation(
                    Terms.at(operator), operator.getText(), made, value(link.getRuleContext(OperandContext.class, 1)));
        }
        return made;
    }

    private Expression method(Expression target, Token name, ArgumentsContext arguments) {
        String method = Terms.name(name).toLowerCase(Locale.ROOT);
        if (!XML_METHODS.contains(method) || arguments.STAR() != null || arguments.DISTINCT() != null) {
            throw noMethod(name);
        }
        return new Expression.XmlMethod(Terms.at(name), target, method, values(arguments.expression()));
    }

    private static SyntaxError noMethod(Token name) {
        String found = SyntaxError.shortened(name.getText());
        return SyntaxError.at(
                SyntaxError.SYNTAX,
                name,
                "'" + found + "'",
                "value, exist or query",
                "found '" + found + "' before parentheses and behind a dot, where only a method of type xml stands;"
                        + " expected value, exist or query.");
    }

    private Expression primary(PrimaryContext context) {
        if (context.receiver() != null) {
            return methods(context.receiver());
        }
        if (context.reference() != null) {
            return new Expression.Column(Terms.at(context), Terms.reference(context.reference(), false));
        }
        if (context.literal() != null) {
            return literal(context.literal());
        }
        if (context.SYSTEM_VARIABLE() != null) {
            return Terms.systemVariable(context.SYSTEM_VARIABLE());
        }
        if (context.query() != null) {
            return new Expression.Exists(tree.queries().query(context.query()));
        }
        return context.caseExpression() != null
                ? caseOf(context.caseExpression())
                : new Expression.Call(Terms.at(context), Terms.words(context.niladic()), List.of(), false, false);
    }

    /** As {@link #chain}. */
    private Expression methods(ReceiverContext context) {
        Deque<ReceiverContext> links = new ArrayDeque<>();
        ReceiverContext first = context;
        while (first.receiver() != null) {
            links.push(first);
            first = first.receiver();
        }
        Expression made = receiver(first);
        for (ReceiverContext link : links) {
            made = method(checkedValue(made, context), link.name().getStart(), link.arguments());
        }
        return made;
    }

    private Expression receiver(ReceiverContext context) {
        Position at = Terms.at(context);
        if (context.expression() != null) {
            return either(context.expression());
        }
        if (context.VARIABLE() != null) {
            return Terms.variableIn(context.VARIABLE());
        }
        if (context.query() != null) {
            return new Expression.Subquery(at, tree.queries().query(context.query()));
        }
        if (context.reference() != null) {
            return named(context);
        }
        if (context.functionName() != null) {
            return call(at, context.getStart(), context.functionName().getText(), context.arguments());
        }
        return context.cast() == null ? convert(context.convert()) : cast(context.cast());
    }

    private static Expression literal(LiteralContext context) {
        if (context.number() != null) {
            return Terms.number(context.number());
        }
        if (context.TEXT() != null) {
            return Terms.textLiteral(context.TEXT());
        }
        return context.BYTES() != null ? Terms.bytes(context.BYTES()) : new Expression.Null();
    }

    /** A call, or the method of a column: the part behind the last dot tells. */
    private Expression named(ReceiverContext context) {
        Position at = Terms.at(context);
        ObjectName name = Terms.reference(context.reference(), true);
        int parts = name.parts().size();
        if (parts == 1) {
            return call(at, context.getStart(), name.last(), context.arguments());
        }
        Token last = context.reference().getStop();
        ObjectName column = new ObjectName(name.parts().subList(0, parts - 1));
        if (column.last().isEmpty()) {
            throw noMethod(last);
        }
        return method(new Expression.Column(at, column), last, context.arguments());
    }

    private Expression call(Position at, Token place, String name, ArgumentsContext arguments) {
        String function = Terms.upper(name);
        List<Expression> values = new ArrayList<>();
        for (ExpressionContext argument : arguments.expression()) {
            // the only function that takes a condition, and only in front
            values.add(values.isEmpty() && function.equals("IIF") ? condition(argument) : value(argument));
        }
        boolean star = arguments.STAR() != null;
        if (star && !function.equals("COUNT") && !function.equals("COUNT_BIG")) {
            throw SyntaxError.at(
                    SyntaxError.SYNTAX,
                    place,
                    "'*'",
                    "an expression",
                    "found '*' as the argument of " + SyntaxError.shortened(function)
                            + ", expected an expression; only COUNT takes it.");
        }
        return new Expression.Call(at, function, List.copyOf(values), star, arguments.DISTINCT() != null);
    }

    private Expression cast(StatementParser.CastContext context) {
        return new Expression.Cast(
                Terms.at(context),
                value(context.expression()),
                TableBuilder.type(context.typeName()),
                context.TRY_CAST() != null);
    }

    private Expression convert(StatementParser.ConvertContext context) {
        return new Expression.Convert(
                Terms.at(context),
                TableBuilder.type(context.typeName()),
                value(context.expression(0)),
                value(context.expression(1)),
                context.TRY_CONVERT() != null);
    }

    private Expression caseOf(StatementParser.CaseExpressionContext context) {
        Expression operand = value(context.subject);
        List<Expression.When> whens = new ArrayList<>();
        for (WhenContext when : context.when()) {
            ExpressionContext first = when.expression(0);
            whens.add(
                    new Expression.When(operand == null ? condition(first) : value(first), value(when.expression(1))));
        }
        return new Expression.Case(operand, List.copyOf(whens), value(context.otherwise));
    }
}
