package org.parley.sql.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.parley.sql.ScriptError;

/** All functions by their name. */
public final class Functions {

    /** What looks like a function and is decided before its arguments are evaluated. */
    private static final List<String> CHOICES = List.of("COALESCE", "IIF", "ISNULL", "NULLIF");

    private static final Map<String, Function> BY_NAME = all();

    private Functions() {}

    private static Map<String, Function> all() {
        List<Function> all = new ArrayList<>();
        all.addAll(TextFunctions.ALL);
        all.addAll(NumberFunctions.ALL);
        all.addAll(TimeFunctions.ALL);
        all.addAll(SessionFunctions.ALL);
        return all.stream().collect(Collectors.toUnmodifiableMap(Function::name, UnaryOperator.identity()));
    }

    /** Names of all functions, in upper case and in order. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(BY_NAME.keySet());
        names.addAll(CHOICES);
        return names;
    }

    private static String alike(String name) {
        List<String> alike = names().stream()
                .filter(known -> known.charAt(0) == name.charAt(0))
                .toList();
        return alike.isEmpty()
                ? "none begins with " + name.charAt(0) + "."
                : "those that begin with " + name.charAt(0) + " are " + String.join(", ", alike) + ".";
    }

    static Function named(String name) {
        Function function = BY_NAME.get(name);
        if (function == null) {
            throw new ScriptError(
                    195,
                    ScriptError.SYNTAX_LEVEL,
                    "There is no function '" + Words.shortened(name) + "'; " + alike(name));
        }
        return function;
    }
}
