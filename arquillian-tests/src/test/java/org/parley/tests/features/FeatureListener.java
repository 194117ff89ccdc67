package org.parley.tests.features;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes down which features the tests of a run have shown, and prints the table of what has been shown since the last clean
 * build: each server's tests are a run of their own.
 */
public final class FeatureListener implements TestExecutionListener {

    private static final String SHOWN = "shown";
    private static final String FAILED = "FAILED";

    private final Map<Server, Map<Feature, String>> results = new EnumMap<>(Server.class);

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean good = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        test.getSource().ifPresent(source -> {
            if (source instanceof MethodSource method) {
                FeatureTable.shownBy(method.getJavaClass(), method.getJavaMethod())
                        .forEach(shows -> note(method.getJavaClass(), shows.value(), good));
            } else if (source instanceof ClassSource type && !good) {
                // what fails before or after all tests of a class fails each of them
                FeatureTable.shownBy(type.getJavaClass())
                        .forEach(shows -> note(type.getJavaClass(), shows.value(), false));
            }
        });
    }

    private void note(Class<?> test, Feature feature, boolean good) {
        Server.of(test)
                .ifPresent(server -> results.computeIfAbsent(server, key -> new EnumMap<>(Feature.class))
                        .merge(feature, good ? SHOWN : FAILED, (one, other) -> one.equals(FAILED) ? one : other));
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        String directory = System.getProperty("parley.features");
        if (directory == null || results.isEmpty()) {
            return;
        }
        try {
            Path all = Files.createDirectories(Path.of(directory));
            for (Map.Entry<Server, Map<Feature, String>> each : results.entrySet()) {
                write(all.resolve(each.getKey().name()), each.getValue());
            }
            System.out.println(
                    "Servers and features, in this build:\n\n" + table(all).markdown());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, Map<Feature, String> results) throws IOException {
        Properties words = new Properties();
        results.forEach((feature, word) -> words.setProperty(feature.name(), word));
        try (Writer out = Files.newBufferedWriter(file)) {
            words.store(out, null);
        }
    }

    private static FeatureTable table(Path all) throws IOException {
        FeatureTable table = new FeatureTable();
        for (Server server : Server.values()) {
            Path file = all.resolve(server.name());
            if (Files.exists(file)) {
                Properties words = new Properties();
                try (Reader in = Files.newBufferedReader(file)) {
                    words.load(in);
                }
                words.forEach((feature, word) -> table.put(server, Feature.valueOf((String) feature), (String) word));
            }
        }
        return table;
    }
}
