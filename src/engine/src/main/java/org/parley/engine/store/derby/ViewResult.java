package org.parley.engine.store.derby;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import org.parley.engine.store.SystemColumn;
import org.parley.engine.store.SystemRows;

/** Rows of a view as Derby's table functions give them: forward, one getter for each of the types a column can have. */
public final class ViewResult extends FunctionRows {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

    private final List<SystemColumn> columns;
    private final Iterator<Object[]> rows;
    private Object[] row;

    ViewResult(List<SystemColumn> columns, Iterator<Object[]> rows) {
        this.columns = columns;
        this.rows = rows;
    }

    @Override
    public boolean next() {
        row = rows.hasNext() ? rows.next() : null;
        return row != null;
    }

    private Object value(int column) {
        Object value = row[column - 1];
        readNull(value == null);
        return value;
    }

    @Override
    public String getString(int column) {
        Object value = value(column);
        if (value == null) {
            return null;
        }
        if (columns.get(column - 1).type() == SystemColumn.Type.TIME) {
            long millis = (Long) value;
            int nanos = (int) Math.floorMod(millis, 1000L) * 1_000_000;
            return TIME.format(LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), nanos, ZoneOffset.UTC));
        }
        return value.toString();
    }

    @Override
    public int getInt(int column) {
        Object value = value(column);
        return value == null ? 0 : ((Number) value).intValue();
    }

    @Override
    public short getShort(int column) {
        Object value = value(column);
        if (value instanceof Boolean bit) {
            return (short) (bit ? 1 : 0);
        }
        return value == null ? 0 : ((Number) value).shortValue();
    }

    @Override
    public long getLong(int column) {
        Object value = value(column);
        return value == null ? 0 : ((Number) value).longValue();
    }

    @Override
    public byte[] getBytes(int column) {
        Object value = value(column);
        if (value instanceof SystemRows.Body body) {
            byte[] bytes = body.read();
            readNull(bytes == null);
            return bytes;
        }
        return (byte[]) value;
    }

    @Override
    public void close() {
        row = null;
    }
}
