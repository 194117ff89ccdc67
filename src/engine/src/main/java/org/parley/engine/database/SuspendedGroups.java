package org.parley.engine.database;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.parley.SuspendedGroup;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.store.SuspensionRow;

/** The conversation groups of a database that are set aside, as they are shown. */
final class SuspendedGroups {

    private final EndpointTable table;
    private final CatalogSnapshot definitions;

    SuspendedGroups(EndpointTable table, CatalogSnapshot definitions) {
        this.table = table;
        this.definitions = definitions;
    }

    List<SuspendedGroup> list(Predicate<Group> shown) {
        return table.locked(() -> table.queues().stream()
                .flatMap(queue -> queue.suspended().entrySet().stream())
                .filter(each -> shown.test(each.getKey()))
                .map(each -> suspended(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing(SuspendedGroup::since).thenComparing(SuspendedGroup::groupId))
                .toList());
    }

    private SuspendedGroup suspended(Group group, SuspensionRow row) {
        return new SuspendedGroup(
                row.group(),
                group.queue().name(),
                definitions.service(group.service()).name(),
                Instant.ofEpochMilli(row.since()),
                row.rollbacks(),
                row.failure());
    }
}
