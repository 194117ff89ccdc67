package org.parley.engine.session;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.parley.BrokerException;
import org.parley.Dialog;
import org.parley.Permission;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.Contract;
import org.parley.engine.catalog.Queue;
import org.parley.engine.catalog.Service;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.security.Access;
import org.parley.engine.security.SecurityErrors;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.Draft;

/**
 * Whether a caller may run a statement (service-broker.md, section 5.9), asked before the statement locks or writes
 * anything. What doesn't exist is left to the statement, whose error says so.
 *
 * <p>A conversation belongs to the owner of its service at this side: whoever has CONTROL on that may end and move it.
 */
final class Checks {

    private Checks() {}

    /** RECEIVE on the queue of the service, REFERENCES on the contract. */
    static void begin(Access who, Statements statements, Dialog dialog) {
        statements
                .database()
                .catalog()
                .snapshot()
                .service(dialog.fromService())
                .filter(service -> Service.system(service.id()))
                .ifPresent(service -> {
                    throw new BrokerException(
                            9663,
                            "Service '" + service.name() + "' belongs to the system; only the engine begins dialogs"
                                    + " from it.");
                });
        if (who.everything()) {
            return;
        }
        CatalogSnapshot catalog = statements.database().catalog().snapshot();
        Optional<Service> service = catalog.service(dialog.fromService());
        Optional<Contract> contract = catalog.contract(dialog.contract());
        if (service.isPresent() && contract.isPresent()) {
            receive(who, catalog.queue(service.get().queue()));
            require(
                    who,
                    Permission.REFERENCES,
                    contract.get().id(),
                    "contract",
                    contract.get().name());
        }
    }

    /** RECEIVE on the queue. */
    static void receive(Access who, Statements statements, String queue) {
        if (!who.everything()) {
            statements.database().catalog().snapshot().queue(queue).ifPresent(found -> receive(who, found));
        }
    }

    /** RECEIVE on the queue of every service that sends. */
    static void send(Access who, Statements statements, Branch branch, List<UUID> handles) {
        if (who.everything()) {
            return;
        }
        CatalogSnapshot catalog = statements.database().catalog().snapshot();
        for (UUID handle : handles) {
            Service service = service(statements, branch, handle, catalog);
            if (service != null) {
                receive(who, catalog.queue(service.queue()));
            }
        }
    }

    /** SEND on the service. */
    static void timer(Access who, Statements statements, Branch branch, UUID handle) {
        onService(who, statements, branch, handle, Permission.SEND);
    }

    /** The owner of the conversation. */
    static void own(Access who, Statements statements, Branch branch, UUID handle) {
        onService(who, statements, branch, handle, Permission.CONTROL);
    }

    /**
     * The owner of the conversation; once this side has ended, only those who own the database: without its row a first message
     * that comes again begins the dialog anew (section 5.7).
     */
    static void cleanup(Access who, Statements statements, Branch branch, UUID handle) {
        own(who, statements, branch, handle);
        if (!who.everything() && !who.databaseOwner() && hasEnded(statements, branch, handle)) {
            throw SecurityErrors.completed(who, handle);
        }
    }

    private static boolean hasEnded(Statements statements, Branch branch, UUID handle) {
        return statements.database().table().locked(() -> {
            Endpoint endpoint =
                    handle == null ? null : statements.database().table().endpoint(handle);
            Draft draft = endpoint == null ? null : branch.draftIfAny(endpoint.id());
            return endpoint != null
                    && (draft == null ? endpoint.state() : draft.state()).own().over();
        });
    }

    private static void onService(
            Access who, Statements statements, Branch branch, UUID handle, Permission permission) {
        if (who.everything()) {
            return;
        }
        CatalogSnapshot catalog = statements.database().catalog().snapshot();
        Service service = service(statements, branch, handle, catalog);
        if (service != null) {
            require(who, permission, service.id(), "service", service.name());
        }
    }

    /** ALTER on the queue, as to turn the queue on. */
    static void resume(Access who, Statements statements, UUID group) {
        Service service = service(who, statements, group);
        if (service != null) {
            alter(who, statements, service);
        }
    }

    /** ALTER and RECEIVE on the queue: a message is taken from it. */
    static void skip(Access who, Statements statements, UUID group) {
        Service service = service(who, statements, group);
        if (service != null) {
            receive(who, alter(who, statements, service));
        }
    }

    /** The owner of the conversations, all of which belong to one service. */
    static void endGroup(Access who, Statements statements, UUID group) {
        Service service = service(who, statements, group);
        if (service != null) {
            require(who, Permission.CONTROL, service.id(), "service", service.name());
        }
    }

    private static Queue alter(Access who, Statements statements, Service service) {
        Queue queue = statements.database().catalog().snapshot().queue(service.queue());
        require(who, Permission.ALTER, queue.id(), "queue", queue.name());
        return queue;
    }

    /** The service of a group; null for one that isn't known, and for dbo, of whom nothing is asked. */
    private static Service service(Access who, Statements statements, UUID id) {
        if (who.everything() || id == null) {
            return null;
        }
        EndpointTable table = statements.database().table();
        Group group = table.locked(() -> table.group(id));
        return group == null ? null : statements.database().catalog().snapshot().service(group.service());
    }

    /** Whether it is shown that there is such a suspended group. */
    static boolean sees(Access who, Group group) {
        return who.everything()
                || who.may(Permission.RECEIVE, group.queue().id())
                || who.may(Permission.ALTER, group.queue().id())
                || who.may(Permission.CONTROL, group.service());
    }

    /** Whether it is shown that there is such an endpoint. */
    static boolean sees(Access who, Endpoint endpoint) {
        return who.everything()
                || who.may(Permission.RECEIVE, endpoint.group().queue().id())
                || who.may(Permission.CONTROL, endpoint.begun().service());
    }

    private static void receive(Access who, Queue queue) {
        require(who, Permission.RECEIVE, queue.id(), "queue", queue.name());
    }

    private static void require(Access who, Permission permission, int object, String kind, String name) {
        if (!who.may(permission, object)) {
            throw denied(who, permission, kind, name);
        }
    }

    private static BrokerException denied(Access who, Permission permission, String kind, String name) {
        return SecurityErrors.denied(who, permission, kind, name);
    }

    /** The service of a handle at this side, found without a lock on its group; null for a handle that isn't known. */
    private static Service service(Statements statements, Branch branch, UUID handle, CatalogSnapshot catalog) {
        for (Draft draft : branch.drafts()) {
            if (draft.committed() == null && draft.begun().handle().equals(handle)) {
                return live(draft.begun().service(), catalog);
            }
        }
        Endpoint endpoint = handle == null
                ? null
                : statements
                        .database()
                        .table()
                        .locked(() -> statements.database().table().endpoint(handle));
        return endpoint == null ? null : live(endpoint.begun().service(), catalog);
    }

    /** Null for a service that has been dropped: the statement finds that out, too. */
    private static Service live(int service, CatalogSnapshot catalog) {
        return catalog.has(service) ? catalog.service(service) : null;
    }
}
