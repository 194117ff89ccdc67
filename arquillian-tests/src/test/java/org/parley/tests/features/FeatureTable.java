package org.parley.tests.features;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Features by servers, a word in each cell. */
final class FeatureTable {

    private final Map<Feature, Map<Server, String>> cells = new EnumMap<>(Feature.class);

    /** Where there is a test, and where there can't be one. */
    static FeatureTable ofTests() {
        FeatureTable table = new FeatureTable();
        for (Feature feature : Feature.values()) {
            feature.lacking().forEach((server, why) -> table.put(server, feature, why));
        }
        for (Server server : Server.values()) {
            ReflectionSupport.findAllClassesInPackage(server.tests(), type -> true, name -> name.endsWith("IT"))
                    .forEach(test -> shownBy(test).forEach(shows -> table.put(server, shows.value(), shows.as())));
        }
        return table;
    }

    /** What the tests of a class show. */
    static Stream<Shows> shownBy(Class<?> test) {
        return ReflectionSupport.findMethods(test, FeatureTable::isTest, HierarchyTraversalMode.TOP_DOWN).stream()
                .flatMap(method -> shownBy(test, method));
    }

    private static boolean isTest(Method method) {
        return AnnotationSupport.isAnnotated(method, Test.class)
                || AnnotationSupport.isAnnotated(method, TestTemplate.class);
    }

    /** What a test shows. */
    static Stream<Shows> shownBy(Class<?> test, Method method) {
        return Stream.of(method, test).flatMap(FeatureTable::shown);
    }

    private static Stream<Shows> shown(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, Shows.class).stream();
    }

    /** Says something in a cell, in place of what was said there. */
    void put(Server server, Feature feature, String word) {
        cells.computeIfAbsent(feature, key -> new EnumMap<>(Server.class)).put(server, word);
    }

    /** As Markdown; a dash where nothing is said. */
    String markdown() {
        String head =
                Arrays.stream(Server.values()).map(Server::title).collect(Collectors.joining(" | ", "| | ", " |\n"));
        String rule = "|---".repeat(Server.values().length + 1) + "|\n";
        return Arrays.stream(Feature.values()).map(this::row).collect(Collectors.joining("\n", head + rule, "\n"));
    }

    private String row(Feature feature) {
        Map<Server, String> words = cells.getOrDefault(feature, Map.of());
        return Arrays.stream(Server.values())
                .map(server -> words.getOrDefault(server, "-"))
                .collect(Collectors.joining(" | ", "| " + feature.title() + " | ", " |"));
    }
}
