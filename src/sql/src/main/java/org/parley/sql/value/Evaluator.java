package org.parley.sql.value;

import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;

/**
 * Evaluates expressions and conditions in their surroundings. It works in two steps, as Transact-SQL does: first the types are found,
 * with all errors that can be known from them; then values are reckoned, as often as they are asked for.
 */
public final class Evaluator {

    /** Deepest nesting of an expression; the parser has its own bound, and this one keeps the stack whatever made the tree. */
    static final int MAX_DEPTH = 1_000;

    private final Terms terms;
    private final Conditions conditions;
    private int depth;

    /** In these surroundings, which are asked anew for each value. */
    public Evaluator(Surroundings surroundings) {
        terms = new Terms(this, surroundings);
        conditions = new Conditions(this, surroundings);
    }

    /** The value of an expression. */
    public Value value(Expression expression) {
        return term(expression).value();
    }

    /** The value of an expression, converted as it is when it is given to a variable of this type. */
    public Value value(Expression expression, SqlType type) {
        return term(expression).as(type).value();
    }

    /** Whether a condition is true, neither false nor unknown. */
    public boolean holds(Expression expression) {
        return condition(expression).test().holds();
    }

    /**
     * An expression with its types found.
     *
     * @throws ScriptError for what is wrong whatever the values are: types that don't go together, unknown functions and columns
     */
    public Term term(Expression expression) {
        enter();
        try {
            return terms.term(expression);
        } finally {
            depth--;
        }
    }

    /**
     * A condition with its types found.
     *
     * @throws ScriptError as {@link #term}, and 4145 for what is no condition
     */
    public Condition condition(Expression expression) {
        enter();
        try {
            return conditions.condition(expression);
        } finally {
            depth--;
        }
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            depth--;
            throw new ScriptError(
                    191,
                    ScriptError.SYNTAX_LEVEL,
                    "The expression is nested too deeply: more than " + MAX_DEPTH + " levels.");
        }
    }
}
