package org.parley.engine.sight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.parley.engine.store.SystemColumn;
import org.parley.engine.store.SystemView;

/** The manual's page has each view with its columns in their order, and none besides. */
class ViewsPageTest {

    @Test
    void pageHasEveryViewAndColumn() throws IOException {
        Map<String, List<String>> expected = new LinkedHashMap<>();
        for (SystemView view : SystemView.values()) {
            expected.put(view.name(), names(view.columns()));
        }
        expected.put("Queues", names(SystemView.QUEUE_COLUMNS));
        assertThat(page()).isEqualTo(expected);
    }

    private static List<String> names(List<SystemColumn> columns) {
        return columns.stream().map(SystemColumn::name).toList();
    }

    private static Map<String, List<String>> page() throws IOException {
        Map<String, List<String>> views = new LinkedHashMap<>();
        String heading = "";
        for (String line : Files.readAllLines(Path.of("../site/markdown/views.md"))) {
            if (line.startsWith("## ")) {
                heading = line.substring(3);
            } else if (line.matches("\\| [A-Z_]+ \\|.*")) {
                views.computeIfAbsent(heading, name -> new ArrayList<>()).add(line.split("\\|")[1].trim());
            }
        }
        return views;
    }
}
