package org.parley.engine.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The conversation endpoints that the threads know of, by database. */
final class Pool {

    /** The youngest are chosen most: the others have mostly ended. */
    private static final int YOUNGEST = 8;

    private final List<List<Known>> byDatabase = new ArrayList<>();
    private final Map<UUID, Known> byHandle = new HashMap<>();

    Pool() {
        for (int i = 0; i < Home.DATABASES; i++) {
            byDatabase.add(new ArrayList<>());
        }
    }

    /** One endpoint. */
    record Known(UUID handle, UUID group, String service) {}

    synchronized void add(int database, Known known) {
        if (byHandle.putIfAbsent(known.handle(), known) == null) {
            byDatabase.get(database).add(known);
        }
    }

    synchronized boolean knows(UUID handle) {
        return byHandle.containsKey(handle);
    }

    /** One of them, or null when none is known. */
    synchronized Known pick(int database, int pick) {
        List<Known> known = byDatabase.get(database);
        if (known.isEmpty()) {
            return null;
        }
        int among = pick % 4 == 0 ? known.size() : Math.min(YOUNGEST, known.size());
        return known.get(known.size() - 1 - pick / 4 % among);
    }
}
