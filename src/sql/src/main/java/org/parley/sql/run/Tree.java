package org.parley.sql.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Walks over syntax trees, whatever they are made of. */
final class Tree {

    private static final Map<Class<?>, RecordComponent[]> COMPONENTS = new ConcurrentHashMap<>();

    private Tree() {}

    /**
     * Shows each record of these and below them, as they stand in the text.
     *
     * @param visitor says whether to go below the record
     */
    static void walk(List<?> roots, Predicate<Record> visitor) {
        // not by recursion: an expression may be as deep as its batch is long
        Deque<Object> waiting = new ArrayDeque<>();
        push(roots, waiting);
        while (!waiting.isEmpty()) {
            Object node = waiting.pop();
            if (node instanceof List<?> list) {
                push(list, waiting);
            } else if (node instanceof Record record && visitor.test(record)) {
                RecordComponent[] components =
                        COMPONENTS.computeIfAbsent(record.getClass(), Class::getRecordComponents);
                for (int i = components.length - 1; i >= 0; i--) {
                    Object part = part(record, components[i]);
                    if (part != null) {
                        waiting.push(part);
                    }
                }
            }
        }
    }

    private static void push(List<?> list, Deque<Object> waiting) {
        List<?> backwards = new ArrayList<>(list);
        Collections.reverse(backwards);
        backwards.stream().filter(Objects::nonNull).forEach(waiting::push);
    }

    private static Object part(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Component " + component + " can't be read.", e);
        }
    }
}
