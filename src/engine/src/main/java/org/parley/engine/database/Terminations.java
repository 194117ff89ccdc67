package org.parley.engine.database;

import java.util.HashSet;
import java.util.Set;
import org.parley.ConversationError;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.DatabaseCatalog;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.conversation.Event;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.routing.Aftercare;
import org.parley.engine.routing.EndOfConversation;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.BranchContext;

/**
 * What becomes of conversations whose definitions are dropped, and of all by ERROR_BROKER_CONVERSATIONS; service-broker.md,
 * sections 1.4, 1.6 and 17. Which conversations
 * that concerns is derived from the definitions and the conversations alone, so that it is found again at open; each is
 * dealt with in a transaction of its own, as soon as nobody holds its group. What has been dropped is forgotten when no
 * conversation needs it any more.
 */
final class Terminations {

    private static final int SERVICE_DROPPED = 8470;
    private static final int CONTRACT_DROPPED = 8487;
    private static final int BROKEN_OFF_HERE = 9719;
    private static final int BROKEN_OFF_THERE = 9720;

    private final DatabaseCatalog catalog;
    private final EndpointTable table;
    private final Aftercare aftercare;
    private final BranchContext context;
    private final EndOfConversation end;
    private final Set<Integer> awaited = new HashSet<>();
    private long brokenOffBelow;

    Terminations(DatabaseCatalog catalog, BranchContext context, Aftercare aftercare, EndOfConversation end) {
        this.catalog = catalog;
        this.table = context.table();
        this.aftercare = aftercare;
        this.context = context;
        this.end = end;
    }

    /** Definitions have changed: looks at all conversations if that concerns them. Under the table's lock. */
    void look(CatalogSnapshot now) {
        awaited.retainAll(now.dropped());
        boolean more = now.brokenOffBelow() > brokenOffBelow;
        brokenOffBelow = now.brokenOffBelow();
        for (int id : now.dropped()) {
            // a message type goes with the contract that has it
            if (now.isMessageType(id) || !awaited.add(id)) {
                continue;
            }
            more = true;
            table.whenUnused(id, () -> aftercare.add("forgetting what was dropped as " + id, () -> catalog.forget(id)));
        }
        if (more) {
            table.unordered().forEach(endpoint -> look(endpoint, now));
        }
    }

    /** A conversation has been begun by a transaction that may have known definitions that are gone. Under the lock. */
    void look(Endpoint endpoint) {
        CatalogSnapshot now = catalog.snapshot();
        if (!now.dropped().isEmpty() || now.brokenOffBelow() > 0) {
            look(endpoint, now);
        }
    }

    private void look(Endpoint endpoint, CatalogSnapshot now) {
        int service = endpoint.group().service();
        if (endpoint.state().own().over()) {
            return;
        }
        if (now.dropped().contains(service)) {
            terminate(endpoint.id(), now.service(service).name());
        } else if (endpoint.state().far() != Far.FAILED) {
            breakOff(endpoint, now);
        }
    }

    private void breakOff(Endpoint endpoint, CatalogSnapshot now) {
        if (endpoint.id() / 2 < now.brokenOffBelow()) {
            String text = "All conversations of database '" + context.database() + "' have been broken off there.";
            aftercare.breakOff(endpoint.id(), new Aftercare.Breach(BROKEN_OFF_HERE, BROKEN_OFF_THERE, text));
        } else if (now.dropped().contains(endpoint.contract())) {
            String text = "Contract '" + now.contract(endpoint.contract()).name() + "' has been dropped in database '"
                    + context.database() + "'.";
            aftercare.breakOff(endpoint.id(), new Aftercare.Breach(CONTRACT_DROPPED, CONTRACT_DROPPED, text));
        }
    }

    private void terminate(long id, String service) {
        aftercare.add("ending endpoint " + id + " of a service that was dropped", () -> {
            Branch branch = new Branch(context, null, null);
            Endpoint held = table.locked(() -> hold(id, service, branch));
            if (held != null) {
                try {
                    end(branch, held, service);
                    branch.commit();
                } finally {
                    branch.rollback();
                }
            }
        });
    }

    private Endpoint hold(long id, String service, Branch branch) {
        Endpoint endpoint = table.endpoint(id);
        if (endpoint == null || endpoint.state().own().over()) {
            return null;
        }
        if (!branch.held().tryHold(endpoint.group())) {
            endpoint.group().whenFree(() -> terminate(id, service));
            return null;
        }
        return endpoint;
    }

    private void end(Branch branch, Endpoint held, String service) {
        String text = "Service '" + service + "' of database '" + context.database() + "' has been dropped.";
        branch.work(() -> {
            end.run(branch, branch.draft(held), Event.END_WITH_ERROR, new ConversationError(-SERVICE_DROPPED, text));
            return null;
        });
    }
}
