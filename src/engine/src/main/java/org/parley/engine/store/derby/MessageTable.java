package org.parley.engine.store.derby;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.parley.engine.store.MessageRow;

/** Messages of one transaction: the row with a body that fits beside it, and rows apart for a longer one. */
final class MessageTable {

    /** Longest body beside its row, the most that Derby's VARCHAR FOR BIT DATA holds. */
    static final int LONGEST_BESIDE = 32_672;

    private final PhysicalConnection connection;
    /** Whether the database may hold bodies apart; while it doesn't, a delete is one statement. */
    private final AtomicBoolean largeBodies;

    MessageTable(PhysicalConnection connection, AtomicBoolean largeBodies) {
        this.connection = connection;
        this.largeBodies = largeBodies;
    }

    int insert(MessageRow row) throws SQLException {
        byte[] body = row.body();
        boolean apart = row.length() > LONGEST_BESIDE;
        PreparedStatement insert = connection.statement(Sql.INSERT_MESSAGE);
        insert.setInt(1, Scatter.of(row.endpoint(), row.position()));
        insert.setLong(2, row.endpoint());
        insert.setLong(3, row.position());
        insert.setInt(4, row.type());
        insert.setLong(5, row.sequence());
        insert.setLong(6, row.queuingOrder());
        insert.setLong(7, row.enqueued());
        insert.setInt(8, row.length());
        if (body == null || apart) {
            insert.setNull(9, Types.VARBINARY);
        } else {
            insert.setBytes(9, body);
        }
        int count = insert.executeUpdate();
        if (apart && body != null) {
            bodies().insert(row);
        }
        return count;
    }

    List<MessageRow> read(long endpoint, long from, long to, int most) throws SQLException {
        List<MessageRow> rows = new ArrayList<>();
        long start = from;
        while (start <= to && rows.size() < most) {
            long end = Math.min(to, Scatter.lastOfBlock(start));
            readBlock(endpoint, start, end, most - rows.size(), rows);
            start = end + 1;
        }
        return rows;
    }

    private void readBlock(long endpoint, long from, long to, int most, List<MessageRow> rows) throws SQLException {
        PreparedStatement select = connection.statement(Sql.READ_MESSAGES);
        select.setInt(1, Scatter.of(endpoint, from));
        select.setLong(2, endpoint);
        select.setLong(3, from);
        select.setLong(4, to);
        select.setMaxRows(most);
        try (ResultSet at = select.executeQuery()) {
            while (at.next()) {
                rows.add(row(endpoint, at));
            }
        }
    }

    /** A row of the columns that are read, and looked at. */
    static MessageRow row(long endpoint, ResultSet at) throws SQLException {
        byte[] body = at.getBytes(7);
        return new MessageRow(
                endpoint,
                at.getLong(1),
                at.getInt(2),
                at.getLong(3),
                at.getLong(4),
                at.getLong(5),
                body,
                body == null ? at.getInt(6) : 0);
    }

    /** Made when it is needed: most transactions have no long body. */
    private BodyTable bodies() {
        return new BodyTable(connection, largeBodies);
    }

    /** Deletes the rows alone. */
    int take(long endpoint, long from, long to) throws SQLException {
        return delete(endpoint, from, to, false);
    }

    int delete(long endpoint, long from, long to) throws SQLException {
        return delete(endpoint, from, to, largeBodies.get());
    }

    private int delete(long endpoint, long from, long to, boolean apart) throws SQLException {
        int count = 0;
        for (long start = from; start <= to; start = Scatter.lastOfBlock(start) + 1) {
            long end = Math.min(to, Scatter.lastOfBlock(start));
            int deleted = deleteBlock(endpoint, start, end);
            if (deleted > 0 && apart) {
                bodies().deleteBlock(endpoint, start, end);
            }
            count += deleted;
        }
        return count;
    }

    private int deleteBlock(long endpoint, long from, long to) throws SQLException {
        PreparedStatement delete = connection.statement(Sql.DELETE_MESSAGES);
        delete.setInt(1, Scatter.of(endpoint, from));
        delete.setLong(2, endpoint);
        delete.setLong(3, from);
        delete.setLong(4, to);
        return delete.executeUpdate();
    }
}
