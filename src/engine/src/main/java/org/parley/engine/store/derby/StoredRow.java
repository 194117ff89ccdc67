package org.parley.engine.store.derby;

import java.sql.ResultSet;
import java.sql.SQLException;

/** The columns that were asked for, in that order, counted from 1: of a row of a table or of a query's result. */
interface StoredRow {

    /** 0 for null. */
    int getInt(int column) throws SQLException;

    /** 0 for null. */
    long getLong(int column) throws SQLException;

    boolean getBoolean(int column) throws SQLException;

    String getString(int column) throws SQLException;

    byte[] getBytes(int column) throws SQLException;

    boolean isNull(int column) throws SQLException;

    /** The row that a result stands on. */
    static StoredRow of(ResultSet result) {
        return new StoredRow() {
            @Override
            public int getInt(int column) throws SQLException {
                return result.getInt(column);
            }

            @Override
            public long getLong(int column) throws SQLException {
                return result.getLong(column);
            }

            @Override
            public boolean getBoolean(int column) throws SQLException {
                return result.getBoolean(column);
            }

            @Override
            public String getString(int column) throws SQLException {
                return result.getString(column);
            }

            @Override
            public byte[] getBytes(int column) throws SQLException {
                return result.getBytes(column);
            }

            @Override
            public boolean isNull(int column) throws SQLException {
                return result.getObject(column) == null;
            }
        };
    }
}
