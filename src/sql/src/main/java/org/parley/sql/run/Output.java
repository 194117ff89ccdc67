package org.parley.sql.run;

import java.util.Collections;
import java.util.List;
import org.parley.ScriptMessage;
import org.parley.ScriptOutput;
import org.parley.spi.ScriptListener;
import org.parley.sql.table.RowSet;
import org.parley.sql.value.Value;

/** What a script gives, as its listener takes it. */
final class Output {

    private final ScriptListener listener;

    Output(ScriptListener listener) {
        this.listener = listener;
    }

    void say(ScriptMessage message) {
        listener.accept(new ScriptOutput.Said(message));
    }

    void affected(long rows) {
        listener.accept(new ScriptOutput.Affected(rows));
    }

    void rows(RowSet rows) {
        listener.accept(new ScriptOutput.Rows(
                rows.columns().stream()
                        .map(column -> new ScriptOutput.Column(
                                column.name(), column.type().toString()))
                        .toList(),
                rows.rows().stream().map(Output::contents).toList()));
    }

    private static List<Object> contents(List<Value> row) {
        Object[] contents = new Object[row.size()];
        for (int i = 0; i < contents.length; i++) {
            contents[i] = row.get(i).content();
        }
        return Collections.unmodifiableList(java.util.Arrays.asList(contents));
    }
}
