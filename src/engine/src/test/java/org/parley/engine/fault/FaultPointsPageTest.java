package org.parley.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The manual lists the points there are. Run with {@code -Dpages.write=true} it writes the list instead of comparing it. */
class FaultPointsPageTest {

    private static final Path PAGE = Path.of("../site/markdown/fault-points.md");
    private static final String HEAD =
            "| point | area | what is so when it is reached | fails as |\n|---|---|---|---|\n";
    private static final String END = "\n\n";

    @Test
    void listsEveryPoint() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(HEAD);
        int to = page.indexOf(END, from);
        String right = page.substring(0, from) + HEAD + rows() + page.substring(to);
        if (Boolean.getBoolean("pages.write")) {
            Files.writeString(PAGE, right);
        } else {
            assertThat(page).as("-Dpages.write=true writes it").isEqualTo(right);
        }
    }

    private static String rows() {
        return Arrays.stream(FaultPoint.values())
                .map(point ->
                        "| " + point + " | " + point.area() + " | " + point.place() + " | " + point.failure() + " |")
                .collect(Collectors.joining("\n"));
    }
}
