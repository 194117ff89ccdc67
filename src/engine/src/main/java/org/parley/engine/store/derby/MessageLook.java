package org.parley.engine.store.derby;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.parley.engine.store.MessageRow;

/** Reads messages without locks: no transaction can make it wait, and none waits for it. */
final class MessageLook {

    private final PhysicalConnection connection;

    MessageLook(PhysicalConnection connection) {
        this.connection = connection;
    }

    List<MessageRow> messages(long endpoint, long from, long to, int most) throws SQLException {
        List<MessageRow> seen = new ArrayList<>();
        for (long start = from; start <= to && seen.size() < most; start = Scatter.lastOfBlock(start) + 1) {
            block(endpoint, start, Math.min(to, Scatter.lastOfBlock(start)), most - seen.size(), seen);
        }
        return seen;
    }

    private void block(long endpoint, long from, long to, int most, List<MessageRow> seen) throws SQLException {
        PreparedStatement select = connection.statement(Sql.LOOK_AT_MESSAGES);
        select.setInt(1, Scatter.of(endpoint, from));
        select.setLong(2, endpoint);
        select.setLong(3, from);
        select.setLong(4, to);
        select.setMaxRows(most);
        try (ResultSet at = select.executeQuery()) {
            while (at.next()) {
                seen.add(MessageTable.row(endpoint, at));
            }
        }
    }
}
