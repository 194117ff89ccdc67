package org.parley.engine.session;

import java.util.UUID;
import org.parley.BrokerException;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.fault.Fault;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.Group;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.Draft;

/** Finds endpoints by their handle and locks their groups. */
final class EndpointAccess {

    private final OpenDatabase database;

    EndpointAccess(OpenDatabase database) {
        this.database = database;
    }

    /** The draft of a handle, its group held by the branch. */
    Draft hold(Branch branch, UUID handle) {
        if (handle == null) {
            throw new BrokerException(8418, "The conversation handle is missing.");
        }
        for (Draft draft : branch.drafts()) {
            if (draft.committed() == null && draft.begun().handle().equals(handle)) {
                return existing(draft);
            }
        }
        return database.table().locked(() -> {
            while (true) {
                Endpoint endpoint = known(handle);
                Draft draft = branch.draftIfAny(endpoint.id());
                if (draft == null) {
                    checkService(endpoint, handle);
                }
                Group group = draft == null ? endpoint.group() : draft.group();
                if (!Fault.LOCK_NOT_TAKEN.isPlanted()) {
                    database.locks().hold(branch, group);
                }
                if (known(handle) != endpoint) {
                    throw Errors.unknownHandle(database, handle);
                }
                if (draft == null) {
                    // dropped while this branch waited; work on a conversation that has begun before goes on
                    checkService(endpoint, handle);
                }
                if (draft != null || endpoint.group() == group) {
                    return existing(branch.draft(endpoint));
                }
                // it was moved while this branch waited for the group that it has left
            }
        });
    }

    /** The committed endpoint of a handle. Under the table's lock. */
    Endpoint find(UUID handle) {
        Endpoint endpoint = known(handle);
        checkService(endpoint, handle);
        return endpoint;
    }

    /** A conversation whose service has been dropped is about to go. */
    private void checkService(Endpoint endpoint, UUID handle) {
        if (!database.catalog().snapshot().has(endpoint.group().service())) {
            throw Errors.unknownHandle(database, handle);
        }
    }

    private Endpoint known(UUID handle) {
        Endpoint endpoint = database.table().endpoint(handle);
        if (endpoint == null || endpoint.stage() == Stage.CLEANED) {
            throw Errors.unknownHandle(database, handle);
        }
        return endpoint;
    }

    private Draft existing(Draft draft) {
        if (draft.removed() || draft.cleaned()) {
            throw Errors.unknownHandle(database, draft.begun().handle());
        }
        return draft;
    }
}
