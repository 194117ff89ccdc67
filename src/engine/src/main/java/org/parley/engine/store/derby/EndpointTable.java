package org.parley.engine.store.derby;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.parley.engine.store.EndpointRow;

/** Endpoint rows to and from their columns. */
final class EndpointTable {

    /** What {@link #row} reads, in its order. */
    static final String COLUMNS = "ID, HANDLE, CONVERSATION, SERVICE, CONTRACT, CONVERSATION_GROUP, FAR_SERVICE,"
            + " FAR_BROKER, ENCRYPTED, PRIORITY, LIFETIME, STAGE, RECEIVED";

    private EndpointTable() {}

    static int insert(PhysicalConnection connection, EndpointRow row) throws SQLException {
        PreparedStatement insert = connection.statement(Sql.INSERT_ENDPOINT);
        insert.setInt(1, Scatter.of(row.id()));
        insert.setLong(2, row.id());
        insert.setBytes(3, Uuids.bytes(row.handle()));
        insert.setBytes(4, Uuids.bytes(row.conversationId()));
        insert.setInt(5, row.service());
        insert.setInt(6, row.contract());
        insert.setBytes(7, Uuids.bytes(row.group()));
        insert.setString(8, row.farService());
        insert.setBytes(9, row.farBroker() == null ? null : Uuids.bytes(row.farBroker()));
        insert.setBoolean(10, row.encrypted());
        insert.setInt(11, row.priority());
        insert.setLong(12, row.lifetime());
        insert.setString(13, row.stage().code());
        insert.setLong(14, row.received());
        return insert.executeUpdate();
    }

    static int update(PhysicalConnection connection, long id, EndpointRow.Stage stage, long received)
            throws SQLException {
        PreparedStatement update = connection.statement(Sql.UPDATE_ENDPOINT);
        update.setString(1, stage.code());
        update.setLong(2, received);
        update.setInt(3, Scatter.of(id));
        update.setLong(4, id);
        return update.executeUpdate();
    }

    /** The endpoint of a row of {@link #COLUMNS}. */
    static EndpointRow row(StoredRow at) throws SQLException {
        return new EndpointRow(
                at.getLong(1),
                Uuids.of(at.getBytes(2)),
                Uuids.of(at.getBytes(3)),
                at.getInt(4),
                at.getInt(5),
                Uuids.of(at.getBytes(6)),
                at.getString(7),
                Uuids.of(at.getBytes(8)),
                at.getBoolean(9),
                at.getInt(10),
                at.getLong(11),
                EndpointRow.Stage.ofCode(at.getString(12)),
                at.getLong(13));
    }
}
