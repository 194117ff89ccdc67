package org.parley.engine.sight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.DatabaseCatalog;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;

/**
 * Something of each endpoint, in the order of their ids. The table's lock is taken for a portion of the endpoints at a
 * time: each is seen as it is committed at one moment, but two that are far apart at different ones.
 */
final class Portions<T> implements Iterator<T> {

    private static final int PORTION = 200;

    private final EndpointTable table;
    private final DatabaseCatalog catalog;
    private final Look<T> look;
    private final List<Endpoint> endpoints;
    private int next;
    private Iterator<T> portion = List.<T>of().iterator();

    /** Makes something of an endpoint, under the table's lock. */
    @FunctionalInterface
    interface Look<T> {

        /** What is shown of it, or null for nothing. */
        T at(Endpoint endpoint, CatalogSnapshot catalog);
    }

    Portions(EndpointTable table, DatabaseCatalog catalog, Look<T> look) {
        this.table = table;
        this.catalog = catalog;
        this.look = look;
        this.endpoints = new ArrayList<>(table.locked(table::unordered));
        this.endpoints.sort(Comparator.comparingLong(Endpoint::id));
    }

    @Override
    public boolean hasNext() {
        while (!portion.hasNext() && next < endpoints.size()) {
            portion = table.locked(this::portion).iterator();
        }
        return portion.hasNext();
    }

    private List<T> portion() {
        CatalogSnapshot definitions = catalog.snapshot();
        List<T> seen = new ArrayList<>(PORTION);
        int end = Math.min(endpoints.size(), next + PORTION);
        for (; next < end; next++) {
            Endpoint endpoint = endpoints.set(next, null);
            if (table.endpoint(endpoint.id()) == endpoint) {
                T shown = look.at(endpoint, definitions);
                if (shown != null) {
                    seen.add(shown);
                }
            }
        }
        return seen;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return portion.next();
    }
}
