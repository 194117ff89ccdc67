package org.parley.engine.routing;

import org.parley.engine.conversation.EndpointMachine;
import org.parley.engine.conversation.EndpointState;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.conversation.Event;
import org.parley.engine.conversation.Transition;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.spi.BrokerClock;
import org.parley.spi.BrokerEvent.Conversation.Step;

/**
 * Tells the other side of an end that was held back while the own queue was off; service-broker.md, section 5.7. Both
 * groups are held: the other side's holder may be ending too, and then removes both rows.
 */
final class HeldEnd {

    private final Aftercare aftercare;
    private final EndpointTable table;
    private final BrokerClock clock;

    HeldEnd(Aftercare aftercare, EndpointTable table, BrokerClock clock) {
        this.aftercare = aftercare;
        this.table = table;
        this.clock = clock;
    }

    /** Tells it, when it is still to be told; the group of the side that has ended is held. */
    void tell(Endpoint held) {
        Endpoint far = table.locked(() -> holdFar(held));
        if (far == null) {
            return;
        }
        try {
            // an Error has told the other side already that nothing more comes
            boolean told = far.state().far() == Far.ACTIVE;
            long order = aftercare.nextOrder();
            long position = held.nextOut();
            aftercare.inStore(
                    tx -> {
                        if (told) {
                            tx.insertMessage(EndOfConversation.endDialog(far.id(), position, order, clock.millis()));
                        }
                        tx.updateEndpoint(held.id(), Stage.ENDED, held.received());
                    },
                    () -> {
                        held.become(held.state(), Stage.ENDED);
                        if (told) {
                            held.sentUpTo(position + 1);
                            far.arriveUpTo(position + 1, order);
                            hear(far, Event.END_ARRIVES);
                            table.journal().heard(far, Step.RECEIVED_END_CONVERSATION);
                        }
                        acknowledge(held);
                    });
        } finally {
            table.locked(() -> freeFar(held, far));
        }
    }

    private Endpoint holdFar(Endpoint held) {
        if (held.stage() != Stage.HELD) {
            return null;
        }
        Endpoint far = table.endpoint(held.far());
        if (far == null || far.state().own().over()) {
            acknowledge(held);
            aftercare.removePair(held.id());
            return null;
        }
        if (table.heldBack().holding()) {
            table.heldBack().add(held, aftercare.nextOrder(), false);
            return null;
        }
        if (!held.group().queue().on()) {
            aftercare.tellEnd(held);
            return null;
        }
        if (far.group() == held.group()) {
            return far;
        }
        if (far.group().holder() != null) {
            far.group().whenFree(() -> aftercare.tellEnd(held));
            return null;
        }
        far.group().hold(EngineHold.INSTANCE);
        return far;
    }

    /** Both sides may be in one group, which is held already and stays so. */
    private void freeFar(Endpoint held, Endpoint far) {
        if (far.group() != held.group()) {
            aftercare.free(far.group());
        }
    }

    private void acknowledge(Endpoint held) {
        hear(held, Event.ACKNOWLEDGED);
        table.journal().acknowledged(held);
    }

    private static void hear(Endpoint endpoint, Event event) {
        if (EndpointMachine.apply(endpoint.state(), event) instanceof Transition.Move move) {
            EndpointState next = move.next();
            endpoint.become(next, endpoint.stage());
        }
    }
}
