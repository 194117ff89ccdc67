package org.parley.sql.manual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the statement reference. Its blocks {@code ```syntax rule rule} hold what the grammar says. */
record Page(Path file, String text) {

    static final Path FOLDER = Path.of("../site/markdown/statements");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```syntax ([^\\n]*)\\n(.*?)^```$");

    /** All pages, by name. */
    static List<Page> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::read)
                    .toList();
        }
    }

    private static Page read(Path file) {
        try {
            return new Page(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return file.getFileName().toString();
    }

    /** The rules whose syntax it shows. */
    List<String> rules() {
        List<String> rules = new ArrayList<>();
        BLOCK.matcher(text).results().forEach(block -> rules.addAll(rules(block)));
        return rules;
    }

    private static List<String> rules(MatchResult block) {
        return List.of(block.group(1).trim().split(" +"));
    }

    /** Its text with every syntax block as it must be. */
    String with(Function<List<String>, String> syntax) {
        return BLOCK.matcher(text)
                .replaceAll(block -> Matcher.quoteReplacement(
                        "```syntax " + block.group(1) + "\n" + syntax.apply(rules(block)) + "```"));
    }
}
