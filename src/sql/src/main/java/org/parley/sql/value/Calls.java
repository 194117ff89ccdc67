package org.parley.sql.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;

/** Finds the function that a call means and the types of its arguments. */
final class Calls {

    private static final Set<String> AGGREGATES =
            Set.of("AVG", "COUNT", "COUNT_BIG", "MAX", "MIN", "STDEV", "STDEVP", "SUM", "VAR", "VARP", "STRING_AGG");

    private final Evaluator evaluator;
    private final Surroundings surroundings;

    Calls(Evaluator evaluator, Surroundings surroundings) {
        this.evaluator = evaluator;
        this.surroundings = surroundings;
    }

    Term term(Expression.Call call) {
        if (AGGREGATES.contains(call.name())) {
            throw new ScriptError(
                    147,
                    ScriptError.SYNTAX_LEVEL,
                    "Aggregate " + call.name() + " needs the rows of a query: write (SELECT " + call.name()
                            + "(...) FROM ...).");
        }
        List<Expression> arguments = call.arguments();
        return switch (call.name()) {
            case "COALESCE" -> {
                checkCount(call.name(), arguments.size(), 2, Integer.MAX_VALUE);
                yield Choices.coalesce(terms(arguments));
            }
            case "ISNULL", "NULLIF" -> {
                checkCount(call.name(), arguments.size(), 2, 2);
                Term first = evaluator.term(arguments.get(0));
                Term second = evaluator.term(arguments.get(1));
                yield call.name().equals("ISNULL") ? Choices.isNull(first, second) : Choices.nullIf(first, second);
            }
            case "IIF" -> {
                checkCount(call.name(), arguments.size(), 3, 3);
                yield Choices.either(
                        evaluator.condition(arguments.get(0)),
                        evaluator.term(arguments.get(1)),
                        evaluator.term(arguments.get(2)));
            }
            case "DATEADD", "DATEDIFF", "DATEDIFF_BIG", "DATEPART", "DATENAME" -> ofPart(call);
            default -> plain(Functions.named(call.name()), terms(arguments));
        };
    }

    private List<Term> terms(List<Expression> arguments) {
        return arguments.stream().map(evaluator::term).toList();
    }

    /** The first argument isn't a value but the name of a part of a date. */
    private Term ofPart(Expression.Call call) {
        Function function = Functions.named(call.name());
        List<Expression> arguments = call.arguments();
        if (arguments.isEmpty()) {
            checkCount(call.name(), 0, function.least(), function.parameters().size());
        }
        if (!(arguments.get(0) instanceof Expression.Column column)
                || column.name().parts().size() != 1) {
            throw new ScriptError(
                    1023,
                    ScriptError.SYNTAX_LEVEL,
                    "The first argument of " + call.name() + " is the bare name of a part of a date, such as day.");
        }
        DatePart part = DatePart.named(column.name().last().toLowerCase(Locale.ROOT), call.name());
        List<Term> terms = new ArrayList<>();
        terms.add(Term.constant(Value.national(part.name())));
        terms.addAll(terms(arguments.subList(1, arguments.size())));
        return plain(function, terms);
    }

    static void checkCount(String name, int count, int least, int most) {
        if (count >= least && count <= most) {
            return;
        }
        String wanted = least == most
                ? "" + least
                : most == Integer.MAX_VALUE ? least + " or more" : least + between(least, most) + most;
        String noun = wanted.equals("1") ? " argument, not " : " arguments, not ";
        throw new ScriptError(
                least == most ? 174 : 189, ScriptError.SYNTAX_LEVEL, name + " takes " + wanted + noun + count + ".");
    }

    private static String between(int least, int most) {
        return most == least + 1 ? " or " : " to ";
    }

    private Term plain(Function function, List<Term> arguments) {
        checkCount(function.name(), arguments.size(), function.least(), function.most());
        List<SqlType> types = arguments.stream().map(Term::type).toList();
        for (int i = 0; i < types.size(); i++) {
            function.parameter(i).check(types.get(i), i + 1, function.name());
        }
        SqlType result = function.typing().of(types);
        return Term.of(result, () -> {
            List<Value> values = arguments.stream().map(Term::value).toList();
            boolean none = function.strict() && values.stream().anyMatch(Value::isNull);
            return none
                    ? new Value(result, null)
                    : new Value(result, function.body().of(new Arguments(values, result, surroundings)));
        });
    }
}
