package org.parley.sql.ast;

import java.util.List;

/** A value or a condition. */
public sealed interface Expression {

    /** NULL. */
    record Null() implements Expression {}

    /** A number as written: {@code 5}, {@code 5.20}, {@code 1e3}. */
    record Number(String text) implements Expression {}

    /** Text without its quotes, doubled quotes made single; national for N''. */
    record Text(String value, boolean national) implements Expression {}

    /** 0x...; the digits in upper case, an even number of them. */
    record Bytes(String digits) implements Expression {}

    /** A variable with its {@code @}, as written. */
    record Variable(Position at, String name) implements Expression {}

    /** A variable of the system with its {@code @@}, in upper case. */
    record SystemVariable(Position at, String name) implements Expression {}

    /** A column, with its qualifiers. */
    record Column(Position at, ObjectName name) implements Expression {}

    /** {@code + - ~} before an operand. */
    record Unary(String operator, Expression operand) implements Expression {}

    /** Arithmetic, concatenation and bits ({@code + - * / % & | ^}) or comparison ({@code = <> < <= > >=}). */
    record Operation(Position at, String operator, Expression left, Expression right) implements Expression {}

    /** AND or OR. */
    record Logical(boolean and, Expression left, Expression right) implements Expression {}

    /** NOT. */
    record Not(Expression operand) implements Expression {}

    /** IS NULL, IS NOT NULL. */
    record IsNull(Expression operand, boolean negated) implements Expression {}

    /** IN with a list; the query is null, or the list is empty. */
    record In(Expression operand, List<Expression> list, Query query, boolean negated) implements Expression {}

    /** LIKE; the escape is null when not written. */
    record Like(Expression operand, Expression pattern, Expression escape, boolean negated) implements Expression {}

    /** BETWEEN. */
    record Between(Expression operand, Expression low, Expression high, boolean negated) implements Expression {}

    /** EXISTS. */
    record Exists(Query query) implements Expression {}

    /** A query in parentheses that gives one value. */
    record Subquery(Position at, Query query) implements Expression {}

    /** CASE; the operand is null when each WHEN is a condition, the last value when there is no ELSE. */
    record Case(Expression operand, List<When> whens, Expression otherwise) implements Expression {}

    /** WHEN ... THEN. */
    record When(Expression condition, Expression value) {}

    /** CAST, or TRY_CAST. */
    record Cast(Position at, Expression operand, TypeName type, boolean attempt) implements Expression {}

    /** CONVERT, or TRY_CONVERT; the style is null when not written. */
    record Convert(Position at, TypeName type, Expression operand, Expression style, boolean attempt)
            implements Expression {}

    /**
     * A function; its name in upper case. COUNT(*) has no argument and {@code star}; DATEADD and DATEDIFF have their part as a
     * {@link Column}.
     */
    record Call(Position at, String name, List<Expression> arguments, boolean star, boolean distinct)
            implements Expression {}

    /** A method of a value of type xml: value, exist, query. The method's name in lower case. */
    record XmlMethod(Position at, Expression target, String method, List<Expression> arguments) implements Expression {}
}
