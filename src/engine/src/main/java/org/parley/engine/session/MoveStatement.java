package org.parley.engine.session;

import java.util.UUID;
import org.parley.BrokerException;
import org.parley.engine.conversation.EndpointMachine;
import org.parley.engine.conversation.Event;
import org.parley.engine.conversation.Transition;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.Group;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.Draft;

/** MOVE CONVERSATION; service-broker.md, section 5.5. */
final class MoveStatement {

    private final OpenDatabase database;
    private final EndpointAccess endpoints;

    MoveStatement(OpenDatabase database, EndpointAccess endpoints) {
        this.database = database;
        this.endpoints = endpoints;
    }

    void run(Branch branch, UUID handle, UUID groupId) {
        Draft draft = endpoints.hold(branch, handle);
        if (EndpointMachine.apply(draft.state(), Event.MOVE) instanceof Transition.Refusal refusal) {
            throw Errors.badState(refusal.number(), "move", draft);
        }
        if (groupId == null) {
            throw new BrokerException(8420, "The conversation group that " + handle + " is to move to is missing.");
        }
        Group to = database.table().locked(() -> hold(branch, draft, groupId));
        if (to != draft.group()) {
            draft.moveTo(to);
        }
    }

    private Group hold(Branch branch, Draft draft, UUID id) {
        while (true) {
            Group group = database.table().group(id);
            if (group == null) {
                throw unknown(id);
            }
            if (group.service() != draft.begun().service()) {
                throw new BrokerException(
                        8439,
                        "Conversation " + draft.begun().handle() + " can't move to group " + id
                                + ": it belongs to service '" + serviceName(group.service())
                                + "'; allowed is a group of '"
                                + serviceName(draft.begun().service()) + "'.");
            }
            database.locks().hold(branch, group);
            if (database.table().group(id) == group) {
                if (group != draft.group() && !hasConversation(branch, group)) {
                    throw unknown(id);
                }
                return group;
            }
            // its last conversation went while this branch waited: another group may stand for the id
        }
    }

    /** Whether a conversation of the group, as this branch sees it, has not ended: without one there is no group. */
    private static boolean hasConversation(Branch branch, Group group) {
        for (Draft draft : branch.drafts()) {
            if (draft.group() == group
                    && !draft.removed()
                    && !draft.state().own().over()) {
                return true;
            }
        }
        for (Endpoint endpoint : branch.endpointsOf(group)) {
            if (branch.draftIfAny(endpoint.id()) == null
                    && !endpoint.state().own().over()) {
                return true;
            }
        }
        return false;
    }

    private String serviceName(int service) {
        return database.catalog().snapshot().service(service).name();
    }

    private BrokerException unknown(UUID id) {
        return new BrokerException(
                8436,
                "Conversation group " + id + " does not exist in database '" + database.name()
                        + "'; a conversation moves to a group that has one.");
    }
}
