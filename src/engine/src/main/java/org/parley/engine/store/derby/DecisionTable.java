package org.parley.engine.store.derby;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.parley.engine.store.DecisionRow;

/** The table of outcomes that operators have decided. */
final class DecisionTable {

    private final PhysicalConnection connection;

    DecisionTable(PhysicalConnection connection) {
        this.connection = connection;
    }

    /** Those that nobody has had forgotten, the oldest first. */
    static List<DecisionRow> remembered(TableScan tables) throws SQLException {
        List<DecisionRow> rows = new ArrayList<>();
        tables.each(
                "DECISIONS",
                "FORMAT_ID, GLOBAL_ID, QUALIFIER, IS_COMMITTED, DECIDED_BY, DECIDED, PREPARED, GROUP_COUNT, SENT,"
                        + " RECEIVED, FORGOTTEN",
                at -> {
                    if (at.isNull(11)) {
                        rows.add(row(at));
                    }
                });
        rows.sort(Comparator.comparingLong(DecisionRow::decidedAt));
        return rows;
    }

    private static DecisionRow row(StoredRow at) throws SQLException {
        return new DecisionRow(
                StoredXid.at(at, 1),
                at.getBoolean(4),
                at.getString(5),
                at.getLong(6),
                at.getLong(7),
                at.getInt(8),
                at.getLong(9),
                at.getLong(10));
    }

    int insert(DecisionRow row) throws SQLException {
        PreparedStatement insert = connection.statement(Sql.INSERT_DECISION);
        key(insert, 1, row);
        insert.setLong(5, row.decidedAt());
        insert.setBoolean(6, row.committed());
        insert.setString(7, row.decidedBy());
        insert.setLong(8, row.preparedAt());
        insert.setInt(9, row.groups());
        insert.setLong(10, row.sent());
        insert.setLong(11, row.received());
        return insert.executeUpdate();
    }

    int forget(DecisionRow row, long at) throws SQLException {
        PreparedStatement update = connection.statement(Sql.FORGET_DECISION);
        update.setLong(1, at);
        key(update, 2, row);
        update.setLong(6, row.decidedAt());
        return update.executeUpdate();
    }

    private static void key(PreparedStatement statement, int first, DecisionRow row) throws SQLException {
        byte[] global = row.xid().getGlobalTransactionId();
        byte[] qualifier = row.xid().getBranchQualifier();
        statement.setInt(first, Scatter.of(global, qualifier));
        statement.setBytes(first + 1, global);
        statement.setBytes(first + 2, qualifier);
        statement.setInt(first + 3, row.xid().getFormatId());
    }
}
