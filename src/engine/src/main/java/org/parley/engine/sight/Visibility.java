package org.parley.engine.sight;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.parley.Permission;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.Service;
import org.parley.engine.security.SecurityErrors;
import org.parley.engine.store.SqlCaller;
import org.parley.engine.store.SystemColumn;
import org.parley.engine.store.SystemView;

/**
 * What a caller sees: definitions on which it has any permission, and conversations with their messages whose queue it may
 * read or whose service it owns. Members of db_owner see everything; a view that isn't named here is theirs alone.
 */
final class Visibility {

    private final CatalogSnapshot catalog;
    private final SqlCaller caller;

    /** Of a caller, null for dbo, by the definitions of this moment. */
    Visibility(CatalogSnapshot catalog, SqlCaller caller) {
        this.catalog = catalog;
        this.caller = caller;
    }

    /** Those rows of a view that the caller sees. */
    Iterator<Object[]> visible(SystemView view, Iterator<Object[]> rows) {
        return caller == null || caller.databaseOwner() ? rows : new Visible(rows, rule(view));
    }

    private Predicate<Object[]> rule(SystemView view) {
        return switch (view) {
            case SERVICES, SERVICE_QUEUE_USAGES, SERVICE_CONTRACT_USAGES -> by(view, "SERVICE_ID", caller::sees);
            case XML_SCHEMA_COLLECTIONS -> by(view, "XML_COLLECTION_ID", caller::sees);
            case SERVICE_QUEUES, PROCEDURES -> by(view, "OBJECT_ID", caller::sees);
            case CERTIFICATES -> by(view, "CERTIFICATE_ID", caller::sees);
            case SERVICE_CONTRACTS, SERVICE_CONTRACT_MESSAGE_USAGES -> by(view, "SERVICE_CONTRACT_ID", caller::sees);
            case SERVICE_MESSAGE_TYPES, MESSAGE_TYPE_XML_SCHEMA_COLLECTION_USAGES ->
                by(view, "MESSAGE_TYPE_ID", caller::sees);
            case CONVERSATION_ENDPOINTS, CONVERSATION_GROUPS -> by(view, "SERVICE_ID", conversations()::contains);
            case TRANSMISSION_QUEUE -> talking(column(view, "FROM_SERVICE_NAME"));
            case SUSPENDED_GROUPS -> talking(column(view, "SERVICE_NAME"));
            case CONVERSATION_PRIORITIES, ROUTES, REMOTE_SERVICE_BINDINGS, EVENT_NOTIFICATIONS ->
                row -> caller.definer();
            case DATABASES -> row -> true;
            default -> row -> false;
        };
    }

    private static Predicate<Object[]> by(SystemView view, String idColumn, IntPredicate seen) {
        int column = column(view, idColumn);
        return row -> seen.test((Integer) row[column]);
    }

    private Predicate<Object[]> talking(int nameColumn) {
        Set<String> services = talking().map(Service::name).collect(Collectors.toSet());
        return row -> services.contains((String) row[nameColumn]);
    }

    private static int column(SystemView view, String name) {
        return view.columns().stream().map(SystemColumn::name).toList().indexOf(name);
    }

    /** Services whose conversations are seen. */
    private Stream<Service> talking() {
        return catalog.services().stream()
                .filter(service -> caller == null
                        || caller.databaseOwner()
                        || caller.controls(service.id())
                        || caller.reads(service.queue()));
    }

    /** Ids of the services whose conversations are seen. */
    Set<Integer> conversations() {
        return talking().map(Service::id).collect(Collectors.toSet());
    }

    /** Fails when the caller may not read a queue. */
    void check(int id) {
        if (caller != null && !caller.reads(id)) {
            catalog.queues().stream().filter(queue -> queue.id() == id).forEach(queue -> {
                throw SecurityErrors.denied(caller, Permission.SELECT, "queue", queue.name());
            });
        }
    }

    /** Some of the rows. */
    private static final class Visible implements Iterator<Object[]> {

        private final Iterator<Object[]> all;
        private final Predicate<Object[]> seen;
        private Object[] next;

        Visible(Iterator<Object[]> all, Predicate<Object[]> seen) {
            this.all = all;
            this.seen = seen;
        }

        @Override
        public boolean hasNext() {
            while (next == null && all.hasNext()) {
                Object[] row = all.next();
                if (seen.test(row)) {
                    next = row;
                }
            }
            return next != null;
        }

        @Override
        public Object[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Object[] row = next;
            next = null;
            return row;
        }
    }
}
