package org.parley.engine.store.derby;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Runs the statements that write definitions and notes which queues come and go, so that their views follow at the end: a
 * definition that is written anew keeps its views, and Derby's catalog is locked for the last moment only.
 */
final class WrittenDefinitions implements DerbyCatalog.Statements {

    private final DerbyTransaction transaction;
    private final DerbyCatalog.Statements statements;
    private final Map<Integer, String> written = new HashMap<>();
    private final Set<Integer> deleted = new HashSet<>();

    WrittenDefinitions(DerbyTransaction transaction, DerbyCatalog.Statements statements) {
        this.transaction = transaction;
        this.statements = statements;
    }

    @Override
    public int run(Sql sql, Object... values) {
        if (sql == Sql.INSERT_QUEUE) {
            int queue = (Integer) values[0];
            if (!deleted.remove(queue)) {
                written.put(queue, (String) values[1]);
            }
        } else if (sql == Sql.DELETE_QUEUE) {
            int queue = (Integer) values[0];
            if (written.remove(queue) == null) {
                deleted.add(queue);
            }
        }
        return statements.run(sql, values);
    }

    @Override
    public void finish() {
        if (written.isEmpty() && deleted.isEmpty()) {
            return;
        }
        transaction.run("Defining the views of queues", connection -> {
            QueueViews views = new QueueViews(connection.jdbc());
            for (int queue : deleted) {
                views.drop(queue);
            }
            for (Map.Entry<Integer, String> queue : written.entrySet()) {
                views.create(queue.getKey(), queue.getValue());
            }
            written.clear();
            deleted.clear();
            return null;
        });
    }
}
