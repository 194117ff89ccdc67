package org.parley.engine.sight;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.UUID;
import org.parley.ConversationState;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.Service;
import org.parley.engine.conversation.EndpointState;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.routing.Guard;
import org.parley.engine.security.PrincipalTable;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.EndpointRow.Stage;

/** Rows of conversation endpoints and groups; service-broker.md, section 18. */
final class EndpointViews {

    private static final UUID NO_KEY = new UUID(0, 0);
    private static final byte[] NO_TRANSACTION = new byte[6];
    private static final int LONGEST_TEXT = 256;

    /** What a datetime shows that has never been set. */
    private static final long NEVER =
            LocalDate.of(1900, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();

    private static final long NONE = -1;

    private final OpenDatabase database;
    private final EndpointTable table;

    EndpointViews(OpenDatabase database) {
        this.database = database;
        this.table = database.table();
    }

    Iterator<Object[]> endpoints() {
        return new Portions<>(table, database.catalog(), this::endpoint);
    }

    private Object[] endpoint(Endpoint endpoint, CatalogSnapshot catalog) {
        if (endpoint.stage() == Stage.CLEANED) {
            return null;
        }
        EndpointRow row = endpoint.begun();
        ConversationState state = endpoint.state().shown();
        boolean guards = state == ConversationState.CLOSED && Guard.is(endpoint);
        SortedMap<Long, Long> early = endpoint.transit() == null
                ? Collections.emptySortedMap()
                : endpoint.transit().early();
        return new Object[] {
            row.handle(),
            row.conversationId(),
            row.initiator() ? 1 : 0,
            row.contract(),
            endpoint.group().id(),
            endpoint.group().service(),
            row.lifetime(),
            state.code(),
            state.name(),
            row.farService(),
            farBroker(endpoint),
            CatalogViews.owner(catalog, endpoint.group().service()),
            farPrincipal(row.farService(), catalog),
            NO_KEY,
            NO_KEY,
            guards ? Guard.ends(endpoint) : NEVER,
            endpoint.timerDue() == 0 ? NEVER : endpoint.timerDue(),
            endpoint.nextOut(),
            NO_TRANSACTION,
            endSequence(endpoint),
            endpoint.arrived(),
            0,
            0L,
            early.isEmpty() ? NONE : early.firstKey(),
            early.isEmpty() ? NONE : early.lastKey(),
            0,
            Service.system(endpoint.group().service()),
            endpoint.priority(),
            closedReason(endpoint, state),
            guards ? Guard.ends(endpoint) : null
        };
    }

    /** Whom the far side acts for here: the user of its binding, or its owner if it is in this database. */
    private static int farPrincipal(String service, CatalogSnapshot catalog) {
        return catalog.bindings().stream()
                .filter(binding -> binding.definition().toService().equals(service))
                .findFirst()
                .flatMap(binding ->
                        catalog.principals().principal(binding.definition().user()))
                .or(() -> catalog.service(service).map(found -> CatalogViews.owner(catalog, found.id())))
                .orElse(PrincipalTable.PUBLIC);
    }

    /** The broker that has the other side, or null while nobody has answered. */
    private String farBroker(Endpoint endpoint) {
        UUID known = endpoint.begun().farBroker();
        if (endpoint.transit() != null && endpoint.transit().farBroker() != null) {
            known = endpoint.transit().farBroker();
        } else if (table.endpoint(endpoint.far()) != null) {
            known = database.store().brokerInstance();
        }
        return known == null ? null : known.toString();
    }

    private static long endSequence(Endpoint endpoint) {
        if (endpoint.stage() == Stage.ENDED && endpoint.nextOut() > 0) {
            return endpoint.nextOut() - 1;
        }
        return endpoint.state().far() == EndpointState.Far.ENDED ? endpoint.arrived() - 1 : NONE;
    }

    private String closedReason(Endpoint endpoint, ConversationState state) {
        if (state != ConversationState.CLOSED) {
            return null;
        }
        Endpoint far = table.endpoint(endpoint.far());
        if (far == null && Guard.is(endpoint)) {
            return "It keeps the first message from beginning the dialog again; the initiator has not confirmed that"
                    + " it has deleted that"
                    + (endpoint.transit().guardEnds() == 0 ? "." : ", and its database can't be asked.");
        }
        return far == null || far.state().own().over()
                ? "Both sides have ended; the row is about to go."
                : "The other side, " + far.handle() + ", has not ended.";
    }

    Iterator<Object[]> groups() {
        return new Portions<>(table, database.catalog(), EndpointViews::group);
    }

    /** One row for a group: that of its first endpoint. */
    private static Object[] group(Endpoint endpoint, CatalogSnapshot catalog) {
        Group group = endpoint.group();
        if (group.endpoints().get(0) != endpoint) {
            return null;
        }
        return new Object[] {
            group.id(),
            group.service(),
            Service.system(group.service()),
            holder(group),
            group.queue().suspension(group) != null,
            group.queue().delayedUntil(group)
        };
    }

    private static String holder(Group group) {
        if (group.holder() == null) {
            return null;
        }
        String holder = group.holder().describe();
        return holder.length() <= LONGEST_TEXT ? holder : holder.substring(0, LONGEST_TEXT);
    }
}
