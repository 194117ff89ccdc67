package org.parley.sql.print;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** How each kind of a node is printed. */
class Rules<T> {

    private final Map<Class<?>, Consumer<Object>> rules = new HashMap<>();

    <S extends T> void on(Class<S> kind, Consumer<? super S> rule) {
        rules.put(kind, node -> rule.accept(kind.cast(node)));
    }

    final void print(T node) {
        Consumer<Object> rule = rules.get(node.getClass());
        if (rule == null) {
            throw new IllegalArgumentException(
                    "no rule prints a " + node.getClass().getSimpleName());
        }
        rule.accept(node);
    }
}
