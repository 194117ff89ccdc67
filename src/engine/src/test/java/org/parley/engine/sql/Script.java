package org.parley.engine.sql;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.parley.BrokerConnection;
import org.parley.ScriptException;
import org.parley.ScriptMessage;
import org.parley.ScriptOutput;
import org.parley.ScriptResult;

/** What scripts give, as text. */
final class Script {

    private Script() {}

    /** Runs a script that has no error. */
    static ScriptResult run(BrokerConnection connection, String script) {
        return connection.execute(script);
    }

    /** Rows of its last result: values with a bar between them, "-" for NULL. */
    static List<String> rows(BrokerConnection connection, String script) {
        List<ScriptOutput.Rows> results = run(connection, script).rows();
        if (results.isEmpty()) {
            throw new AssertionError("no rows from " + script);
        }
        return text(results.get(results.size() - 1));
    }

    static List<String> text(ScriptOutput.Rows rows) {
        return rows.rows().stream()
                .map(row -> row.stream().map(Script::text).collect(Collectors.joining("|")))
                .toList();
    }

    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().withUpperCase().formatHex(bytes);
        }
        return value == null ? "-" : value.toString();
    }

    /** Names and types of the columns of its last result. */
    static List<String> columns(BrokerConnection connection, String script) {
        List<ScriptOutput.Rows> results = run(connection, script).rows();
        return results.get(results.size() - 1).columns().stream()
                .map(column -> column.name() + " " + column.type())
                .toList();
    }

    /** What its last statement that counts has counted. */
    static long count(BrokerConnection connection, String script) {
        List<Long> counts = run(connection, script).counts();
        return counts.get(counts.size() - 1);
    }

    /** Its first error, number and text. */
    static String error(BrokerConnection connection, String script) {
        try {
            List<ScriptOutput> outputs = new ArrayList<>(run(connection, script).outputs());
            throw new AssertionError("no error from " + script + ", but " + outputs);
        } catch (ScriptException e) {
            ScriptMessage error = e.error();
            return error.number() + " " + error.text();
        }
    }
}
