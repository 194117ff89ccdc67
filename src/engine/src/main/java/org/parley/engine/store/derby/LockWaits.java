package org.parley.engine.store.derby;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parley.engine.store.StoreTransaction;

/** Who waits for whom, from Derby's lock table. */
final class LockWaits {

    /** Requested mode to the modes of others that it has to wait for. */
    private static final Map<String, Set<String>> CONFLICTS = Map.of(
            "IS", Set.of("X"),
            "IX", Set.of("S", "U", "X"),
            "S", Set.of("IX", "X"),
            "U", Set.of("IX", "U", "X"),
            "X", Set.of("IS", "IX", "S", "U", "X"));

    private LockWaits() {}

    private record Lock(String transaction, String object, String mode, boolean granted) {

        boolean waitsFor(Lock other) {
            return object.equals(other.object) && CONFLICTS.get(mode).contains(other.mode);
        }
    }

    /** The graph among these transactions. */
    static Map<StoreTransaction, Set<StoreTransaction>> of(ConnectionPool pool, List<DerbyTransaction> live) {
        Map<String, DerbyTransaction> byId = new HashMap<>();
        for (DerbyTransaction each : live) {
            byId.put(each.derbyId(), each);
        }
        List<Lock> locks = pool.use("Reading the lock table", LockWaits::read);
        Map<StoreTransaction, Set<StoreTransaction>> waits = new HashMap<>();
        for (int i = 0; i < locks.size(); i++) {
            Lock waiting = locks.get(i);
            DerbyTransaction waiter = byId.get(waiting.transaction);
            if (waiting.granted || waiter == null) {
                continue;
            }
            for (int j = 0; j < locks.size(); j++) {
                Lock other = locks.get(j);
                DerbyTransaction holder = byId.get(other.transaction);
                // Derby lists waiters in their order; those before are waited for, too.
                boolean ahead = other.granted || j < i;
                if (ahead && holder != null && holder != waiter && waiting.waitsFor(other)) {
                    waits.computeIfAbsent(waiter, key -> new HashSet<>()).add(holder);
                }
            }
        }
        return waits;
    }

    private static List<Lock> read(PhysicalConnection connection) throws SQLException {
        List<Lock> locks = new ArrayList<>();
        try (ResultSet at = connection.statement(Sql.LOCKS).executeQuery()) {
            while (at.next()) {
                String object = at.getString(2) + ' ' + at.getString(3) + ' ' + at.getString(4);
                locks.add(new Lock(at.getString(1), object, at.getString(5), "GRANT".equals(at.getString(6))));
            }
        }
        return locks;
    }
}
