package org.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.cli.format.Format;

/**
 * The examples of the statement reference give what their pages show. The examples of a page run one after the other in one
 * session, on a database of their own that the script of the page "The example database" has filled. Run with
 * {@code -Dpages.write=true} it writes the output into the pages instead of comparing it.
 */
class StatementPagesTest {

    private static final Path FOLDER = Path.of("../site/markdown/statements");
    private static final String SETUP = "example-database.md";
    private static final String DATABASE = "Example";

    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```sql\\n(.*?)^```\\n(?:\\n```text\\n(.*?)^```\\n)?");

    @TempDir
    Path homes;

    @TestFactory
    Stream<DynamicTest> everyExampleGivesWhatItsPageShows() throws IOException {
        String setup = EXAMPLE.matcher(Files.readString(FOLDER.resolve(SETUP)))
                .results()
                .map(example -> example.group(1))
                .findFirst()
                .orElseThrow();
        return pages().stream()
                .map(page -> DynamicTest.dynamicTest(page.toString(), () -> {
                    String shown = Files.readString(FOLDER.resolve(page));
                    String given = page.toString().equals(SETUP) ? run(shown, "") : run(shown, setup);
                    if (Boolean.getBoolean("pages.write")) {
                        Files.writeString(FOLDER.resolve(page), given);
                    } else {
                        assertThat(shown)
                                .as("%s; -Dpages.write=true writes it", page)
                                .isEqualTo(given);
                    }
                }));
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(Path::getFileName).sorted().toList();
        }
    }

    /** A page with what its examples give. */
    private String run(String page, String setup) throws IOException {
        Path home = Files.createTempDirectory(homes, "home");
        try (Parley server = Parley.open(home);
                LocalConnection connection = server.connect(DATABASE)) {
            output(connection, setup);
            return EXAMPLE.matcher(page)
                    .replaceAll(example -> Matcher.quoteReplacement("```sql\n" + example.group(1) + "```\n"
                            + block(output(connection, example.group(1)).replace(home.toString(), "/srv/parley"))));
        }
    }

    private static String output(LocalConnection connection, String script) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        new ScriptRun(connection, Format.TABLE.writer(0), out, out, false).run(script);
        out.flush();
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    private static String block(String output) {
        return output.isBlank() ? "" : "\n```text\n" + output.stripTrailing() + "\n```\n";
    }
}
