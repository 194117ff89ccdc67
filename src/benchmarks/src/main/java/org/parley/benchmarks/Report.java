package org.parley.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The figures of one run, to be read by people and by programs.
 *
 * @param measuredAt when
 * @param machine where and with what
 * @param figures the rows
 */
record Report(String measuredAt, Map<String, String> machine, List<Figure> figures) {

    /** A table for each line, since lines measure different things. */
    String markdown() {
        StringBuilder text = new StringBuilder("Measured at " + measuredAt + ".\n\n");
        machine.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        Map<String, List<Figure>> byLine = new LinkedHashMap<>();
        figures.forEach(figure ->
                byLine.computeIfAbsent(figure.line(), id -> new ArrayList<>()).add(figure));
        byLine.forEach((line, rows) -> {
            Set<String> columns = new LinkedHashSet<>();
            rows.forEach(row -> columns.addAll(row.values().keySet()));
            text.append("\n| line | work | threads | contender | ")
                    .append(String.join(" | ", columns))
                    .append(" |\n|---|---|--:|---|")
                    .append("--:|".repeat(columns.size()))
                    .append('\n');
            rows.forEach(row -> text.append(row(row, columns)));
        });
        return text.toString();
    }

    private static String row(Figure figure, Set<String> columns) {
        StringBuilder text = new StringBuilder("| ")
                .append(String.join(
                        " | ", figure.line(), figure.work(), String.valueOf(figure.threads()), figure.contender()));
        for (String column : columns) {
            Double value = figure.values().get(column);
            text.append(" | ").append(value == null ? "" : shown(value));
        }
        return text.append(" |\n").toString();
    }

    /** Three digits say all that a measurement can; whole numbers stay whole. */
    private static String shown(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }

    /** An array with an object for each row; what isn't measured of the first three figures is null. */
    String json() {
        List<String> objects = new ArrayList<>();
        for (Figure figure : figures) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("line", quoted(figure.line()));
            fields.put("threads", String.valueOf(figure.threads()));
            fields.put("contender", quoted(figure.contender()));
            for (String each : List.of(Figure.PER_SECOND, Figure.RATIO_TO_RAW, Figure.RATIO_TO_ARTEMIS)) {
                fields.put(each, "null");
            }
            figure.values().forEach((name, value) -> fields.put(name, number(value)));
            fields.put("work", quoted(figure.work()));
            objects.add(object(fields, ", "));
        }
        return "[\n  " + String.join(",\n  ", objects) + "\n]\n";
    }

    private static String object(Map<String, String> fields, String separator) {
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, value) -> pairs.add(quoted(name) + ": " + value));
        return "{" + String.join(separator, pairs) + "}";
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.valueOf(Math.round(value))
                : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char each : text.toCharArray()) {
            if (each == '"' || each == '\\') {
                quoted.append('\\').append(each);
            } else if (each < ' ') {
                quoted.append(String.format("\\u%04x", (int) each));
            } else {
                quoted.append(each);
            }
        }
        return quoted.append('"').toString();
    }
}
