package org.parley;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a script gives, in the order in which it comes: rows, messages, counts. */
public sealed interface ScriptOutput {

    /**
     * Rows of a SELECT or RECEIVE.
     *
     * @param columns what each row has
     * @param rows values as {@code sql()} gives them; null for NULL
     */
    record Rows(List<Column> columns, List<List<Object>> rows) implements ScriptOutput {

        /** Copies its lists. */
        public Rows {
            columns = List.copyOf(columns);
            rows = rows.stream()
                    .map(row -> Collections.unmodifiableList(new ArrayList<>(row)))
                    .toList();
        }
    }

    /**
     * A column.
     *
     * @param name empty for an expression without a name
     * @param type as Transact-SQL writes it, for example {@code nvarchar(max)}
     */
    record Column(String name, String type) {}

    /** Something said. */
    record Said(ScriptMessage message) implements ScriptOutput {}

    /** Rows that a statement affected; not reported under SET NOCOUNT ON. */
    record Affected(long rows) implements ScriptOutput {}
}
