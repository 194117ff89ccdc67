package org.parley.engine.store.derby;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.StoredEndpoints;
import org.parley.engine.store.StoredState;
import org.parley.engine.store.SuspensionRow;
import org.parley.engine.store.TransitRow;

/** Reads a whole database into memory's form, without locks, each table in one pass. */
final class StateReader {

    private final TableScan tables;

    StateReader(TableScan tables) {
        this.tables = tables;
    }

    StoredState read() throws SQLException {
        MessageRanges ranges = new MessageRanges();
        tables.each(
                "MESSAGES",
                "ENDPOINT, POSITION, QUEUING_ORDER",
                at -> ranges.add(at.getLong(1), at.getLong(2), at.getLong(3)));
        List<EndpointRow> endpoints = new ArrayList<>();
        tables.each("ENDPOINTS", EndpointTable.COLUMNS, at -> endpoints.add(EndpointTable.row(at)));
        Map<Long, Long> timers = new HashMap<>();
        tables.each("TIMERS", "ENDPOINT, DUE", at -> timers.put(at.getLong(1), at.getLong(2)));
        Set<Long> retaining = new HashSet<>();
        long[] lastRetained = new long[1];
        tables.each("RETAINED", "ENDPOINT, QUEUING_ORDER", at -> {
            retaining.add(at.getLong(1));
            lastRetained[0] = Math.max(lastRetained[0], at.getLong(2));
        });
        List<TransitRow> transits = new ArrayList<>();
        tables.each(
                "TRANSITS",
                "ENDPOINT, FAR_BROKER, ACKNOWLEDGED, END_POSITION, GUARD_ENDS",
                at -> transits.add(new TransitRow(
                        at.getLong(1), Uuids.of(at.getBytes(2)), at.getLong(3), at.getLong(4), at.getLong(5))));
        List<SuspensionRow> suspensions = new ArrayList<>();
        tables.each(
                "SUSPENDED_GROUPS",
                "CONVERSATION_GROUP, SINCE, ROLLBACKS, FAILURE",
                at -> suspensions.add(
                        new SuspensionRow(Uuids.of(at.getBytes(1)), at.getLong(2), at.getInt(3), at.getString(4))));
        Map<String, Long> counters = new HashMap<>();
        tables.each("COUNTERS", "NAME, LAST_GIVEN", at -> counters.put(at.getString(1), at.getLong(2)));
        return new StoredState(
                new CatalogReader(tables).read(),
                new StoredEndpoints(endpoints, ranges.list()),
                timers,
                retaining,
                transits,
                suspensions,
                ManifestTable.all(tables),
                counters.get(Counter.CONVERSATION.name()),
                Math.max(ranges.lastOrder(), lastRetained[0]),
                Math.toIntExact(counters.get(Counter.CATALOG.name())));
    }
}
