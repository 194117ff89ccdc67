package org.parley.sql.value;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.TypeName;

/** The methods of a value of type xml: value, exist and query. Their paths are text of the script, never made of data. */
final class XmlMethods {

    private static final Pattern TYPE = Pattern.compile(
            "\\s*([a-zA-Z][a-zA-Z ]*?)\\s*(?:\\(\\s*(max|\\d{1,9})\\s*(?:,\\s*(\\d{1,9})\\s*)?\\))?\\s*",
            Pattern.CASE_INSENSITIVE);

    private XmlMethods() {}

    static Term term(Expression.XmlMethod method, Evaluator evaluator, Surroundings surroundings) {
        Term target = evaluator.term(method.target());
        if (target.type().family() != SqlType.Family.XML) {
            throw new ScriptError(
                    258,
                    ScriptError.SYNTAX_LEVEL,
                    "A value of type " + target.type().ofColumn() + " has no methods; ." + method.method()
                            + "() needs xml: CAST(... AS xml).");
        }
        return switch (method.method()) {
            case "value" -> {
                Calls.checkCount(".value", method.arguments().size(), 2, 2);
                XmlPath path = XmlPath.of(literal(method, 0), "value", evaluator, surroundings);
                path.checkSingle();
                SqlType type = type(literal(method, 1));
                yield Term.of(type, () -> value(target.value(), path, type));
            }
            case "exist" -> {
                Calls.checkCount(".exist", method.arguments().size(), 1, 1);
                XmlPath path = XmlPath.of(literal(method, 0), "exist", evaluator, surroundings);
                yield Term.of(SqlType.BIT, () -> {
                    Value xml = target.value();
                    return new Value(SqlType.BIT, xml.isNull() ? null : path.exists((String) xml.content()));
                });
            }
            case "query" -> {
                Calls.checkCount(".query", method.arguments().size(), 1, 1);
                XmlPath path = XmlPath.of(literal(method, 0), "query", evaluator, surroundings);
                yield Term.of(SqlType.XML, () -> {
                    Value xml = target.value();
                    return new Value(SqlType.XML, xml.isNull() ? null : path.selected((String) xml.content()));
                });
            }
            default ->
                throw new ScriptError(
                        227,
                        ScriptError.SYNTAX_LEVEL,
                        "A value of type xml has no method '" + method.method() + "'; it has value, exist and query.");
        };
    }

    private static String literal(Expression.XmlMethod method, int index) {
        if (method.arguments().get(index) instanceof Expression.Text text) {
            return text.value();
        }
        throw new ScriptError(
                8172, "Argument " + (index + 1) + " of ." + method.method() + "() is text in quotes, written there.");
    }

    /** Text or bytes without a length have 1, as a variable has. */
    private static SqlType type(String text) {
        Matcher matcher = TYPE.matcher(text);
        String name = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "xml";
        if (name.equals("xml") || !Types.isKnown(name)) {
            throw new ScriptError(
                    9500,
                    "'" + Words.shortened(text)
                            + "' is no type that .value() gives: it is the name of one, but not of xml.");
        }
        List<Integer> arguments = new ArrayList<>();
        if (matcher.group(2) != null) {
            arguments.add(matcher.group(2).equalsIgnoreCase("max") ? TypeName.MAX : Integer.parseInt(matcher.group(2)));
        }
        if (matcher.group(3) != null) {
            arguments.add(Integer.parseInt(matcher.group(3)));
        }
        return Types.declared(new TypeName(name, arguments, null));
    }

    private static Value value(Value xml, XmlPath path, SqlType type) {
        String text = xml.isNull() ? null : path.text((String) xml.content());
        if (text == null) {
            return new Value(type, null);
        }
        return type.isBytes()
                ? Conversion.explicit(new Value(SqlType.varbinary(SqlType.MAX), decoded(text)), type, null)
                : Conversion.explicit(new Value(SqlType.nvarchar(SqlType.MAX), text), type, null);
    }

    /** Xml writes bytes in base 64; what isn't is NULL, as in Transact-SQL. */
    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
