package org.parley.cli.format;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;
import org.parley.ScriptOutput;

/**
 * An aligned table: names, a line, rows. Numbers stand at the right. What would break the line or steer the terminal is shown
 * as a space or a question mark. An empty line follows.
 */
final class TableWriter implements RowWriter {

    private static final String NULL = "NULL";
    private static final String CUT = "...";

    private final int maxWidth;

    /** 0 for no maximum. */
    TableWriter(int maxWidth) {
        this.maxWidth = maxWidth;
    }

    @Override
    public void rows(ScriptOutput.Rows rows, PrintWriter out) {
        List<String> names =
                rows.columns().stream().map(column -> shown(column.name())).toList();
        List<List<String>> cells = rows.rows().stream()
                .map(row -> row.stream().map(this::cell).toList())
                .toList();
        int[] widths = new int[names.size()];
        boolean[] right = new boolean[names.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(1, width(names.get(i)));
            cells.forEach(row -> widths[column] = Math.max(widths[column], width(row.get(column))));
            right[i] = rows.rows().stream().allMatch(row -> row.get(column) == null || Cell.isNumber(row.get(column)))
                    && rows.rows().stream().anyMatch(row -> row.get(column) != null);
        }
        line(names, widths, new boolean[widths.length], out);
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("-".repeat(width));
        }
        out.println(String.join(" ", rule));
        cells.forEach(row -> line(row, widths, right, out));
        out.println();
    }

    @Override
    public void said(String text, PrintWriter out) {
        out.println(text);
    }

    @Override
    public void affected(long rows, PrintWriter out) {
        out.println("(" + rows + (rows == 1 ? " row affected)" : " rows affected)"));
    }

    private String cell(Object value) {
        return value == null ? NULL : shown(Cell.text(value));
    }

    private String shown(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> shown.appendCodePoint(visible(c)));
        return maxWidth == 0 || width(shown) <= maxWidth ? shown.toString() : cut(shown);
    }

    private static int visible(int c) {
        return c == '\t' || c == '\r' || c == '\n' ? ' ' : Character.isISOControl(c) || isFormat(c) ? '?' : c;
    }

    /** Marks that turn the direction of the text around them, and the like. */
    private static boolean isFormat(int c) {
        int type = Character.getType(c);
        return type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || c >= 0x202A && c <= 0x202E
                || c >= 0x2066 && c <= 0x2069;
    }

    private String cut(CharSequence text) {
        String end = maxWidth > CUT.length() ? CUT : "";
        StringBuilder kept = new StringBuilder();
        int left = maxWidth - end.length();
        for (int c : text.codePoints().toArray()) {
            left -= Math.max(0, WCWidth.wcwidth(c));
            if (left < 0) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept.append(end).toString();
    }

    private static int width(CharSequence text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }

    private static void line(List<String> cells, int[] widths, boolean[] right, PrintWriter out) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - width(cells.get(i)));
            line.append(i == 0 ? "" : " ");
            line.append(right[i] ? padding + cells.get(i) : cells.get(i) + padding);
        }
        out.println(line.toString().stripTrailing());
    }
}
