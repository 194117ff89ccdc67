package org.parley.sql.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.Position;
import org.parley.sql.ast.Query;

/** SELECT ... INTO: a table of the columns of a query, and its rows in it. */
final class SelectInto {

    private SelectInto() {}

    static long run(Query query, Query.Select select, Translation translation) {
        ObjectName into = select.into();
        SqlStatement.Name name = Definition.newTable(into, translation);
        Query rows = new Query(without(select), query.order(), query.offset(), query.fetch());
        Store store = new Store(translation.scope().connection().sql());
        store.change(
                new SqlStatement.CreateTable(name, columns(new Reading(rows, translation).columns(), into), List.of()));
        try {
            return new Insertion(
                            new DataStatement.Insert(
                                    Position.NONE,
                                    new DataStatement.Target(ObjectName.of(name.schema(), name.name()), null),
                                    List.of(),
                                    new DataStatement.Selected(rows)),
                            new Translation(translation.scope()))
                    .run();
        } catch (RuntimeException e) {
            store.change(new SqlStatement.DropTable(name));
            throw e;
        }
    }

    private static Query.Select without(Query.Select select) {
        return new Query.Select(
                select.at(),
                select.distinct(),
                select.top(),
                select.items(),
                null,
                select.from(),
                select.where(),
                select.groupBy(),
                select.having());
    }

    private static List<SqlStatement.NewColumn> columns(List<RowSet.Column> columns, ObjectName into) {
        List<SqlStatement.NewColumn> made = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (RowSet.Column column : columns) {
            String name = Dictionary.stored(column.name());
            if (name.isEmpty()) {
                throw new ScriptError(
                        1038, "Column " + (made.size() + 1) + " of '" + into + "' has no name; give it one with AS.");
            }
            if (!seen.add(name)) {
                throw new ScriptError(2705, "Column name '" + column.name() + "' stands twice.");
            }
            made.add(new SqlStatement.NewColumn(name, StoredType.of(column.type()), true, null, null));
        }
        return made;
    }
}
