package org.parley.engine.scripts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Statement;
import org.parley.sql.parse.BatchParser;
import org.parley.sql.parse.Batches;
import org.parley.sql.print.Printer;

/** Makes scripts that are nearly right of those that are: statements and words are taken out, doubled and exchanged. */
final class MutatedScripts {

    private static final Path SCRIPTS = Path.of("src/test/resources/scripts");
    private static final Path PAGES = Path.of("../site/markdown/statements");
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```sql\\n(.*?)^```\\n");
    private static final String BETWEEN_WORDS = "(?<=\\W)|(?=\\W)";
    private static final String GO = "\nGO\n";

    /** What writes into files of the machine, for names that nobody has chosen. */
    private static final Pattern OUTSIDE = Pattern.compile("(?i)\\bFILE\\b");

    private final List<List<String>> scripts = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    MutatedScripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            files.filter(each -> each.toString().endsWith(".sql")).sorted().forEach(each -> add(read(each)));
        }
        try (Stream<Path> pages = Files.list(PAGES)) {
            pages.sorted()
                    .forEach(page -> EXAMPLE.matcher(read(page)).results().forEach(example -> add(example.group(1))));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String script) {
        if (OUTSIDE.matcher(script).find()) {
            return;
        }
        List<String> parts = new ArrayList<>();
        for (Batches.Text batch : Batches.split(script)) {
            try {
                for (Statement statement : BatchParser.parse(batch.text())) {
                    parts.add(Printer.print(statement) + ";\n");
                }
            } catch (ScriptError e) {
                // an example of what is wrong
                parts.add(batch.text());
            }
            parts.add(GO);
        }
        scripts.add(parts);
        statements.addAll(parts);
        parts.forEach(part -> words.addAll(List.of(part.split(BETWEEN_WORDS))));
    }

    /** One of them, changed. */
    String next(Random random) {
        List<String> script = new ArrayList<>(scripts.get(random.nextInt(scripts.size())));
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            change(script, statements.get(random.nextInt(statements.size())), random);
        }
        for (int changes = random.nextInt(5); changes > 0 && !script.isEmpty(); changes--) {
            int place = random.nextInt(script.size());
            List<String> statement = new ArrayList<>(List.of(script.get(place).split(BETWEEN_WORDS)));
            change(statement, words.get(random.nextInt(words.size())), random);
            script.set(place, String.join("", statement));
        }
        return String.join("", script);
    }

    private static void change(List<String> parts, String other, Random random) {
        int place = parts.isEmpty() ? 0 : random.nextInt(parts.size());
        switch (parts.isEmpty() ? 0 : random.nextInt(4)) {
            case 0 -> parts.add(place, other);
            case 1 -> parts.remove(place);
            case 2 -> parts.set(place, other);
            default -> parts.set(place, parts.set(random.nextInt(parts.size()), parts.get(place)));
        }
    }
}
