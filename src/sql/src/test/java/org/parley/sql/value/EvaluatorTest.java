package org.parley.sql.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.Position;
import org.parley.sql.ast.Query;
import org.parley.sql.ast.TypeName;

/** How trees are evaluated; what operators and functions give is in the tables of expressions. */
class EvaluatorTest {

    private static final Query QUERY = new Query(
            new Query.Select(Position.NONE, false, null, List.of(), null, List.of(), null, List.of(), null),
            List.of(),
            null,
            null);

    private final TestSurroundings surroundings = new TestSurroundings();
    private final Evaluator evaluator = new Evaluator(surroundings);

    private static Expression number(String text) {
        return new Expression.Number(text);
    }

    private static Expression operation(String operator, Expression left, Expression right) {
        return new Expression.Operation(Position.NONE, operator, left, right);
    }

    private static Expression divisionByZero() {
        return operation("/", number("1"), number("0"));
    }

    private static Expression equal(String left, String right) {
        return operation("=", number(left), number(right));
    }

    @Test
    void aChainOfOperatorsMayBeLong() {
        Expression sum = number("0");
        for (int i = 0; i < 100_000; i++) {
            sum = operation("+", sum, number("1"));
        }
        assertThat(evaluator.value(sum)).isEqualTo(Value.of(100_000));
    }

    @Test
    void aChainOfConditionsMayBeLong() {
        Expression chain = equal("1", "2");
        for (int i = 0; i < 100_000; i++) {
            chain = new Expression.Logical(false, chain, equal("1", "2"));
        }
        assertThat(evaluator.holds(chain)).isFalse();
    }

    @Test
    void deepNestingIsAnError() {
        Expression deep = number("1");
        for (int i = 0; i < 100_000; i++) {
            deep = new Expression.Unary("-", deep);
        }
        Expression tooDeep = deep;
        assertThatThrownBy(() -> evaluator.value(tooDeep))
                .hasMessage("The expression is nested too deeply: more than 1000 levels.")
                .hasFieldOrPropertyWithValue("number", 191);
        assertThat(evaluator.value(number("1"))).isEqualTo(Value.of(1));
    }

    @Test
    void aTermIsEvaluatedAgainWithNewValues() {
        surroundings.columns.put("body", Value.of(1));
        Term term = evaluator.term(
                operation("+", new Expression.Column(Position.NONE, ObjectName.of("body")), number("1")));
        assertThat(term.value()).isEqualTo(Value.of(2));
        surroundings.columns.put("body", Value.of(5));
        assertThat(term.value()).isEqualTo(Value.of(6));
    }

    @Test
    void theSecondConditionIsNotLookedAtWhenTheFirstDecides() {
        Expression wrong = operation("=", divisionByZero(), number("1"));
        assertThat(evaluator.holds(new Expression.Logical(true, equal("1", "2"), wrong)))
                .isFalse();
        assertThat(evaluator.holds(new Expression.Logical(false, equal("1", "1"), wrong)))
                .isTrue();
    }

    @Test
    void onlyTheChosenResultOfACaseIsEvaluated() {
        Expression choice =
                new Expression.Case(null, List.of(new Expression.When(equal("1", "1"), number("7"))), divisionByZero());
        assertThat(evaluator.value(choice)).isEqualTo(Value.of(7));
    }

    @Test
    void typesAreCheckedAlsoWhereNothingIsEvaluated() {
        Expression cast = new Expression.Cast(Position.NONE, number("1"), TypeName.of("date"), false);
        Expression choice = new Expression.Case(null, List.of(new Expression.When(equal("1", "1"), number("7"))), cast);
        assertThatThrownBy(() -> evaluator.term(choice)).hasFieldOrPropertyWithValue("number", 529);
    }

    @Test
    void aQueryInParenthesesGivesOneValue() {
        Expression query = new Expression.Subquery(Position.NONE, QUERY);
        assertThat(evaluator.value(query)).isEqualTo(new Value(SqlType.INT, null));
        surroundings.answers.add(Value.of(4));
        assertThat(evaluator.value(query)).isEqualTo(Value.of(4));
        surroundings.answers.add(Value.of(5));
        assertThatThrownBy(() -> evaluator.value(query))
                .hasMessage("A query that stands for a value gave more than one row.")
                .hasFieldOrPropertyWithValue("number", 512);
    }

    @Test
    void existsAsksWhetherThereIsARow() {
        assertThat(evaluator.holds(new Expression.Exists(QUERY))).isFalse();
        surroundings.answers.add(new Value(SqlType.INT, null));
        assertThat(evaluator.holds(new Expression.Exists(QUERY))).isTrue();
    }

    @Test
    void inAQueryNullMakesAMissUnknown() {
        Expression in = new Expression.In(number("1"), List.of(), QUERY, false);
        Expression notIn = new Expression.In(number("1"), List.of(), QUERY, true);
        assertThat(evaluator.condition(in).test()).isEqualTo(Truth.FALSE);
        assertThat(evaluator.condition(notIn).test()).isEqualTo(Truth.TRUE);
        surroundings.answers.add(new Value(SqlType.INT, null));
        assertThat(evaluator.condition(in).test()).isEqualTo(Truth.UNKNOWN);
        assertThat(evaluator.condition(notIn).test()).isEqualTo(Truth.UNKNOWN);
        surroundings.answers.add(Value.of(1));
        assertThat(evaluator.condition(in).test()).isEqualTo(Truth.TRUE);
    }

    @Test
    void nothingIsAskedWhileTypesAreFound() {
        evaluator.term(new Expression.Subquery(Position.NONE, QUERY));
        evaluator.condition(new Expression.Exists(QUERY));
        assertThat(surroundings.queries).isZero();
    }

    @Test
    void aColumnThatIsNotThereIsNamed() {
        Expression column = new Expression.Column(Position.NONE, ObjectName.of("nothing"));
        assertThatThrownBy(() -> evaluator.term(column))
                .hasMessage("Column 'nothing' isn't known here: a variable begins with @, text stands in quotes.")
                .hasFieldOrPropertyWithValue("number", 207);
    }
}
