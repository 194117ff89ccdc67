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
import org.parley.ContractDefinition.SentBy;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.ManifestRow;
import org.parley.engine.store.StoredEndpoints;
import org.parley.engine.store.StoredState;
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
        List<TransitRow> transits = new ArrayList<>();
        each(
                "SELECT ENDPOINT, FAR_BROKER, ACKNOWLEDGED, END_POSITION FROM PARLEY_STORE.TRANSITS",
                at -> transits.add(
                        new TransitRow(at.getLong(1), Uuids.of(at.getBytes(2)), at.getLong(3), at.getLong(4))));
        List<ManifestRow> manifests = new ArrayList<>();
        each(
                "SELECT FORMAT_ID, GLOBAL_ID, QUALIFIER, CONTENT FROM PARLEY_STORE.MANIFESTS",
                at -> manifests.add(new ManifestRow(at.getInt(1), at.getBytes(2), at.getBytes(3), at.getBytes(4))));
        StoredState state = new StoredState(
                catalog(),
                new StoredEndpoints(endpoints, ranges.list()),
                timers,
                transits,
                manifests,
                counter(Counter.CONVERSATION),
                ranges.lastOrder(),
                Math.toIntExact(counter(Counter.CATALOG)));
        connection.rollback();
        return state;
    }

    private CatalogRows catalog() throws SQLException {
        List<CatalogRows.MessageTypeRow> types = new ArrayList<>();
        each(
                "SELECT ID, NAME, VALIDATION FROM PARLEY_STORE.MESSAGE_TYPES",
                at -> types.add(new CatalogRows.MessageTypeRow(
                        at.getInt(1), at.getString(2), Validation.valueOf(at.getString(3)))));
        Map<Integer, Map<Integer, SentBy>> sentBy = new HashMap<>();
        each(
                "SELECT CONTRACT, MESSAGE_TYPE, SENT_BY FROM PARLEY_STORE.CONTRACT_TYPES",
                at -> sentBy.computeIfAbsent(at.getInt(1), id -> new HashMap<>())
                        .put(at.getInt(2), SentBy.valueOf(at.getString(3))));
        List<CatalogRows.ContractRow> contracts = new ArrayList<>();
        each(
                "SELECT ID, NAME FROM PARLEY_STORE.CONTRACTS",
                at -> contracts.add(new CatalogRows.ContractRow(
                        at.getInt(1), at.getString(2), sentBy.getOrDefault(at.getInt(1), Map.of()))));
        List<CatalogRows.QueueRow> queues = new ArrayList<>();
        each(
                "SELECT ID, NAME, IS_ON FROM PARLEY_STORE.QUEUES",
                at -> queues.add(new CatalogRows.QueueRow(at.getInt(1), at.getString(2), at.getBoolean(3))));
        Map<Integer, Set<Integer>> accepts = new HashMap<>();
        each(
                "SELECT SERVICE, CONTRACT FROM PARLEY_STORE.SERVICE_CONTRACTS",
                at -> accepts.computeIfAbsent(at.getInt(1), id -> new HashSet<>())
                        .add(at.getInt(2)));
        List<CatalogRows.ServiceRow> services = new ArrayList<>();
        each(
                "SELECT ID, NAME, QUEUE FROM PARLEY_STORE.SERVICES",
                at -> services.add(new CatalogRows.ServiceRow(
                        at.getInt(1), at.getString(2), at.getInt(3), accepts.getOrDefault(at.getInt(1), Set.of()))));
        return new CatalogRows(types, contracts, queues, services);
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
    private interface Taker {
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
