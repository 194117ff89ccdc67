package org.parley.engine.store.derby;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.rowset.serial.SerialBlob;
import org.apache.derby.vti.VTITemplate;

/** What all rows of Derby's table functions have in common: forward, read-only, long bytes from {@link #getBytes}. */
abstract class FunctionRows extends VTITemplate {

    private boolean wasNull;

    /** Notes whether the value that is being read is NULL. */
    final void readNull(boolean isNull) {
        wasNull = isNull;
    }

    @Override
    public abstract byte[] getBytes(int column);

    @Override
    public InputStream getBinaryStream(int column) {
        byte[] bytes = getBytes(column);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public Blob getBlob(int column) throws SQLException {
        byte[] bytes = getBytes(column);
        return bytes == null ? null : new SerialBlob(bytes);
    }

    @Override
    public boolean wasNull() {
        return wasNull;
    }

    @Override
    public int getConcurrency() {
        return ResultSet.CONCUR_READ_ONLY;
    }
}
