package org.parley.engine.store.derby;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.SeenMessage;

/** Copies of messages that an endpoint has received or sent. All of one endpoint lie together: they go together. */
final class RetainedTable {

    private final PhysicalConnection connection;

    RetainedTable(PhysicalConnection connection) {
        this.connection = connection;
    }

    int insert(long endpoint, boolean sent, MessageRow message) throws SQLException {
        byte[] body = message.body();
        boolean isLong = body != null && body.length > MessageTable.LONGEST_BESIDE;
        PreparedStatement insert = connection.statement(Sql.INSERT_RETAINED);
        insert.setInt(1, Scatter.of(endpoint));
        insert.setLong(2, endpoint);
        insert.setBoolean(3, sent);
        insert.setLong(4, message.queuingOrder());
        insert.setLong(5, message.position());
        insert.setInt(6, message.type());
        insert.setLong(7, message.sequence());
        insert.setLong(8, message.enqueued());
        insert.setInt(9, body == null ? 0 : body.length);
        if (body == null || isLong) {
            insert.setNull(10, Types.VARBINARY);
        } else {
            insert.setBytes(10, body);
        }
        if (isLong) {
            insert.setBytes(11, body);
        } else {
            insert.setNull(11, Types.BLOB);
        }
        int count = insert.executeUpdate();
        if (isLong) {
            // a prepared statement keeps its values until the next ones come
            insert.clearParameters();
        }
        return count;
    }

    int delete(long endpoint) throws SQLException {
        PreparedStatement delete = connection.statement(Sql.DELETE_RETAINED);
        delete.setInt(1, Scatter.of(endpoint));
        delete.setLong(2, endpoint);
        return delete.executeUpdate();
    }

    /** By their queuing orders, inclusive, ascending, without locks. */
    List<SeenMessage> look(long endpoint, boolean sent, long from, long to, int most) throws SQLException {
        PreparedStatement select = connection.statement(Sql.LOOK_AT_RETAINED);
        select.setInt(1, Scatter.of(endpoint));
        select.setLong(2, endpoint);
        select.setBoolean(3, sent);
        select.setLong(4, from);
        select.setLong(5, to);
        select.setMaxRows(most);
        List<SeenMessage> seen = new ArrayList<>();
        try (ResultSet at = select.executeQuery()) {
            while (at.next()) {
                byte[] body = at.getBytes(7);
                seen.add(new SeenMessage(
                        new MessageRow(
                                endpoint,
                                at.getLong(2),
                                at.getInt(3),
                                at.getLong(4),
                                at.getLong(1),
                                at.getLong(5),
                                body),
                        body == null && at.getInt(6) > 0));
            }
        }
        return seen;
    }

    byte[] body(long endpoint, boolean sent, long order) throws SQLException {
        PreparedStatement select = connection.statement(Sql.LOOK_AT_RETAINED_BODY);
        select.setInt(1, Scatter.of(endpoint));
        select.setLong(2, endpoint);
        select.setBoolean(3, sent);
        select.setLong(4, order);
        try (ResultSet at = select.executeQuery()) {
            return at.next() ? at.getBytes(1) : null;
        }
    }
}
