package org.parley.sql.value;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;

/** Finds the types of conditions. */
final class Conditions {

    static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=");

    private final Evaluator evaluator;
    private final Surroundings surroundings;

    Conditions(Evaluator evaluator, Surroundings surroundings) {
        this.evaluator = evaluator;
        this.surroundings = surroundings;
    }

    Condition condition(Expression expression) {
        if (expression instanceof Expression.Logical logical) {
            return logical(logical);
        }
        if (expression instanceof Expression.Not not) {
            Condition operand = evaluator.condition(not.operand());
            return () -> operand.test().not();
        }
        if (expression instanceof Expression.Operation operation && COMPARISONS.contains(operation.operator())) {
            return comparison(
                    operation.operator(), evaluator.term(operation.left()), evaluator.term(operation.right()));
        }
        if (expression instanceof Expression.IsNull isNull) {
            Term operand = evaluator.term(isNull.operand());
            return () -> Truth.of(operand.value().isNull()).not(isNull.negated());
        }
        if (expression instanceof Expression.In in) {
            return in.query() == null ? list(in) : query(in);
        }
        if (expression instanceof Expression.Like like) {
            return like(like);
        }
        if (expression instanceof Expression.Between between) {
            return between(between);
        }
        if (expression instanceof Expression.Exists exists) {
            return () ->
                    Truth.of(!surroundings.queries().rows(exists.query(), 1).isEmpty());
        }
        throw new ScriptError(
                4145,
                ScriptError.SYNTAX_LEVEL,
                "A condition is needed here, such as a comparison; there is an expression that gives a value.");
    }

    /** A chain of ANDs or ORs is as long as somebody writes it, so it is walked and not descended into. */
    private Condition logical(Expression.Logical logical) {
        Deque<Expression> operands = new ArrayDeque<>();
        Expression left = logical;
        while (left instanceof Expression.Logical chain && chain.and() == logical.and()) {
            operands.push(chain.right());
            left = chain.left();
        }
        operands.push(left);
        List<Condition> conditions = new ArrayList<>();
        operands.forEach(operand -> conditions.add(evaluator.condition(operand)));
        Truth decides = Truth.of(!logical.and());
        return () -> firstOf(conditions, decides);
    }

    /** The truth that decides if any operand has it; what comes after isn't looked at. */
    private static Truth firstOf(List<Condition> conditions, Truth decides) {
        Truth whole = decides.not();
        for (Condition condition : conditions) {
            Truth part = condition.test();
            if (part == decides) {
                return decides;
            }
            whole = part == Truth.UNKNOWN ? Truth.UNKNOWN : whole;
        }
        return whole;
    }

    private static Condition comparison(String operator, Term left, Term right) {
        SqlType common = Comparison.type(left.type(), right.type());
        return () -> Comparison.compare(operator, left.value(), right.value(), common);
    }

    private Condition list(Expression.In in) {
        Term operand = evaluator.term(in.operand());
        List<Term> list = in.list().stream().map(evaluator::term).toList();
        List<SqlType> types = list.stream()
                .map(term -> Comparison.type(operand.type(), term.type()))
                .toList();
        return () -> {
            Value wanted = operand.value();
            Truth found = Truth.FALSE;
            for (int i = 0; i < list.size() && !found.holds(); i++) {
                Truth equal = Comparison.compare("=", wanted, list.get(i).value(), types.get(i));
                found = equal == Truth.FALSE ? found : equal;
            }
            return found.not(in.negated());
        };
    }

    private Condition query(Expression.In in) {
        Term operand = evaluator.term(in.operand());
        SqlType type = Comparison.type(operand.type(), Terms.onlyColumn(surroundings, in.query()));
        return () -> {
            Value wanted = operand.value();
            Truth found = Truth.FALSE;
            for (List<Value> row : surroundings.queries().rows(in.query(), Long.MAX_VALUE)) {
                Truth equal = Comparison.compare("=", wanted, row.get(0), type);
                if (equal.holds()) {
                    return Truth.TRUE.not(in.negated());
                }
                found = equal == Truth.FALSE ? found : equal;
            }
            return found.not(in.negated());
        };
    }

    private Condition like(Expression.Like like) {
        Term operand = likeOperand(like.operand());
        Term pattern = likeOperand(like.pattern());
        Term escape = like.escape() == null ? null : likeOperand(like.escape());
        return () -> Comparison.like(operand.value(), pattern.value(), escape == null ? null : escape.value())
                .not(like.negated());
    }

    private Term likeOperand(Expression expression) {
        Term term = evaluator.term(expression);
        if (term.type().family() == SqlType.Family.XML) {
            throw new ScriptError(8116, "LIKE doesn't take " + term.type() + ": convert it to nvarchar(max).");
        }
        return term;
    }

    private Condition between(Expression.Between between) {
        Term operand = evaluator.term(between.operand());
        Term low = evaluator.term(between.low());
        Term high = evaluator.term(between.high());
        SqlType lowType = Comparison.type(operand.type(), low.type());
        SqlType highType = Comparison.type(operand.type(), high.type());
        return () -> {
            Value value = operand.value();
            Condition above = () -> Comparison.compare(">=", value, low.value(), lowType);
            Condition below = () -> Comparison.compare("<=", value, high.value(), highType);
            return firstOf(List.of(above, below), Truth.FALSE).not(between.negated());
        };
    }
}
