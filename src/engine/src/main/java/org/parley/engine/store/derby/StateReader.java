package org.parley.engine.store.derby;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.ManifestRow;
import org.parley.engine.store.StoredEndpoints;
import org.parley.engine.store.StoredState;
import org.parley.engine.store.SuspensionRow;
import org.parley.engine.store.TransitRow;

/** Reads a whole database into memory's form, without locks, each table in one pass. */
final class StateReader {

    private final Connection connection;

    StateReader(Connection connection) {
        this.connection = connection;
    }

    StoredState read() throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        MessageRanges ranges = new MessageRanges();
        each("SELECT ENDPOINT, POSITION, QUEUING_ORDER FROM PARLEY_STORE.MESSAGES", ranges::add);
        List<EndpointRow> endpoints = new ArrayList<>();
        each(
                "SELECT " + EndpointTable.COLUMNS + " FROM PARLEY_STORE.ENDPOINTS",
                at -> endpoints.add(EndpointTable.row(at)));
        Map<Long, Long> timers = new HashMap<>();
        each("SELECT ENDPOINT, DUE FROM PARLEY_STORE.TIMERS", at -> timers.put(at.getLong(1), at.getLong(2)));
        Set<Long> retaining = new HashSet<>();
        long[] lastRetained = new long[1];
        each("SELECT ENDPOINT, QUEUING_ORDER FROM PARLEY_STORE.RETAINED", at -> {
            retaining.add(at.getLong(1));
            lastRetained[0] = Math.max(lastRetained[0], at.getLong(2));
        });
        List<TransitRow> transits = new ArrayList<>();
        each(
                "SELECT ENDPOINT, FAR_BROKER, ACKNOWLEDGED, END_POSITION, GUARD_ENDS FROM PARLEY_STORE.TRANSITS",
                at -> transits.add(new TransitRow(
                        at.getLong(1), Uuids.of(at.getBytes(2)), at.getLong(3), at.getLong(4), at.getLong(5))));
        List<SuspensionRow> suspensions = new ArrayList<>();
        each(
                "SELECT CONVERSATION_GROUP, SINCE, ROLLBACKS, FAILURE FROM PARLEY_STORE.SUSPENDED_GROUPS",
                at -> suspensions.add(
                        new SuspensionRow(Uuids.of(at.getBytes(1)), at.getLong(2), at.getInt(3), at.getString(4))));
        List<ManifestRow> manifests = new ArrayList<>();
        each(
                "SELECT FORMAT_ID, GLOBAL_ID, QUALIFIER, CONTENT FROM PARLEY_STORE.MANIFESTS",
                at -> manifests.add(new ManifestRow(at.getInt(1), at.getBytes(2), at.getBytes(3), at.getBytes(4))));
        StoredState state = new StoredState(
                new CatalogReader(this::each).read(),
                new StoredEndpoints(endpoints, ranges.list()),
                timers,
                retaining,
                transits,
                suspensions,
                manifests,
                counter(Counter.CONVERSATION),
                Math.max(ranges.lastOrder(), lastRetained[0]),
                Math.toIntExact(counter(Counter.CATALOG)));
        connection.rollback();
        return state;
    }

    private long counter(Counter counter) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.SELECT_COUNTER.text())) {
            select.setString(1, counter.name());
            try (ResultSet at = select.executeQuery()) {
                at.next();
                return at.getLong(1);
            }
        }
    }

    /** Takes the row that a result stands on. */
    @FunctionalInterface
    interface Taker {
        void take(ResultSet at) throws SQLException;
    }

    private void each(String sql, Taker taker) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet at = statement.executeQuery(sql)) {
            while (at.next()) {
                taker.take(at);
            }
        }
    }
}
