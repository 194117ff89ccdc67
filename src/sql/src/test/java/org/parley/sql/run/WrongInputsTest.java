package org.parley.sql.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Scripts that are wrong, each with the messages that it gives: {@code wrong-inputs.txt}, where a line of dashes parts one from the
 * next and {@code =>} begins what it gives.
 */
class WrongInputsTest {

    @TestFactory
    Stream<DynamicTest> givesItsMessage() throws IOException {
        return cases().stream()
                .map(each -> DynamicTest.dynamicTest(each.script(), () -> new Scripted() {}.check(each)));
    }

    /** A script and what it gives. */
    record Wrong(String script, List<String> messages) {}

    private static List<Wrong> cases() throws IOException {
        List<Wrong> cases = new ArrayList<>();
        try (InputStream in = WrongInputsTest.class.getResourceAsStream("wrong-inputs.txt")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String each : all.split("(?m)^-+\\n")) {
                String[] parts = each.split("(?m)^=> ");
                cases.add(new Wrong(
                        parts[0].strip(),
                        Arrays.stream(parts).skip(1).map(String::strip).toList()));
            }
        }
        assertThat(cases).hasSizeGreaterThan(60);
        return cases;
    }
}
