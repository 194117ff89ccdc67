package org.parley.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every piece of Java in README.md and in the manual stands, but for its indentation, in a source that is compiled. */
class SnippetsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\R(.*?)^```");

    @TestFactory
    List<DynamicTest> snippets() throws IOException {
        String sources = sources();
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            JAVA.matcher(Files.readString(page))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(snippet -> {
                        String name = page.getFileName() + ": "
                                + snippet.lines().findFirst().orElse("nothing");
                        tests.add(DynamicTest.dynamicTest(
                                name,
                                () -> assertThat(sources.contains(plain(snippet)))
                                        .as("stands in a compiled source:%n%s", snippet)
                                        .isTrue()));
                    });
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = files(ROOT.resolve("src/site/markdown"), ".md");
        pages.add(ROOT.resolve("README.md"));
        return pages;
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path folder : List.of(ROOT, ROOT.resolve("src"))) {
            try (Stream<Path> modules = Files.list(folder)) {
                for (Path module : modules.map(each -> each.resolve("src")).toList()) {
                    for (String scope : List.of("main/java", "test/java")) {
                        for (Path source : files(module.resolve(scope), ".java")) {
                            all.append(plain(Files.readString(source)));
                        }
                    }
                }
            }
        }
        return all.toString();
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return new ArrayList<>();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    private static String plain(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n", "", "\n"));
    }
}
