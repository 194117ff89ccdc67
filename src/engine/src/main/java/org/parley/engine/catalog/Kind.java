package org.parley.engine.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.parley.BrokerException;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.CatalogWriter;

/** The objects of one kind while definitions change; each change is written at once. */
final class Kind<T> {

    private final String kind;
    private final Function<T, String> name;
    private final Function<T, CatalogRows.Row> row;
    private final Supplier<CatalogWriter> writer;
    private final Map<String, T> byName = new HashMap<>();

    Kind(String kind, Function<T, String> name, Function<T, CatalogRows.Row> row, Supplier<CatalogWriter> writer) {
        this.kind = kind;
        this.name = name;
        this.row = row;
        this.writer = writer;
    }

    Kind<T> with(Collection<T> objects) {
        objects.forEach(object -> byName.put(name.apply(object), object));
        return this;
    }

    /** The object of that name, or null. */
    T find(String wanted) {
        return byName.get(wanted);
    }

    /** The object of that name, which is to be changed or dropped. */
    T existing(String wanted, String done) {
        T object = byName.get(wanted);
        if (object == null) {
            throw new BrokerException(
                    CatalogErrors.NOT_FOUND,
                    "The " + kind + " '" + CatalogErrors.shortened(wanted) + "' can't be " + done
                            + ": there is no such " + kind + ".");
        }
        return object;
    }

    void insert(T made) {
        writer.get().insert(row.apply(made));
        byName.put(name.apply(made), made);
    }

    /** Writes an object in place of the one with its name, unless they are equal. */
    void update(T changed) {
        if (!changed.equals(byName.put(name.apply(changed), changed))) {
            writer.get().update(row.apply(changed));
        }
    }

    void delete(T object) {
        writer.get().delete(row.apply(object));
        byName.remove(name.apply(object));
    }

    /** An object that is still needed goes from the names; returns what is stored of it. */
    CatalogRows.Row withdraw(T object) {
        byName.remove(name.apply(object));
        return row.apply(object);
    }

    boolean has(int id) {
        return byName.values().stream().anyMatch(object -> row.apply(object).id() == id);
    }

    Collection<T> all() {
        return byName.values();
    }

    /** Names of some, in order. */
    List<String> names(Predicate<T> which) {
        return byName.entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    List<CatalogRows.Row> rows() {
        return byName.values().stream().map(row).toList();
    }

    /** Refuses to drop an object of another kind that some of this one need. */
    void refuseDrop(String what, String why, Predicate<T> users) {
        List<String> names = names(users);
        if (!names.isEmpty()) {
            int more = names.size() - 1;
            throw new BrokerException(
                    CatalogErrors.IN_USE,
                    what + " can't be dropped: " + why + " " + kind + " '" + names.get(0) + "'"
                            + (more == 0 ? "" : " and " + more + " more") + ".");
        }
    }
}
