package org.parley.engine.store.derby;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.parley.engine.store.MessageRow;

/** Copies of messages that an endpoint has received or sent. All of one endpoint lie together: they go together. */
final class RetainedTable {

    private final PhysicalConnection connection;

    private final AtomicBoolean largeBodies;

    RetainedTable(PhysicalConnection connection, AtomicBoolean largeBodies) {
        this.connection = connection;
        this.largeBodies = largeBodies;
    }

    int insert(long endpoint, boolean sent, MessageRow message) throws SQLException {
        byte[] body = message.body();
        boolean isLong = message.length() > MessageTable.LONGEST_BESIDE;
        PreparedStatement insert = connection.statement(Sql.INSERT_RETAINED);
        insert.setInt(1, Scatter.of(endpoint));
        insert.setLong(2, endpoint);
        insert.setBoolean(3, sent);
        insert.setLong(4, message.queuingOrder());
        insert.setLong(5, message.position());
        insert.setInt(6, message.type());
        insert.setLong(7, message.sequence());
        insert.setLong(8, message.enqueued());
        insert.setInt(9, message.length());
        if (body == null || isLong) {
            insert.setNull(10, Types.VARBINARY);
        } else {
            insert.setBytes(10, body);
        }
        int count = insert.executeUpdate();
        if (isLong) {
            copyBody(endpoint, sent, message);
        }
        return count;
    }

    /** Inside Derby, piece by piece. */
    private void copyBody(long endpoint, boolean sent, MessageRow message) throws SQLException {
        PreparedStatement copy = connection.statement(Sql.RETAIN_BODY);
        copy.setInt(1, Scatter.of(endpoint));
        copy.setLong(2, endpoint);
        copy.setBoolean(3, sent);
        copy.setLong(4, message.queuingOrder());
        copy.setInt(5, Scatter.of(message.endpoint(), message.position()));
        copy.setLong(6, message.endpoint());
        copy.setLong(7, message.position());
        copy.executeUpdate();
    }

    int delete(long endpoint) throws SQLException {
        if (largeBodies.get()) {
            delete(Sql.DELETE_RETAINED_BODIES, endpoint);
        }
        return delete(Sql.DELETE_RETAINED, endpoint);
    }

    private int delete(Sql sql, long endpoint) throws SQLException {
        PreparedStatement delete = connection.statement(sql);
        delete.setInt(1, Scatter.of(endpoint));
        delete.setLong(2, endpoint);
        return delete.executeUpdate();
    }

    /** By their queuing orders, inclusive, ascending, without locks. */
    List<MessageRow> look(long endpoint, boolean sent, long from, long to, int most) throws SQLException {
        PreparedStatement select = connection.statement(Sql.LOOK_AT_RETAINED);
        select.setInt(1, Scatter.of(endpoint));
        select.setLong(2, endpoint);
        select.setBoolean(3, sent);
        select.setLong(4, from);
        select.setLong(5, to);
        select.setMaxRows(most);
        List<MessageRow> seen = new ArrayList<>();
        try (ResultSet at = select.executeQuery()) {
            while (at.next()) {
                seen.add(MessageTable.row(endpoint, at));
            }
        }
        return seen;
    }

    byte[] piece(long endpoint, boolean sent, long order, int number) throws SQLException {
        PreparedStatement select = connection.statement(Sql.LOOK_AT_RETAINED_PIECE);
        select.setInt(1, Scatter.of(endpoint));
        select.setLong(2, endpoint);
        select.setBoolean(3, sent);
        select.setLong(4, order);
        select.setInt(5, number);
        try (ResultSet at = select.executeQuery()) {
            return at.next() ? at.getBytes(1) : null;
        }
    }
}
