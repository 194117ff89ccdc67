package org.parley.engine.store.derby;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.parley.engine.store.MessageRow;

/** Messages of one transaction: the row with a body that fits beside it, and a row apart for a longer one. */
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

    /** The range that was read last and has no body apart: its delete is one statement, whatever else there is. */
    private long besideEndpoint;

    private long besideFrom;
    private long besideTo = Long.MIN_VALUE;
    private boolean allBeside;

    int insert(MessageRow row) throws SQLException {
        byte[] body = row.body();
        boolean apart = body != null && body.length > LONGEST_BESIDE;
        PreparedStatement insert = connection.statement(Sql.INSERT_MESSAGE);
        insert.setInt(1, Scatter.of(row.endpoint(), row.position()));
        insert.setLong(2, row.endpoint());
        insert.setLong(3, row.position());
        insert.setInt(4, row.type());
        insert.setLong(5, row.sequence());
        insert.setLong(6, row.queuingOrder());
        insert.setLong(7, row.enqueued());
        insert.setInt(8, body == null ? 0 : body.length);
        if (body == null || apart) {
            insert.setNull(9, Types.VARBINARY);
        } else {
            insert.setBytes(9, body);
        }
        int count = insert.executeUpdate();
        if (apart) {
            insertBody(row);
        }
        return count;
    }

    private void insertBody(MessageRow row) throws SQLException {
        largeBodies.set(true);
        besideTo = Long.MIN_VALUE;
        PreparedStatement insert = connection.statement(Sql.INSERT_BODY);
        insert.setInt(1, Scatter.of(row.endpoint(), row.position()));
        insert.setLong(2, row.endpoint());
        insert.setLong(3, row.position());
        insert.setBytes(4, row.body());
        insert.executeUpdate();
        // A prepared statement keeps its values until the next ones come.
        insert.clearParameters();
    }

    List<MessageRow> read(long endpoint, long from, long to, int most) throws SQLException {
        List<MessageRow> rows = new ArrayList<>();
        allBeside = true;
        long start = from;
        while (start <= to && rows.size() < most) {
            long end = Math.min(to, Scatter.lastOfBlock(start));
            readBlock(endpoint, start, end, most - rows.size(), rows);
            start = end + 1;
        }
        if (allBeside && !rows.isEmpty()) {
            besideEndpoint = endpoint;
            besideFrom = from;
            besideTo = rows.size() < most ? to : rows.get(rows.size() - 1).position();
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
                long position = at.getLong(1);
                int length = at.getInt(6);
                byte[] body = at.getBytes(7);
                if (body == null && length > 0) {
                    allBeside = false;
                    body = readBody(endpoint, position);
                }
                rows.add(new MessageRow(
                        endpoint, position, at.getInt(2), at.getLong(3), at.getLong(4), at.getLong(5), body));
            }
        }
    }

    private byte[] readBody(long endpoint, long position) throws SQLException {
        PreparedStatement select = connection.statement(Sql.READ_BODY);
        select.setInt(1, Scatter.of(endpoint, position));
        select.setLong(2, endpoint);
        select.setLong(3, position);
        try (ResultSet at = select.executeQuery()) {
            if (!at.next()) {
                throw new SQLException("The body of message " + position + " of endpoint " + endpoint + " is missing.");
            }
            return at.getBytes(1);
        }
    }

    int delete(long endpoint, long from, long to) throws SQLException {
        boolean beside = endpoint == besideEndpoint && from >= besideFrom && to <= besideTo;
        boolean apart = largeBodies.get() && !beside;
        int count = 0;
        for (long start = from; start <= to; start = Scatter.lastOfBlock(start) + 1) {
            long end = Math.min(to, Scatter.lastOfBlock(start));
            int deleted = deleteBlock(Sql.DELETE_MESSAGES, endpoint, start, end);
            if (deleted > 0 && apart) {
                deleteBlock(Sql.DELETE_BODIES, endpoint, start, end);
            }
            count += deleted;
        }
        return count;
    }

    private int deleteBlock(Sql sql, long endpoint, long from, long to) throws SQLException {
        PreparedStatement delete = connection.statement(sql);
        delete.setInt(1, Scatter.of(endpoint, from));
        delete.setLong(2, endpoint);
        delete.setLong(3, from);
        delete.setLong(4, to);
        return delete.executeUpdate();
    }
}
