package org.parley.engine.store.derby;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import javax.transaction.xa.Xid;
import org.parley.engine.store.ManifestRow;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;

/** The table of slots that prepared branches write their manifests into; decision 0068. */
final class ManifestTable {

    private final PhysicalConnection connection;

    ManifestTable(PhysicalConnection connection) {
        this.connection = connection;
    }

    static List<ManifestRow> all(TableScan tables) throws SQLException {
        List<ManifestRow> rows = new ArrayList<>();
        tables.each(
                "MANIFEST_SLOTS",
                "SLOT, NUMBER, FORMAT_ID, GLOBAL_ID, QUALIFIER, LEFT_FORMAT_ID, LEFT_GLOBAL_ID, LEFT_QUALIFIER, CONTENT",
                at -> rows.add(new ManifestRow(
                        at.getInt(1), at.getLong(2), StoredXid.at(at, 3), StoredXid.at(at, 6), at.getBytes(9))));
        return rows;
    }

    int write(ManifestRow row) throws SQLException {
        PreparedStatement write = connection.statement(row.left() == null ? Sql.INSERT_MANIFEST : Sql.UPDATE_MANIFEST);
        write.setLong(1, row.number());
        set(write, 2, row.xid());
        if (row.left() == null) {
            write.setNull(5, Types.INTEGER);
            write.setNull(6, Types.VARBINARY);
            write.setNull(7, Types.VARBINARY);
        } else {
            set(write, 5, row.left());
        }
        write.setBytes(8, row.content());
        write.setInt(9, row.slot());
        int rows = write.executeUpdate();
        if (rows != 1) {
            // a branch must not be prepared without its manifest: only the disk knows which slots there are
            throw new StoreException(
                    Kind.UNAVAILABLE, "Slot " + row.slot() + " of manifests has " + rows + " rows, not 1.", null);
        }
        return rows;
    }

    private static void set(PreparedStatement write, int first, Xid xid) throws SQLException {
        write.setInt(first, xid.getFormatId());
        write.setBytes(first + 1, xid.getGlobalTransactionId());
        write.setBytes(first + 2, xid.getBranchQualifier());
    }
}
