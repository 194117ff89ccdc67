package org.parley.sql.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.parley.spi.PackedRows;
import org.parley.spi.PackedRows.Kind;
import org.parley.sql.ScriptError;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.SqlType.Base;
import org.parley.sql.value.SqlType.Family;
import org.parley.sql.value.Value;

/**
 * How rows that a statement brings itself get to the store and are read there as columns of their types.
 *
 * @param columns in their order
 */
record Packing(List<RowSet.Column> columns) {

    Packing {
        if (columns.size() > PackedRows.MOST_COLUMNS) {
            throw new ScriptError(
                    1702,
                    columns.size() + " columns are too many for a table variable or for several rows of VALUES; "
                            + PackedRows.MOST_COLUMNS + " are allowed.");
        }
    }

    byte[] pack(List<List<Value>> rows) {
        List<List<byte[]>> packed = new ArrayList<>();
        for (List<Value> row : rows) {
            List<byte[]> values = new ArrayList<>();
            row.forEach(value -> values.add(bytes(value.content())));
            packed.add(values);
        }
        return PackedRows.pack(columns.size(), packed);
    }

    private static byte[] bytes(Object content) {
        if (content == null || content instanceof byte[]) {
            return (byte[]) content;
        }
        return Jdbc.text(content).getBytes(StandardCharsets.UTF_8);
    }

    /** The columns as they are seen under an alias, and the number of the row. */
    List<Names.Seen> seen(int alias) {
        List<Names.Seen> seen = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            RowSet.Column column = columns.get(i);
            seen.add(new Names.Seen(column.name(), column.type(), read(alias, i), false, i));
        }
        seen.add(new Names.Seen(
                Names.ROW, SqlType.INT, new Sql.Column(alias, PackedRows.NUMBER), false, columns.size()));
        return seen;
    }

    /** A column of the function that unpacks, made what it was. */
    Sql read(int alias, int place) {
        SqlType type = columns.get(place).type();
        StoredType stored = StoredType.of(type);
        Kind kind = kind(type, stored);
        Sql column = new Sql.Column(alias, kind.name() + (place + 1));
        if (kind == Kind.C || kind == Kind.B) {
            return column;
        }
        if (type.family() == Family.APPROXIMATE) {
            Sql number = Sql.Call.of(Sql.Function.DOUBLE, column);
            return type.base() == Base.REAL ? new Sql.Cast(number, stored) : number;
        }
        return new Sql.Cast(column, stored);
    }

    private static Kind kind(SqlType type, StoredType stored) {
        if (type.isBytes()) {
            return stored.isLarge() ? Kind.B : Kind.X;
        }
        return stored.isLarge() ? Kind.C : Kind.T;
    }
}
