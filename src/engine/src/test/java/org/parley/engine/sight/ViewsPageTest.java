package org.parley.engine.sight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.LocalConnection;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.store.SystemView;

/** The manual's page has each view with what it is, and its columns with their types, in their order, and none besides. */
class ViewsPageTest {

    private static final Path PAGE = Path.of("../site/markdown/views.md");
    private static final Path VIEWS = Path.of("src/main/java/org/parley/engine/store/SystemView.java");

    /** A constant of the enumeration and the comment above it. */
    private static final Pattern DOCUMENTED =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*([A-Z_]+)\\(\\s*SystemColumn", Pattern.DOTALL);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    @Test
    void pageHasEveryViewAndColumn() throws Exception {
        Map<String, List<String>> expected = new LinkedHashMap<>();
        try (LocalConnection connection = home.connect()) {
            for (SystemView view : SystemView.values()) {
                expected.put(view.name(), columns(connection, "PARLEY." + view));
            }
            expected.put("Queues", columns(connection, Expenses.DESK_QUEUE));
        }
        assertThat(page()).isEqualTo(expected);
    }

    private static List<String> columns(LocalConnection connection, String view) throws SQLException {
        try (Statement statement = connection.sql().createStatement();
                ResultSet at = statement.executeQuery("SELECT * FROM " + view)) {
            ResultSetMetaData columns = at.getMetaData();
            List<String> named = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                named.add(columns.getColumnName(i) + " " + type(columns, i));
            }
            return named;
        }
    }

    private static String type(ResultSetMetaData columns, int column) throws SQLException {
        String length = "(" + columns.getPrecision(column) + ")";
        return switch (columns.getColumnTypeName(column)) {
            case "INTEGER" -> "INT";
            case "CHAR", "VARCHAR" -> columns.getColumnTypeName(column) + length;
            case "CHAR () FOR BIT DATA" -> "CHAR" + length + " FOR BIT DATA";
            default -> columns.getColumnTypeName(column);
        };
    }

    private static Map<String, List<String>> page() throws IOException {
        Map<String, List<String>> views = new LinkedHashMap<>();
        String heading = "";
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## ")) {
                heading = line.substring(3);
            } else if (line.matches("\\| [A-Z_0-9]+ \\|.*")) {
                String[] cells = line.split("\\|");
                views.computeIfAbsent(heading, name -> new ArrayList<>()).add(cells[1].trim() + " " + cells[2].trim());
            }
        }
        return views;
    }

    @Test
    void pageSaysOfEachViewWhatTheCodeSays() throws IOException {
        String page = Files.readString(PAGE).replaceAll("(?<=[^\\n])\\n(?=[^\\n|])", " ");
        List<MatchResult> documented =
                DOCUMENTED.matcher(Files.readString(VIEWS)).results().toList();
        assertThat(documented).hasSameSizeAs(SystemView.values());
        for (MatchResult each : documented) {
            String comment = each.group(1).replaceAll("\\s*\\n\\s*\\*\\s*", " ").trim();
            // the page may go on where the code ends
            assertThat(page).contains("\n## " + each.group(2) + "\n\n" + comment.replaceAll("\\.$", ""));
        }
    }
}
