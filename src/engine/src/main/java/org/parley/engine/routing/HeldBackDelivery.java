package org.parley.engine.routing;

import org.parley.engine.conversation.EndpointMachine;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.conversation.Event;
import org.parley.engine.conversation.Transition;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.HeldBack;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.Positions;
import org.parley.spi.BrokerEvent.Conversation.Step;

/**
 * Delivery is on again: what an endpoint has sent inside the database meanwhile arrives, all at once and in order, as it would
 * have at its commit. The engine holds the sender's group.
 */
final class HeldBackDelivery {

    private final Aftercare aftercare;
    private final EndpointTable table;

    HeldBackDelivery(Aftercare aftercare, EndpointTable table) {
        this.aftercare = aftercare;
        this.table = table;
    }

    void run(Endpoint held) {
        table.locked(() -> {
            Endpoint far = table.endpoint(held.far());
            HeldBack.News news =
                    table.heldBack().holding() ? null : table.heldBack().release(held);
            if (news == null || far == null) {
                return;
            }
            if (far.state().own().over() || far.state().far() == Far.FAILED) {
                discard(held, far, news);
            } else {
                arrive(held, far, news);
            }
            if (held.stage() == Stage.HELD) {
                aftercare.tellEnd(held);
                return;
            }
            if (held.state().own() == Own.ENDING) {
                hear(held, Event.ACKNOWLEDGED);
                table.journal().acknowledged(held);
            }
            if (held.state().own() == Own.ENDED && far.state().own() == Own.ENDED) {
                aftercare.removePair(held.id());
            }
        });
    }

    private void arrive(Endpoint sender, Endpoint far, HeldBack.News news) {
        if (sender.nextOut() > far.arrived()) {
            far.arriveUpTo(sender.nextOut(), news.order());
        }
        if (news.error()) {
            boolean refused = !sender.state().own().over();
            aftercare.hearError(
                    far,
                    Positions.FAR_ERROR,
                    news.order(),
                    refused ? Step.RECEIVED_BROKER_ERROR_MESSAGE : Step.RECEIVED_END_CONVERSATION_WITH_ERROR);
        } else if (sender.stage() == Stage.ENDED) {
            hear(far, Event.END_ARRIVES);
            table.journal().heard(far, Step.RECEIVED_END_CONVERSATION);
        }
        far.group().queue().changed(far.group());
    }

    private void discard(Endpoint sender, Endpoint far, HeldBack.News news) {
        long end = sender.nextOut() - 1;
        if (far.stage() == Stage.CLEANED && !sender.state().own().over()) {
            aftercare.farIsGone(sender, news.error() ? Positions.FAR_ERROR : far.arrived(), end);
            return;
        }
        if (end >= far.arrived()) {
            aftercare.purge(far.id(), far.arrived(), end);
        }
        if (news.error()) {
            aftercare.purge(far.id(), Positions.FAR_ERROR, Positions.FAR_ERROR);
        }
    }

    private static void hear(Endpoint endpoint, Event event) {
        if (EndpointMachine.apply(endpoint.state(), event) instanceof Transition.Move move) {
            endpoint.become(move.next(), endpoint.stage());
        }
    }
}
