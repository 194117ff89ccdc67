package org.parley.tests.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.parley.tests.manual.ManualPage.Block;

/**
 * Every code block on the pages of the servers is run by a test of a server: by its name, or as a piece of a file in the archives
 * that are deployed.
 */
class ServerPagesTest {

    private static final List<String> PAGES =
            List.of("payara-micro", "payara-server", "glassfish", "wildfly", "open-liberty", "tomee");
    private static final Path PROJECT =
            Path.of(System.getProperty("parley.manual")).resolve("../../..").normalize();
    private static final Path TESTS = PROJECT.resolve("arquillian-tests/src/test/java");
    /** What the example's descriptors get from its build. */
    private static final Path FILTERS = PROJECT.resolve("ejb-examples/src/main/filters");

    @TestFactory
    Stream<DynamicTest> everyBlockIsTested() {
        String tests = tests();
        return PAGES.stream()
                .flatMap(page -> new ManualPage(page + ".md")
                        .blocks().stream()
                                .map(block ->
                                        DynamicTest.dynamicTest(page + ", " + block, () -> isTested(block, tests))));
    }

    private static void isTested(Block block, String tests) throws IOException {
        if (block.isPiece()) {
            assertThat(filtered(Files.readString(PROJECT.resolve(block.file()))))
                    .as("%s, which has the block", block.file())
                    .anyMatch(whole -> isPiece(block, whole));
        } else {
            assertThat(block.name()).as("name of the block").isNotEmpty();
            assertThat(tests.contains("\"" + block.name() + "\""))
                    .as("a test asks for the block")
                    .isTrue();
        }
    }

    private static boolean isPiece(Block block, String whole) {
        return block.language().equals("xml")
                ? Piece.ofDocument(String.join("\n", block.lines()), whole)
                : Piece.ofLines(block.lines(), whole.lines().toList());
    }

    /** The file as it is, and as each filter makes it. */
    private static List<String> filtered(String file) throws IOException {
        try (Stream<Path> filters = Files.list(FILTERS)) {
            return Stream.concat(Stream.of(file), filters.map(filter -> filtered(file, filter)))
                    .toList();
        }
    }

    private static String filtered(String file, Path filter) {
        Properties values = new Properties();
        try {
            values.load(Files.newBufferedReader(filter));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String filtered = file;
        for (String name : values.stringPropertyNames()) {
            filtered = filtered.replace("${" + name + "}", values.getProperty(name));
        }
        return filtered;
    }

    private static String tests() {
        try (Stream<Path> files = Files.walk(TESTS)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
