package org.parley.sql.table;

import org.parley.sql.ast.Expression;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/**
 * LIKE. The store knows {@code %} and {@code _} only: a set of one character, as {@code [%]}, becomes that character escaped, other
 * sets are beyond it. In a pattern that comes from a column, brackets stand for themselves.
 */
final class LikeTranslator {

    private static final char ESCAPE = '\\';

    private LikeTranslator() {}

    static Sql translate(Expression.Like like, ExpressionTranslator expressions) {
        SqlType text = SqlType.nvarchar(SqlType.MAX);
        Typed operand = expressions.value(like.operand());
        Typed pattern = expressions.value(like.pattern());
        boolean anyCase = operand.anyCase();
        Sql left = Coercion.to(operand, text);
        if (!pattern.isConstant()) {
            Sql escape = like.escape() == null ? null : Coercion.to(expressions.value(like.escape()), text);
            return new Sql.Like(left, Coercion.to(pattern, text), escape, like.negated());
        }
        Value value = pattern.constant();
        if (value.isNull()) {
            return new Sql.Like(left, Coercion.to(pattern, text), null, like.negated());
        }
        String written =
                (String) org.parley.sql.value.Conversion.implicit(value, text).content();
        String translated = pattern(written, escape(like, expressions));
        Sql right = Coercion.parameter(Value.national(translated));
        if (anyCase) {
            left = Sql.Call.of(Sql.Function.UPPER, left);
            right = Sql.Call.of(Sql.Function.UPPER, right);
        }
        boolean escapes = translated.indexOf(ESCAPE) >= 0;
        return new Sql.Like(
                left,
                right,
                escapes ? Coercion.parameter(Value.national(String.valueOf(ESCAPE))) : null,
                like.negated());
    }

    private static Character escape(Expression.Like like, ExpressionTranslator expressions) {
        if (like.escape() == null) {
            return null;
        }
        Value value = expressions.constant(like.escape());
        if (value == null || value.isNull() || value.content().toString().length() != 1) {
            throw new org.parley.sql.ScriptError(506, "ESCAPE of LIKE must be one character.");
        }
        return value.content().toString().charAt(0);
    }

    private static String pattern(String written, Character escape) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (escape != null && c == escape && i + 1 < written.length()) {
                literal(out, written.charAt(++i));
            } else if (c == '[') {
                boolean single =
                        i + 2 < written.length() && written.charAt(i + 2) == ']' && written.charAt(i + 1) != '^';
                if (!single) {
                    throw new BeyondStore("LIKE with a set of characters in brackets, '" + written + "',");
                }
                literal(out, written.charAt(i + 1));
                i += 2;
            } else if (c == ESCAPE) {
                literal(out, c);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static void literal(StringBuilder out, char c) {
        if (c == '%' || c == '_' || c == ESCAPE) {
            out.append(ESCAPE);
        }
        out.append(c);
    }
}
