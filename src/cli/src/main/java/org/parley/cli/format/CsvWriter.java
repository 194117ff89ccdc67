package org.parley.cli.format;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.parley.ScriptOutput;
import org.parley.ScriptOutput.Column;

/**
 * Comma-separated values, RFC 4180: a line of names, then a line for each row. NULL is nothing, an empty text is {@code ""}.
 * An empty line parts the rows of one statement from those of the next. Counts aren't written.
 */
final class CsvWriter implements RowWriter {

    private boolean later;

    @Override
    public void rows(ScriptOutput.Rows rows, PrintWriter out) {
        if (later) {
            out.print("\r\n");
        }
        later = true;
        line(rows.columns().stream().map(Column::name).toList(), out);
        rows.rows().forEach(row -> line(row, out));
    }

    @Override
    public void said(String text, PrintWriter out) {
        line(List.of(text), out);
    }

    @Override
    public void affected(long rows, PrintWriter out) {}

    private static void line(List<?> values, PrintWriter out) {
        out.print(values.stream().map(CsvWriter::field).collect(Collectors.joining(",")));
        out.print("\r\n");
    }

    private static String field(Object value) {
        if (value == null) {
            return "";
        }
        String text = Cell.text(value);
        boolean quoted = text.isEmpty() || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
