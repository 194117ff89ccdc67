package org.parley.engine.sight;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.queue.QueueIndex;
import org.parley.engine.queue.QueueWatcher;
import org.parley.engine.security.Access;
import org.parley.engine.security.PrincipalTable;

/** Rows of queue monitors and of activated readers; service-broker.md, section 19. */
final class ActivationViews {

    private final OpenDatabase database;

    ActivationViews(OpenDatabase database) {
        this.database = database;
    }

    private Stream<QueueIndex> watched() {
        return database.table().queues().stream()
                .filter(queue -> queue.watcher() != null)
                .sorted(Comparator.comparingInt(QueueIndex::id));
    }

    List<Object[]> monitors() {
        return database.table().locked(() -> watched().map(this::monitor).toList());
    }

    private Object[] monitor(QueueIndex queue) {
        QueueWatcher.Shown shown = queue.watcher().shown();
        return new Object[] {
            database.aftercare().station().id(),
            queue.id(),
            shown.state(),
            shown.lastEmptyRowset(),
            shown.lastActivated(),
            queue.waiting()
        };
    }

    List<Object[]> tasks() {
        PrincipalTable principals = database.catalog().snapshot().principals();
        return database.table()
                .locked(() -> watched()
                        .flatMap(queue ->
                                queue.watcher().shown().tasks().stream().map(task -> task(queue, task, principals)))
                        .toList());
    }

    private Object[] task(QueueIndex queue, QueueWatcher.Task task, PrincipalTable principals) {
        Integer executeAs = task.user() == null
                ? Integer.valueOf(PrincipalTable.DBO)
                : principals.access(task.user()).map(Access::principal).orElse(null);
        return new Object[] {task.spid(), database.aftercare().station().id(), queue.id(), task.name(), executeAs};
    }
}
