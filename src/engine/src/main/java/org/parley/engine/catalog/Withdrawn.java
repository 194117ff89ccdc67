package org.parley.engine.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.CatalogRows.ContractRow;
import org.parley.engine.store.CatalogRows.DroppedRow;
import org.parley.engine.store.CatalogWriter;

/**
 * What has been dropped while definitions change: it has no name any more, but messages that wait, Errors and frames still
 * say which service, contract and type they are of. It goes when no conversation needs it.
 */
final class Withdrawn {

    private final Supplier<CatalogWriter> writer;
    private final Map<Integer, CatalogRows.Row> objects = new LinkedHashMap<>();

    Withdrawn(Collection<CatalogRows.Row> before, Supplier<CatalogWriter> writer) {
        this.writer = writer;
        before.stream().filter(row -> !(row instanceof DroppedRow)).forEach(row -> objects.put(row.id(), row));
    }

    /** Keeps an object that has just been dropped. */
    void keep(CatalogRows.Row object) {
        writer.get().insert(new DroppedRow(object.id()));
        objects.put(object.id(), object);
    }

    /** Whether a contract that has been dropped has the message type. */
    boolean needsType(int type) {
        return objects.values().stream()
                .anyMatch(row ->
                        row instanceof ContractRow contract && contract.sentBy().containsKey(type));
    }

    /** Nothing needs the object any more: it goes, and with a contract the types that only it has needed. */
    void forget(int id) {
        CatalogRows.Row gone = objects.remove(id);
        if (gone == null) {
            return;
        }
        writer.get().delete(gone);
        writer.get().delete(new DroppedRow(id));
        if (gone instanceof ContractRow contract) {
            contract.sentBy().keySet().stream()
                    .filter(type -> objects.containsKey(type) && !needsType(type))
                    .forEach(this::forget);
        }
    }

    /** All rows of it. */
    List<CatalogRows.Row> rows() {
        List<CatalogRows.Row> rows = new ArrayList<>(objects.values());
        objects.keySet().forEach(id -> rows.add(new DroppedRow(id)));
        return rows;
    }
}
