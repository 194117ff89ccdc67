package org.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of the manual's page, one after the other, and compares what they give with what the page shows. */
class ManualTest {

    private static final Path PAGE = Path.of("../site/markdown/command-line.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\\n(.*?)^```$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String STATUS = " || echo \"status $?\"";

    @TempDir
    Path directory;

    /** A command and what the page shows below it. */
    private record Example(String command, String shown) {}

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(PAGE));
        while (block.find()) {
            for (String example : block.group(1).split("(?m)^\\$ ")) {
                if (!example.isEmpty()) {
                    int end = example.indexOf('\n');
                    examples.add(new Example(example.substring(0, end), example.substring(end + 1)));
                }
            }
        }
        return examples;
    }

    @Test
    void examplesGiveWhatThePageShows() throws IOException {
        List<Example> examples = examples();
        assertThat(examples).hasSizeGreaterThan(8);
        for (Example example : examples) {
            if (example.command().startsWith("cat ")) {
                Files.writeString(directory.resolve(example.command().substring(4)), example.shown());
            } else {
                assertThat(withoutGuids(given(example.command())))
                        .as(example.command())
                        .isEqualTo(withoutGuids(example.shown()));
            }
        }
    }

    private String given(String line) {
        boolean tellsStatus = line.endsWith(STATUS);
        String command = tellsStatus ? line.substring(0, line.length() - STATUS.length()) : line;
        Run run = Run.inHome(directory.resolve("home"));
        int pipe = command.indexOf(" | ");
        if (pipe >= 0) {
            run.typing(words(command.substring(0, pipe)).get(1));
            command = command.substring(pipe + 3);
        }
        List<String> words = words(command);
        assertThat(words.get(0)).isEqualTo("parley");
        Run.Result result = run.parley(words.subList(1, words.size()).toArray(String[]::new));
        assertThat(tellsStatus || result.status() == 0).as(result.toString()).isTrue();
        return result.out() + result.err() + (result.status() == 0 ? "" : "status " + result.status() + "\n");
    }

    private List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            String text = word.group(1) == null ? word.group(2) : word.group(1);
            words.add(
                    words.contains("-i") && text.endsWith(".sql")
                            ? directory.resolve(text).toString()
                            : text);
        }
        return words;
    }

    private static String withoutGuids(String text) {
        return GUID.matcher(text).replaceAll("GUID");
    }

    @Test
    void thePageNamesEveryOption() throws IOException {
        String page = Files.readString(PAGE);

        for (String command : List.of("sql", "databases", "queues", "conversations", "transmission", "diagnose")) {
            String help = Run.bare().parley(command, "--help").out();
            Matcher option = Pattern.compile("--[a-z-]+").matcher(help);
            while (option.find()) {
                if (!List.of("--help", "--version").contains(option.group())) {
                    assertThat(page).contains("`" + option.group());
                }
            }
        }
    }
}
