package org.parley.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.Message;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.Group;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.Draft;

/**
 * The ways out for a conversation group that is suspended; each takes the group and ends the suspension when its branch
 * commits. The branch is never prepared: no manifest says what it has resumed.
 */
final class SuspendedStatement {

    private final OpenDatabase database;
    private final ReceiveStatement receive;
    private final EndStatement end;

    SuspendedStatement(OpenDatabase database, ReceiveStatement receive, EndStatement end) {
        this.database = database;
        this.receive = receive;
        this.end = end;
    }

    void resume(Branch branch, UUID id) {
        take(branch, id);
    }

    /** Receives one message, as RECEIVE TOP (1) from this group would, and throws it away. */
    Optional<Message> skip(Branch branch, UUID id) {
        Group group = take(branch, id);
        return receive.takeFrom(branch, group, 1).stream().findFirst();
    }

    void endWithError(Branch branch, UUID id, int code, String text) {
        Group group = take(branch, id);
        List<UUID> open = new ArrayList<>();
        database.table().locked(() -> {
            for (Endpoint endpoint : group.endpoints()) {
                Draft draft = branch.draft(endpoint);
                if (!draft.state().own().over() && endpoint.stage() != Stage.CLEANED) {
                    open.add(endpoint.handle());
                }
            }
        });
        open.forEach(handle -> end.endWithError(branch, handle, code, text));
    }

    private Group take(Branch branch, UUID id) {
        if (id == null) {
            throw new BrokerException(8420, "The suspended conversation group is missing.");
        }
        Group taken = database.table().locked(() -> {
            while (true) {
                Group group = suspended(id);
                database.locks().hold(branch, group);
                // another may have taken it meanwhile, and its last conversation may have gone
                if (suspended(id) == group) {
                    branch.held().resume(group);
                    return group;
                }
            }
        });
        branch.store().deleteSuspension(id);
        return taken;
    }

    private Group suspended(UUID id) {
        Group group = database.table().group(id);
        if (group == null || group.queue().suspension(group) == null) {
            throw new BrokerException(
                    ErrorNumbers.NOT_SUSPENDED,
                    "Conversation group " + id + " is not suspended in database '" + database.name()
                            + "'; PARLEY.SUSPENDED_GROUPS has those that are.");
        }
        return group;
    }
}
