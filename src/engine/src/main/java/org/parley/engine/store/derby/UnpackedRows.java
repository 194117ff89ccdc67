package org.parley.engine.store.derby;

import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.StringJoiner;
import javax.sql.rowset.serial.SerialClob;
import org.parley.spi.PackedRows;
import org.parley.spi.PackedRows.Kind;

/** Rows that a statement has brought packed, as Derby's table functions give them: each value as a column of every kind. */
public final class UnpackedRows extends FunctionRows {

    private final Iterator<byte[][]> rows;
    private byte[][] row;
    private int number = -1;

    UnpackedRows(byte[] packed) throws SQLException {
        try {
            rows = PackedRows.unpack(packed);
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    private static SQLException malformed(IllegalArgumentException e) {
        return new SQLException(PackedRows.FUNCTION + " was given no packed rows: " + e.getMessage(), "38P04", e);
    }

    /** The columns that the function declares. */
    static String columns() {
        StringJoiner columns = new StringJoiner(", ").add(PackedRows.NUMBER + " INT");
        for (Kind kind : Kind.values()) {
            for (int i = 1; i <= PackedRows.MOST_COLUMNS; i++) {
                columns.add(kind.name() + i + " " + type(kind));
            }
        }
        return columns.toString();
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case T -> "VARCHAR(32672)";
            case C -> "CLOB";
            case X -> "VARCHAR(32672) FOR BIT DATA";
            case B -> "BLOB";
        };
    }

    @Override
    public boolean next() throws SQLException {
        try {
            row = rows.hasNext() ? rows.next() : null;
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
        number++;
        return row != null;
    }

    private byte[] value(int column) {
        int place = (column - 2) % PackedRows.MOST_COLUMNS;
        byte[] value = place < row.length ? row[place] : null;
        readNull(value == null);
        return value;
    }

    @Override
    public int getInt(int column) {
        readNull(false);
        return number;
    }

    @Override
    public String getString(int column) {
        byte[] value = value(column);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public Reader getCharacterStream(int column) {
        String value = getString(column);
        return value == null ? null : new StringReader(value);
    }

    @Override
    public Clob getClob(int column) throws SQLException {
        String value = getString(column);
        return value == null ? null : new SerialClob(value.toCharArray());
    }

    @Override
    public byte[] getBytes(int column) {
        return value(column);
    }

    @Override
    public void close() {
        row = null;
    }
}
