package org.parley.engine.xml;

import java.util.List;

/** A regular expression: a pattern over characters, or a content model over elements. */
sealed interface Expression {

    /** Something that stands at one place; a number for it. */
    record Symbol(int number) implements Expression {}

    /** One after the other. */
    record Sequence(List<Expression> parts) implements Expression {}

    /** One of them. */
    record Choice(List<Expression> parts) implements Expression {}

    /** Several times; a maximum of {@link #UNBOUNDED} is none. */
    record Repeat(Expression part, int min, int max) implements Expression {}

    /** No maximum. */
    int UNBOUNDED = -1;
}
