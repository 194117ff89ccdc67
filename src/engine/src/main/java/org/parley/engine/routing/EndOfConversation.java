package org.parley.engine.routing;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.parley.BrokerException;
import org.parley.ConversationError;
import org.parley.engine.catalog.MessageType;
import org.parley.engine.conversation.Effect;
import org.parley.engine.conversation.EndpointMachine;
import org.parley.engine.conversation.EndpointState;
import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.conversation.Event;
import org.parley.engine.conversation.Transition;
import org.parley.engine.fault.Fault;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Transit;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Positions;
import org.parley.engine.store.StoreTransaction;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.BranchContext;
import org.parley.engine.tx.Draft;
import org.parley.spi.BrokerClock;

/**
 * How a side ends, and what becomes of what it has sent and of what it has; service-broker.md, section 5.7. An application
 * asks for it by END CONVERSATION, the engine when the service of the side has been dropped.
 */
public final class EndOfConversation {

    private final EndpointTable table;
    private final BrokerClock clock;
    private final AtomicLong orders;

    /** For the sides of one database; orders gives queuing orders. */
    public EndOfConversation(BranchContext context, AtomicLong orders) {
        this.table = context.table();
        this.clock = context.clock();
        this.orders = orders;
    }

    /**
     * Ends a side; its group is held by the branch.
     *
     * @param event END, END_WITH_ERROR or CLEANUP
     * @param error what the other side is told with END_WITH_ERROR
     */
    public void run(Branch branch, Draft draft, Event event, ConversationError error) {
        Transition transition = EndpointMachine.apply(draft.state(), event);
        if (transition instanceof Transition.Refusal refusal) {
            throw new BrokerException(
                    refusal.number(),
                    "Conversation " + draft.begun().handle() + " can't end in state "
                            + draft.state().shown() + " ("
                            + draft.state().shown().code() + ").");
        }
        Transition.Move move = (Transition.Move) transition;
        if (move.effects().isEmpty()) {
            return;
        }
        FaultPoint.END_ALLOWED.reach();
        clearQueue(branch, draft);
        FaultPoint.END_CLEARED.reach();
        releaseRetained(branch, draft);
        // asked once: the other side may end while this statement runs, and what is told must fit what is stored
        Far far = far(branch, draft);
        if (far != Far.OVER && !draft.refused()) {
            if (move.effects().contains(Effect.SEND_END) && !heldBack(draft, far)) {
                sendEnd(branch, draft);
            }
            // to a side that knows nothing yet an Error can't be the first message; what waits for it is dropped
            if (move.effects().contains(Effect.SEND_ERROR) && far != Far.UNKNOWN) {
                sendError(branch, draft, error);
            }
        }
        if (move.effects().contains(Effect.CLOSE)) {
            close(branch, draft, far, move.effects());
        } else {
            remove(branch, draft, far, event == Event.CLEANUP);
        }
        draft.endedBy(event);
        draft.become(
                draft.endsWithError()
                        ? new EndpointState(Own.ENDING, draft.state().far())
                        : move.next());
        FaultPoint.END_DRAFTED.reach();
    }

    /** What the queue has kept of the conversation goes with it; section 11. */
    private static void releaseRetained(Branch branch, Draft draft) {
        if (draft.retaining()) {
            branch.store().deleteRetained(draft.begun().id());
            draft.released();
        }
    }

    /** Deletes this side's messages between bounds that are committed; what arrives later is discarded on arrival. */
    private void clearQueue(Branch branch, Draft draft) {
        long id = draft.begun().id();
        StoreTransaction store = branch.store();
        boolean[] waits = new boolean[(int) (Positions.FIRST - Positions.TIMER)];
        long[] arrived = new long[1];
        table.locked(() -> {
            for (long position = Positions.TIMER; position < Positions.FIRST; position++) {
                waits[(int) (position - Positions.TIMER)] = draft.waits(position);
            }
            arrived[0] = draft.arrived();
            draft.cleared(arrived[0]);
        });
        for (long position = Positions.TIMER; position < Positions.FIRST; position++) {
            if (waits[(int) (position - Positions.TIMER)]) {
                store.deleteMessages(id, position, position);
            }
        }
        if (draft.refused()) {
            store.deleteMessages(id, Positions.BROKER_ERROR, Positions.BROKER_ERROR);
        }
        if (arrived[0] > draft.received()) {
            store.deleteMessages(id, draft.received(), arrived[0] - 1);
        }
        if (draft.hasTimer() && !Fault.TIMER_LEFT_AT_END.isPlanted()) {
            draft.timer(0);
        }
    }

    private void sendEnd(Branch branch, Draft draft) {
        long order = orders.incrementAndGet();
        MessageRow message = endDialog(draft.begun().far(), draft.nextOut(), order, clock.millis());
        branch.store().insertMessage(message);
        draft.sent(message, true);
        FaultPoint.END_TOLD.reach();
        draft.sentEnd();
    }

    /** The row that tells a side of the other one's end, behind all that was sent; its number is its position. */
    static MessageRow endDialog(long to, long position, long order, long now) {
        return new MessageRow(to, position, MessageType.END_DIALOG, position, order, now, null, 0);
    }

    private void sendError(Branch branch, Draft draft, ConversationError error) {
        long order = orders.incrementAndGet();
        branch.store()
                .insertMessage(new MessageRow(
                        draft.begun().far(),
                        Positions.FAR_ERROR,
                        MessageType.ERROR,
                        draft.nextOut(),
                        order,
                        clock.millis(),
                        error.toBody(),
                        0));
        FaultPoint.END_ERROR_TOLD.reach();
        draft.failFar(order);
    }

    private void close(Branch branch, Draft draft, Far far, Set<Effect> effects) {
        switch (far) {
            case UNKNOWN -> {
                if (effects.contains(Effect.SEND_END) && draft.nextOut() > 0 && !draft.refused()) {
                    draft.endedAs(Stage.ENDED);
                } else {
                    dropSent(branch, draft, Positions.FIRST);
                    draft.remove();
                }
            }
            case OVER -> {
                dropSent(branch, draft, draft.sentFrom());
                dropHeldBack(branch, draft);
                draft.removePair();
            }
            case ELSEWHERE -> closeElsewhere(branch, draft, effects);
            case OPEN -> draft.endedAs(endedAs(draft, effects));
        }
    }

    private static Stage endedAs(Draft draft, Set<Effect> effects) {
        if (effects.contains(Effect.SEND_ERROR)) {
            return Stage.ENDED_WITH_ERROR;
        }
        return effects.contains(Effect.SEND_END) && !draft.endSent() && !draft.refused() ? Stage.HELD : Stage.ENDED;
    }

    /** While the own queue is off the other side isn't told; section 5.7. Elsewhere the end is on its way at once. */
    private static boolean heldBack(Draft draft, Far far) {
        return far == Far.OPEN && !draft.group().queue().on();
    }

    /** What was sent is dropped, unless it goes before the end; a target stays while its first message may come again. */
    private static void closeElsewhere(Branch branch, Draft draft, Set<Effect> effects) {
        Transit transit = draft.committed().transit();
        if (effects.contains(Effect.SEND_END)) {
            draft.endedAs(Stage.ENDED);
            return;
        }
        // an error of the broker that is on its way goes on with this side's end
        boolean error = effects.contains(Effect.SEND_ERROR) || transit.errorOwed();
        if (draft.nextOut() > transit.acknowledged()) {
            branch.store().deleteMessages(draft.begun().far(), transit.acknowledged(), draft.nextOut() - 1);
        }
        if (error) {
            draft.endedAs(Stage.ENDED_WITH_ERROR);
        } else if (draft.begun().initiator() || transit.settled()) {
            draft.remove();
        } else {
            draft.endedAs(Stage.ENDED);
        }
    }

    private void remove(Branch branch, Draft draft, Far far, boolean cleanup) {
        switch (far) {
            case UNKNOWN, ELSEWHERE -> {
                dropSent(branch, draft, Positions.FIRST);
                draft.remove();
            }
            case OVER -> {
                dropSent(branch, draft, draft.sentFrom());
                dropHeldBack(branch, draft);
                draft.removePair();
            }
            // an EndDialog of this transaction stays told: after a restart the other side knows it by this stage
            case OPEN -> draft.endedAs(cleanup && !draft.endSent() ? Stage.CLEANED : Stage.ENDED);
        }
    }

    private static void dropSent(Branch branch, Draft draft, long from) {
        if (draft.nextOut() > from) {
            branch.store().deleteMessages(draft.begun().far(), from, draft.nextOut() - 1);
        }
        if (draft.farFailed() || errorWaits(draft.committed())) {
            branch.store().deleteMessages(draft.begun().far(), Positions.FAR_ERROR, Positions.FAR_ERROR);
        }
    }

    /** What has not arrived, since delivery is off, here and there: the other side has ended, and nobody else deletes it. */
    private void dropHeldBack(Branch branch, Draft draft) {
        long[] ends = new long[2];
        boolean error = table.locked(() -> {
            Endpoint far = table.endpoint(draft.begun().far());
            boolean held = far != null && table.heldBack().has(far);
            boolean holds =
                    far != null && draft.committed() != null && table.heldBack().has(draft.committed());
            ends[0] = held ? far.nextOut() : 0;
            ends[1] = holds ? far.arrived() : Long.MAX_VALUE;
            return held && far.stage() == Stage.ENDED_WITH_ERROR;
        });
        if (ends[0] > draft.arrived()) {
            branch.store().deleteMessages(draft.begun().id(), draft.arrived(), ends[0] - 1);
        }
        if (ends[1] < draft.sentFrom()) {
            branch.store().deleteMessages(draft.begun().far(), ends[1], draft.sentFrom() - 1);
        }
        if (error) {
            branch.store().deleteMessages(draft.begun().id(), Positions.FAR_ERROR, Positions.FAR_ERROR);
        }
    }

    /** An Error of an earlier transaction may still wait for its way. */
    private static boolean errorWaits(Endpoint committed) {
        return committed != null
                && (committed.stage() == Stage.ENDED_WITH_ERROR
                        || committed.transit() != null && committed.transit().errorOwed());
    }

    private enum Far {
        /** Nothing has been delivered there yet. */
        UNKNOWN,
        /** Is in another database, or may be. */
        ELSEWHERE,
        OPEN,
        /** Has ended, committed: nobody writes its rows any more. */
        OVER
    }

    private Far far(Branch branch, Draft draft) {
        if (branch.draftIfAny(draft.begun().far()) != null
                && branch.draftIfAny(draft.begun().far()).committed() == null) {
            return Far.OPEN;
        }
        return table.locked(() -> {
            Endpoint far = table.endpoint(draft.begun().far());
            if (far == null) {
                Transit transit =
                        draft.committed() == null ? null : draft.committed().transit();
                return transit != null && transit.tried() ? Far.ELSEWHERE : Far.UNKNOWN;
            }
            return far.state().own().over() ? Far.OVER : Far.OPEN;
        });
    }
}
