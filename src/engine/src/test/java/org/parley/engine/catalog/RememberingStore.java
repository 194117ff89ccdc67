package org.parley.engine.catalog;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.CatalogRows.ContractRow;
import org.parley.engine.store.CatalogRows.MessageTypeRow;
import org.parley.engine.store.CatalogRows.QueueRow;
import org.parley.engine.store.CatalogRows.ServiceRow;
import org.parley.engine.store.CatalogWriter;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreTransaction;

/** Definitions in memory, with transactions, so that a test can say when storage fails and see what it was asked. */
final class RememberingStore {

    private Map<Integer, Object> committed = new LinkedHashMap<>();
    int begun;
    int rolledBack;
    int failingWrite = Integer.MAX_VALUE;
    boolean failingCommit;
    boolean failingRollback;

    Store store() {
        return proxy(Store.class, (name, arguments) -> begin());
    }

    CatalogRows rows() {
        return new CatalogRows(
                all(MessageTypeRow.class), all(ContractRow.class), all(QueueRow.class), all(ServiceRow.class));
    }

    private <T> List<T> all(Class<T> kind) {
        return committed.values().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private StoreTransaction begin() {
        begun++;
        List<Consumer<Map<Integer, Object>>> writes = new ArrayList<>();
        CatalogWriter writer = writer(writes);
        return proxy(StoreTransaction.class, (name, arguments) -> switch (name) {
            case "catalog" -> writer;
            case "commit" -> commit(writes);
            case "rollback" -> rollback();
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private CatalogWriter writer(List<Consumer<Map<Integer, Object>>> writes) {
        return proxy(CatalogWriter.class, (name, arguments) -> {
            if (writes.size() + 1 == failingWrite) {
                throw new StoreException(StoreException.Kind.DEADLOCK, "write " + failingWrite, null);
            }
            writes.add(rows -> write(rows, name, arguments));
            return null;
        });
    }

    private static void write(Map<Integer, Object> rows, String name, Object[] arguments) {
        switch (name) {
            case "insert" -> {
                if (rows.put(idOf(arguments[0]), arguments[0]) != null) {
                    throw new IllegalStateException("used before: " + arguments[0]);
                }
            }
            case "setQueueStatus" ->
                rows.computeIfPresent(
                        (Integer) arguments[0],
                        (id, row) -> new QueueRow(id, ((QueueRow) row).name(), (Boolean) arguments[1]));
            default -> {
                if (rows.remove((Integer) arguments[0]) == null) {
                    throw new IllegalStateException("nothing to delete: " + arguments[0]);
                }
            }
        }
    }

    private static int idOf(Object row) {
        if (row instanceof MessageTypeRow type) {
            return type.id();
        } else if (row instanceof ContractRow contract) {
            return contract.id();
        } else if (row instanceof QueueRow queue) {
            return queue.id();
        }
        return ((ServiceRow) row).id();
    }

    private Object commit(List<Consumer<Map<Integer, Object>>> writes) {
        if (failingCommit) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "commit", null);
        }
        Map<Integer, Object> after = new LinkedHashMap<>(committed);
        writes.forEach(write -> write.accept(after));
        committed = after;
        return null;
    }

    private Object rollback() {
        rolledBack++;
        if (failingRollback) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "rollback", null);
        }
        return null;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> method.isDefault() ? null : call.answer(method.getName(), arguments)));
    }

    private interface Call {
        Object answer(String name, Object[] arguments);
    }
}
