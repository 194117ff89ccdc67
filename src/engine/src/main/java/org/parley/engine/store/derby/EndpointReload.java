package org.parley.engine.store.derby;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.StoreException.Kind;
import org.parley.engine.store.StoredEndpoints;

/**
 * Reads endpoints as committed and never waits: the other side of a dialog may be sending at this moment, in an
 * application's transaction. What is there is read without locks first; then those rows are read again with locks that are
 * not waited for, in halves where one is refused, until just the uncommitted ones are left out.
 */
final class EndpointReload {

    private final PhysicalConnection connection;
    private final List<EndpointRow> rows = new ArrayList<>();
    private final MessageRanges ranges = new MessageRanges();

    EndpointReload(PhysicalConnection connection) {
        this.connection = connection;
    }

    StoredEndpoints read(Collection<Long> endpoints) throws SQLException {
        Map<Long, List<Long>> positions = positions(Set.copyOf(endpoints));
        connection.waitForLocks(false);
        try {
            for (long endpoint : endpoints) {
                readRow(endpoint);
            }
            for (Map.Entry<Long, List<Long>> each : positions.entrySet()) {
                readCommitted(each.getKey(), each.getValue());
            }
        } finally {
            connection.waitForLocks(true);
        }
        return new StoredEndpoints(rows, ranges.list());
    }

    private void readRow(long endpoint) throws SQLException {
        PreparedStatement select = connection.statement(Sql.SELECT_ENDPOINT);
        select.setInt(1, Scatter.of(endpoint));
        select.setLong(2, endpoint);
        try (ResultSet at = select.executeQuery()) {
            if (at.next()) {
                rows.add(EndpointTable.row(StoredRow.of(at)));
            }
        }
    }

    /** What is there, committed or not, of all messages: the index knows no order of endpoints. */
    private Map<Long, List<Long>> positions(Set<Long> endpoints) throws SQLException {
        Map<Long, List<Long>> positions = new HashMap<>();
        try (ResultSet at = connection.statement(Sql.SELECT_POSITIONS).executeQuery()) {
            while (at.next()) {
                long endpoint = at.getLong(1);
                if (endpoints.contains(endpoint)) {
                    positions
                            .computeIfAbsent(endpoint, key -> new ArrayList<>())
                            .add(at.getLong(2));
                }
            }
        }
        positions.values().forEach(Collections::sort);
        return positions;
    }

    private void readCommitted(long endpoint, List<Long> positions) throws SQLException {
        int start = 0;
        while (start < positions.size()) {
            long last = Scatter.lastOfBlock(positions.get(start));
            int end = start + 1;
            while (end < positions.size() && positions.get(end) <= last) {
                end++;
            }
            readCommittedOfBlock(endpoint, positions.subList(start, end));
            start = end;
        }
    }

    private void readCommittedOfBlock(long endpoint, List<Long> positions) throws SQLException {
        MessageRanges found = new MessageRanges();
        PreparedStatement select = connection.statement(Sql.SELECT_RANGE);
        select.setInt(1, Scatter.of(endpoint, positions.get(0)));
        select.setLong(2, endpoint);
        select.setLong(3, positions.get(0));
        select.setLong(4, positions.get(positions.size() - 1));
        try (ResultSet at = select.executeQuery()) {
            while (at.next()) {
                found.add(at.getLong(1), at.getLong(2), at.getLong(3));
            }
        } catch (SQLException e) {
            if (Failure.kind(e) != Kind.LOCK_TIMEOUT) {
                throw e;
            }
            int half = positions.size() / 2;
            if (half > 0) {
                readCommittedOfBlock(endpoint, positions.subList(0, half));
                readCommittedOfBlock(endpoint, positions.subList(half, positions.size()));
            }
            return;
        }
        ranges.addAll(found);
    }
}
