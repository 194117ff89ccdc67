package org.parley.cli.format;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.parley.ScriptOutput;
import org.parley.ScriptOutput.Column;

/**
 * JSON Lines: an object for each row, with the names of the columns; {@code {"@message": "..."}} for what is said. A column
 * without a name, or with that of an earlier one, gets a name by its place. Counts aren't written.
 */
final class JsonWriter implements RowWriter {

    private static final String MESSAGE = "@message";

    @Override
    public void rows(ScriptOutput.Rows rows, PrintWriter out) {
        List<String> names = names(rows.columns());
        for (List<Object> row : rows.rows()) {
            object(names, row, out);
        }
    }

    @Override
    public void said(String text, PrintWriter out) {
        object(List.of(MESSAGE), List.of(text), out);
    }

    @Override
    public void affected(long rows, PrintWriter out) {}

    /** An object's names must differ. */
    private static List<String> names(List<Column> columns) {
        Set<String> taken = new HashSet<>();
        columns.forEach(column -> taken.add(column.name()));
        Set<String> given = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (Column column : columns) {
            String name = column.name();
            if (name.isEmpty() || !given.add(name)) {
                name = free("column" + (names.size() + 1), taken);
                taken.add(name);
            }
            names.add(name);
        }
        return names;
    }

    private static String free(String wanted, Set<String> taken) {
        String name = wanted;
        while (taken.contains(name)) {
            name += "_";
        }
        return name;
    }

    private static void object(List<String> names, List<?> values, PrintWriter out) {
        StringBuilder line = new StringBuilder("{");
        for (int i = 0; i < names.size(); i++) {
            line.append(i == 0 ? "" : ",");
            string(names.get(i), line);
            line.append(':');
            value(values.get(i), line);
        }
        out.println(line.append('}'));
    }

    private static void value(Object value, StringBuilder line) {
        if (value == null || value instanceof Boolean) {
            line.append(value);
        } else if (value instanceof Number number && isFinite(number)) {
            line.append(Cell.isoText(value));
        } else {
            string(Cell.isoText(value), line);
        }
    }

    private static boolean isFinite(Number number) {
        return Double.isFinite(number.doubleValue()) || !(number instanceof Double || number instanceof Float);
    }

    private static void string(String text, StringBuilder line) {
        line.append('"');
        text.codePoints().forEach(c -> character(c, line));
        line.append('"');
    }

    private static void character(int c, StringBuilder line) {
        switch (c) {
            case '"' -> line.append("\\\"");
            case '\\' -> line.append("\\\\");
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                // half a surrogate pair has no bytes in UTF-8
                if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                    line.append(String.format("\\u%04x", c));
                } else {
                    line.appendCodePoint(c);
                }
            }
        }
    }
}
