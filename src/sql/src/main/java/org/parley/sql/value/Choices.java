package org.parley.sql.value;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;

/** CASE and the functions that are short for it. Only what is needed for the result is evaluated. */
final class Choices {

    /** A value with what the subject of the CASE must be for it; a CASE that has no subject has null. */
    private record Branch(Function<Value, Truth> test, Term value) {}

    private Choices() {}

    static Term of(Expression.Case choice, Evaluator evaluator) {
        Term operand = choice.operand() == null ? null : evaluator.term(choice.operand());
        List<Branch> branches = new ArrayList<>();
        for (Expression.When when : choice.whens()) {
            Function<Value, Truth> test = operand == null
                    ? condition(evaluator.condition(when.condition()))
                    : equality(operand, evaluator.term(when.condition()));
            branches.add(new Branch(test, evaluator.term(when.value())));
        }
        Term otherwise = choice.otherwise() == null ? Term.constant(Value.NULL) : evaluator.term(choice.otherwise());
        return first(operand, branches, otherwise, "At least one result of a CASE must be something else than NULL.");
    }

    private static Function<Value, Truth> condition(Condition condition) {
        return subject -> condition.test();
    }

    private static Function<Value, Truth> equality(Term operand, Term other) {
        SqlType common = Comparison.type(operand.type(), other.type());
        return subject -> Comparison.compare("=", subject, other.value(), common);
    }

    /** IIF. */
    static Term either(Condition condition, Term yes, Term no) {
        return first(
                null,
                List.of(new Branch(condition(condition), yes)),
                no,
                "One of the two results of IIF must be something else than NULL.");
    }

    /** COALESCE. */
    static Term coalesce(List<Term> terms) {
        SqlType type = common(terms, 4127, "At least one argument of COALESCE must be something else than NULL.");
        return Term.of(type, () -> {
            for (Term term : terms) {
                Value value = term.value();
                if (!value.isNull()) {
                    return Conversion.implicit(value, type);
                }
            }
            return new Value(type, null);
        });
    }

    /** NULLIF. */
    static Term nullIf(Term term, Term other) {
        if (term.type().isNull()) {
            throw new ScriptError(4151, "The first argument of NULLIF can't be NULL alone: its type isn't known.");
        }
        Function<Value, Truth> equal = equality(term, other);
        return Term.of(term.type(), () -> {
            Value value = term.value();
            return equal.apply(value).holds() ? new Value(term.type(), null) : value;
        });
    }

    /** ISNULL: the second becomes what the first is, and is cut to its length. */
    static Term isNull(Term term, Term replacement) {
        SqlType type = term.type().isNull() ? replacement.type() : term.type();
        Conversion.checkImplicit(replacement.type(), type);
        return Term.of(type, () -> {
            Value value = term.value();
            return value.isNull() ? Conversion.implicit(replacement.value(), type) : value;
        });
    }

    private static Term first(Term operand, List<Branch> branches, Term otherwise, String noType) {
        List<Term> results =
                new ArrayList<>(branches.stream().map(Branch::value).toList());
        results.add(otherwise);
        SqlType type = common(results, 8133, noType);
        return Term.of(type, () -> {
            Value subject = operand == null ? null : operand.value();
            for (Branch branch : branches) {
                if (branch.test().apply(subject).holds()) {
                    return Conversion.implicit(branch.value().value(), type);
                }
            }
            return Conversion.implicit(otherwise.value(), type);
        });
    }

    /** The type that all terms have in common; the error when none has a type. */
    private static SqlType common(List<Term> terms, int number, String noType) {
        SqlType common = terms.stream().map(Term::type).reduce(SqlType.NULL, Types::common);
        if (common.isNull()) {
            throw new ScriptError(number, noType);
        }
        terms.forEach(term -> Conversion.checkImplicit(term.type(), common));
        return common;
    }
}
