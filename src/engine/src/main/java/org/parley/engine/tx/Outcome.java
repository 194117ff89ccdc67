package org.parley.engine.tx;

import org.parley.engine.conversation.EndpointMachine;
import org.parley.engine.conversation.EndpointState;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.conversation.Event;
import org.parley.engine.conversation.Transition;
import org.parley.engine.fault.Fault;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.Handover;
import org.parley.engine.queue.HeldBack;
import org.parley.engine.queue.Journal;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.ManifestRow;
import org.parley.engine.store.Positions;
import org.parley.spi.BrokerEvent.Conversation.Step;
import org.parley.spi.BrokerEvent.MessageClassify;

/**
 * What a branch's end means in memory, applied after the store has said yes: this side's changes, then what has arrived
 * at the far sides, then the locks, whose freeing wakes readers. Under the table's lock; nothing here asks the store.
 */
final class Outcome {

    private final Ending branch;
    private final EndpointTable table;
    private final Journal journal;
    private final Aftermath aftermath;
    private final ManifestSlots manifests;
    private final ManifestRow manifest;

    Outcome(Ending branch, BranchContext context, ManifestRow manifest) {
        this.branch = branch;
        this.table = context.table();
        this.journal = table.journal();
        this.aftermath = context.aftermath();
        this.manifests = context.manifests();
        this.manifest = manifest;
    }

    /**
     * Makes it true.
     *
     * @param cause why it was rolled back, or null
     */
    void apply(boolean commit, Throwable cause) {
        if (commit) {
            FaultPoint.OUTCOME_BEGINS.reach();
            for (Draft draft : branch.drafts()) {
                ownSide(draft);
            }
            FaultPoint.OUTCOME_OWN_SIDES.reach();
            for (Draft draft : branch.drafts()) {
                farSide(draft);
            }
            FaultPoint.OUTCOME_FAR_SIDES.reach();
            for (Draft draft : branch.drafts()) {
                settle(draft);
            }
            for (Group group : branch.receivedFrom()) {
                group.queue().committed(group);
            }
            branch.held().committed();
            FaultPoint.OUTCOME_SETTLED.reach();
        } else {
            if (!branch.receivedFrom().isEmpty() || branch.drafts().stream().anyMatch(Draft::changes)) {
                journal.rolledBack();
            }
            if (branch.rollbackCounts()) {
                Rollbacks.count(branch.receivedFrom(), cause, aftermath);
            }
            FaultPoint.OUTCOME_ROLLED_BACK.reach();
        }
        if (manifest != null) {
            manifests.free(manifest, commit);
        }
        branch.held().release();
        if (commit) {
            FaultPoint.OUTCOME_RELEASED.reach();
        }
    }

    private void ownSide(Draft draft) {
        Endpoint endpoint = draft.committed();
        if (endpoint == null) {
            if (draft.removed()) {
                return;
            }
            endpoint = new Endpoint(draft.begun(), draft.group(), draft.state(), draft.nextOut());
            table.add(endpoint);
            aftermath.begun(endpoint);
        }
        if (endpoint.group() != draft.group()) {
            table.move(endpoint, draft.group());
        }
        boolean ends = draft.state().own().over()
                && (draft.committed() == null || !endpoint.state().own().over());
        endpoint.sentUpTo(draft.nextOut());
        endpoint.retaining(draft.retaining());
        for (long position = Positions.TIMER; position < Positions.FIRST; position++) {
            if (draft.hasTaken(position)) {
                endpoint.taken(position);
            }
        }
        table.handover().drop(endpoint.id(), endpoint.received(), draft.received());
        endpoint.receivedUpTo(draft.received(), draft.nextOrder());
        endpoint.become(new EndpointState(draft.state().own(), endpoint.state().far()), draft.stage());
        if (draft.committed() == null) {
            journal.began(endpoint);
        }
        if (!draft.removed()) {
            journal.sent(endpoint, draft.sentFrom(), endOfMessages(draft));
        }
        if (draft.refused() && !draft.state().own().over()) {
            hear(endpoint, Event.ERROR_ARRIVES);
            endpoint.overtake(Positions.BROKER_ERROR, draft.refusalOrder());
            journal.heard(endpoint, Step.BROKER_INITIATED_ERROR);
        }
        if (ends) {
            journal.ended(endpoint, variant(draft));
        }
        if (draft.timer() != null) {
            endpoint.timer(draft.timer());
            aftermath.wind(endpoint);
        }
    }

    /** The number behind the last message that this branch has sent, not counting its EndDialog. */
    private static long endOfMessages(Draft draft) {
        return draft.endSent() ? draft.nextOut() - 1 : draft.nextOut();
    }

    private static Step variant(Draft draft) {
        if (draft.endedBy() == Event.CLEANUP || draft.stage() == Stage.CLEANED) {
            return Step.END_CONVERSATION_WITH_CLEANUP;
        }
        return draft.endedBy() == Event.END_WITH_ERROR || draft.stage() == Stage.ENDED_WITH_ERROR
                ? Step.END_CONVERSATION_WITH_ERROR
                : Step.END_CONVERSATION;
    }

    private void farSide(Draft draft) {
        boolean sent = draft.nextOut() > draft.sentFrom();
        if (draft.removed() || !sent && !draft.farFailed()) {
            return;
        }
        Endpoint far = table.endpoint(draft.begun().far());
        Endpoint own = table.endpoint(draft.begun().id());
        if (far == null) {
            if (own != null) {
                journal.toTransmit(draft.nextOut() - draft.sentFrom() + (draft.farFailed() ? 1 : 0));
                aftermath.deliver(own);
            }
            return;
        }
        if (far.state().own().over() || far.state().far() == Far.FAILED) {
            discard(draft, own, far);
            return;
        }
        if (table.heldBack().holding()) {
            table.heldBack().add(own, draft.firstOrder(), draft.farFailed());
            return;
        }
        if (sent) {
            if (Handover.keepsFor(far)) {
                table.handover().add(draft.kept());
            }
            far.arriveUpTo(draft.nextOut(), draft.firstOrder());
            journal.classified(own, MessageClassify.Step.LOCAL, "");
            journal.arrived(far, draft.sentFrom(), endOfMessages(draft));
        }
        if (draft.endSent() && !Fault.END_NOT_HEARD.isPlanted()) {
            hear(far, Event.END_ARRIVES);
            journal.heard(far, Step.RECEIVED_END_CONVERSATION);
        }
        if (draft.farFailed()) {
            hear(far, Event.ERROR_ARRIVES);
            far.overtake(Positions.FAR_ERROR, draft.firstOrder());
            journal.heard(
                    far,
                    draft.refused() ? Step.RECEIVED_BROKER_ERROR_MESSAGE : Step.RECEIVED_END_CONVERSATION_WITH_ERROR);
        }
        far.group().queue().changed(far.group());
    }

    private void discard(Draft draft, Endpoint own, Endpoint far) {
        if (far.stage() == Stage.CLEANED && own != null && !own.state().own().over()) {
            long first = draft.farFailed() ? Positions.FAR_ERROR : draft.sentFrom();
            aftermath.farIsGone(own, first, draft.nextOut() - 1);
            return;
        }
        // what had arrived before the far side failed can still be received there
        if (draft.farFailed()) {
            aftermath.purge(far.id(), Positions.FAR_ERROR, Positions.FAR_ERROR);
        }
        if (draft.nextOut() > draft.sentFrom() && !Fault.PURGE_FORGOTTEN.isPlanted()) {
            aftermath.purge(far.id(), draft.sentFrom(), draft.nextOut() - 1);
        }
    }

    private void settle(Draft draft) {
        Endpoint endpoint = table.endpoint(draft.begun().id());
        if (endpoint == null || !endpoint.state().own().over()) {
            return;
        }
        dropLeftOvers(endpoint, draft);
        if (endpoint.group().queue().awaited()) {
            endpoint.group().queue().gone(endpoint.handle());
        }
        Endpoint far = table.endpoint(endpoint.far());
        if (draft.removed()) {
            if (far == null && draft.endedBy() != Event.CLEANUP) {
                aftermath.acknowledgeLast(endpoint);
            }
            table.remove(endpoint);
            aftermath.unwind(endpoint.id());
            if (draft.pairRemoved() && far != null) {
                table.remove(far);
                aftermath.unwind(far.id());
            }
            if (far == null) {
                journal.transmitted(draft.sentFrom() - deleted(endpoint));
                aftermath.forget(endpoint);
            }
            return;
        }
        if (far == null && endpoint.transit() != null) {
            aftermath.deliver(endpoint);
        }
        if (far != null && draft.stage() == Stage.HELD && !far.state().own().over()) {
            aftermath.tellEnd(endpoint);
        } else if (far != null) {
            if (far.stage() == Stage.HELD) {
                // its end needs no telling any more
                acknowledge(far);
            }
            dropHeldBack(far, endpoint);
            if (!table.heldBack().has(endpoint)) {
                // in one database the commit itself is the acknowledgement
                acknowledge(endpoint);
            }
            if (far.state().own() == Own.ENDED) {
                aftermath.removePair(endpoint.id());
            }
        }
    }

    /** What has not arrived at a side that has ended, since delivery is off, never does. */
    private void dropHeldBack(Endpoint sender, Endpoint ended) {
        HeldBack.News news = table.heldBack().release(sender);
        if (news == null) {
            return;
        }
        if (sender.nextOut() > ended.arrived()) {
            aftermath.purge(ended.id(), ended.arrived(), sender.nextOut() - 1);
        }
        if (news.error()) {
            aftermath.purge(ended.id(), Positions.FAR_ERROR, Positions.FAR_ERROR);
        }
        hear(sender, Event.ACKNOWLEDGED);
    }

    /** What arrived between the statement that ended this side and its commit is discarded. */
    private void dropLeftOvers(Endpoint endpoint, Draft draft) {
        table.handover().drop(endpoint.id(), endpoint.received(), endpoint.arrived());
        long from = Math.max(draft.clearedTo(), endpoint.received());
        long end = endpoint.transit() == null
                ? endpoint.arrived()
                : endpoint.transit().endFrom(endpoint.arrived());
        if (end > from) {
            aftermath.purge(endpoint.id(), from, end - 1);
        }
        endpoint.receivedUpTo(endpoint.arrived(), 0);
        for (long position = Positions.TIMER; position < Positions.FIRST; position++) {
            if (endpoint.waits(position)) {
                aftermath.purge(endpoint.id(), position, position);
                endpoint.taken(position);
            }
        }
    }

    /** Number of messages of an ended side that have left the transmission queue before. */
    private static long deleted(Endpoint endpoint) {
        return endpoint.transit() == null ? 0 : endpoint.transit().acknowledged();
    }

    private void acknowledge(Endpoint endpoint) {
        if (endpoint.state().own() == Own.ENDING) {
            hear(endpoint, Event.ACKNOWLEDGED);
            journal.acknowledged(endpoint);
        }
    }

    private static void hear(Endpoint endpoint, Event event) {
        if (EndpointMachine.apply(endpoint.state(), event) instanceof Transition.Move move) {
            endpoint.become(move.next(), endpoint.stage());
        }
    }
}
