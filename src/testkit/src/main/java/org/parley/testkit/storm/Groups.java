package org.parley.testkit.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.parley.SuspendedGroup;

/** Counts rollbacks in a row for each group, as the poison rules do, and complains where the server does otherwise. */
final class Groups {

    private static final int MOST = 5;

    private final Map<UUID, Integer> rows = new ConcurrentHashMap<>();
    private final List<String> faults;
    private int suspensions;

    Groups(List<String> faults) {
        this.faults = faults;
    }

    /** A group has been given to a reader. */
    void offered(UUID group) {
        if (rows.getOrDefault(group, 0) >= MOST) {
            faults.add("Group " + group + " was given to a reader after " + MOST + " rollbacks in a row.");
        }
    }

    /** Told while the group is still held: afterwards another reader may be at it. */
    void ends(UUID group, Ending how) {
        if (how.counts()) {
            rows.merge(group, 1, Integer::sum);
        } else if (how.commits()) {
            rows.remove(group);
        }
    }

    /** A group was found set aside; it will be resumed, and counted anew. */
    void suspended(SuspendedGroup found) {
        Integer row = rows.remove(found.groupId());
        if (row == null || row != MOST || found.rollbacks() != MOST) {
            faults.add("Group " + found.groupId() + " was set aside after " + found.rollbacks()
                    + " rollbacks; counted were " + row + ".");
        }
        suspensions++;
    }

    /** Groups that should be set aside at the moment. */
    List<UUID> due() {
        List<UUID> due = new ArrayList<>();
        rows.forEach((group, row) -> {
            if (row >= MOST) {
                due.add(group);
            }
        });
        return due;
    }

    int suspensions() {
        return suspensions;
    }
}
