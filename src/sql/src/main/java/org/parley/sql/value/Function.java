package org.parley.sql.value;

import java.util.Arrays;
import java.util.List;
import org.parley.sql.ScriptError;

/**
 * A function.
 *
 * @param name in upper case
 * @param least arguments that can't be left out
 * @param parameters what it takes
 * @param repeated whether the last parameter stands for any number of arguments
 * @param strict whether it is NULL when an argument is
 * @param typing type of its result
 * @param body what it does
 */
record Function(
        String name,
        int least,
        List<Parameter> parameters,
        boolean repeated,
        boolean strict,
        Typing typing,
        Body body) {

    /** The type of the result, from those of the arguments. */
    interface Typing {

        SqlType of(List<SqlType> arguments);
    }

    /** Content of the result, of the class that its type has. */
    interface Body {

        Object of(Arguments arguments);
    }

    /** What an argument is taken as. */
    enum Parameter {
        ANY(""),
        TEXT("text"),
        INTEGER("an integer"),
        NUMBER("a number"),
        MOMENT("a date or time"),
        IDENTIFIER("a uniqueidentifier");

        private final String words;

        Parameter(String words) {
            this.words = words;
        }

        /** Whether an argument of the type may stand there. */
        void check(SqlType type, int place, String function) {
            boolean allowed = type.isNull()
                    || switch (this) {
                        case ANY -> true;
                        case TEXT -> type.family() != SqlType.Family.XML;
                        case INTEGER, NUMBER -> type.isNumber() || type.isText() || type.isBytes();
                        case MOMENT -> type.isTemporal() || type.isText() || type.isNumber();
                        case IDENTIFIER ->
                            type.isText() || type.isBytes() || type.family() == SqlType.Family.IDENTIFIER;
                    };
            if (!allowed) {
                throw new ScriptError(
                        8116,
                        "Argument " + place + " of " + function + " is " + words + ", not a value of type " + type
                                + ".");
            }
        }
    }

    /** A function whose arguments all must be there and that is NULL when one of them is. */
    static Function of(String name, Typing typing, Body body, Parameter... parameters) {
        return new Function(name, parameters.length, Arrays.asList(parameters), false, true, typing, body);
    }

    /** With this number of arguments at least. */
    Function atLeast(int count) {
        return new Function(name, count, parameters, repeated, strict, typing, body);
    }

    /** With as many arguments as the last parameter is given. */
    Function repeating() {
        return new Function(name, least, parameters, true, strict, typing, body);
    }

    /** Called with NULL, too. */
    Function lenient() {
        return new Function(name, least, parameters, repeated, false, typing, body);
    }

    int most() {
        return repeated ? Integer.MAX_VALUE : parameters.size();
    }

    Parameter parameter(int index) {
        return parameters.get(Math.min(index, parameters.size() - 1));
    }

    /** A typing that doesn't look at the arguments. */
    static Typing always(SqlType type) {
        return arguments -> type;
    }
}
