package org.parley.engine.store.derby;

import java.sql.SQLException;
import javax.transaction.xa.Xid;

/** The Xid of a row. */
record StoredXid(int getFormatId, byte[] getGlobalTransactionId, byte[] getBranchQualifier) implements Xid {

    /** From three columns; null where they are. */
    static StoredXid at(StoredRow row, int first) throws SQLException {
        return row.isNull(first)
                ? null
                : new StoredXid(row.getInt(first), row.getBytes(first + 1), row.getBytes(first + 2));
    }
}
