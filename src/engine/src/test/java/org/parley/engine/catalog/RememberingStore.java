package org.parley.engine.catalog;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.CatalogWriter;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreTransaction;

/** Definitions in memory, with transactions, so that a test can say when storage fails and see what it was asked. */
final class RememberingStore {

    private Map<Integer, CatalogRows.Row> committed = new LinkedHashMap<>();
    int begun;
    int rolledBack;
    int failingWrite = Integer.MAX_VALUE;
    boolean failingCommit;
    boolean failingRollback;

    Store store() {
        return proxy(Store.class, (name, arguments) -> begin());
    }

    CatalogRows rows() {
        return new CatalogRows(List.copyOf(committed.values()));
    }

    private StoreTransaction begin() {
        begun++;
        List<Consumer<Map<Integer, CatalogRows.Row>>> writes = new ArrayList<>();
        CatalogWriter writer = writer(writes);
        return proxy(StoreTransaction.class, (name, arguments) -> switch (name) {
            case "catalog" -> writer;
            case "commit" -> commit(writes);
            case "rollback" -> rollback();
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private CatalogWriter writer(List<Consumer<Map<Integer, CatalogRows.Row>>> writes) {
        return proxy(CatalogWriter.class, (name, arguments) -> {
            if (writes.size() + 1 == failingWrite) {
                throw new StoreException(StoreException.Kind.DEADLOCK, "write " + failingWrite, null);
            }
            writes.add(rows -> write(rows, name, (CatalogRows.Row) arguments[0]));
            return null;
        });
    }

    private static void write(Map<Integer, CatalogRows.Row> rows, String name, CatalogRows.Row row) {
        switch (name) {
            case "insert" -> {
                if (rows.put(row.id(), row) != null) {
                    throw new IllegalStateException("used before: " + row);
                }
            }
            case "update" -> rows.put(row.id(), row);
            default -> {
                if (rows.remove(row.id()) == null) {
                    throw new IllegalStateException("nothing to delete: " + row);
                }
            }
        }
    }

    private Object commit(List<Consumer<Map<Integer, CatalogRows.Row>>> writes) {
        if (failingCommit) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "commit", null);
        }
        Map<Integer, CatalogRows.Row> after = new LinkedHashMap<>(committed);
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
