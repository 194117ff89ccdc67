package org.parley.engine.routing;

import org.parley.engine.conversation.EndpointMachine;
import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.conversation.Event;
import org.parley.engine.conversation.Transition;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Journal;
import org.parley.engine.queue.Transit;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.Positions;
import org.parley.engine.store.StoreTransaction;

/**
 * What an acknowledgement leaves to be done for an endpoint: its sent messages are deleted, and when it has ended and owes
 * nothing any more, it is closed. An initiator goes at once, a target when its first message can't come again
 * (service-broker.md, section 3.3). The engine holds the group all the while.
 */
final class Settling {

    private final Aftercare aftercare;
    private final EndpointTable table;
    private final Endpoint endpoint;
    private final Transit transit;
    private final long from;
    private final long to;
    private final boolean errorTold;
    private final boolean closes;
    private final boolean goes;

    Settling(Aftercare aftercare, EndpointTable table, Endpoint held) {
        this.aftercare = aftercare;
        this.table = table;
        this.endpoint = held;
        this.transit = held.transit();
        this.from = transit.acknowledged();
        this.to = Math.max(from, Math.min(transit.confirmed(), held.nextOut()));
        Own own = held.state().own();
        this.closes = own == Own.ENDED || own == Own.ENDING && Station.owesNothing(held);
        this.errorTold = transit.errorOwed() && transit.confirmed() > held.nextOut();
        this.goes = closes && (held.begun().initiator() || transit.settled());
    }

    void write(StoreTransaction tx, long endPosition) {
        if (to > from) {
            tx.deleteMessages(endpoint.far(), from, to - 1);
            FaultPoint.ACK_DELETED.reach();
        }
        if (errorTold || closes && endpoint.stage() == Stage.ENDED_WITH_ERROR) {
            tx.deleteMessages(endpoint.far(), Positions.FAR_ERROR, Positions.FAR_ERROR);
        }
        if (goes) {
            tx.deleteEndpoint(endpoint.id());
            tx.clearTimer(endpoint.id());
            tx.deleteTransit(endpoint.id());
            FaultPoint.ACK_CLOSED.reach();
        } else if (transit.farBroker() != null) {
            tx.putTransit(transit.row(endpoint.id()).with(to, endPosition));
            FaultPoint.ACK_KEPT.reach();
        }
    }

    /** After the commit, under the table's lock. */
    void apply() {
        Journal journal = table.journal();
        boolean error = errorTold || closes && endpoint.stage() == Stage.ENDED_WITH_ERROR;
        journal.transmitted(to - from + (error ? 1 : 0));
        transit.deletedTo(to);
        FaultPoint.ACK_NOTED.reach();
        if (errorTold) {
            transit.errorTold();
        }
        if (closes && EndpointMachine.apply(endpoint.state(), Event.ACKNOWLEDGED) instanceof Transition.Move move) {
            boolean news = endpoint.state().own() == Own.ENDING;
            endpoint.become(move.next(), endpoint.stage());
            if (news) {
                journal.acknowledged(endpoint);
            }
        }
        if (!goes && transit.farBroker() != null) {
            journal.stored();
        }
        if (goes) {
            aftercare.station().acknowledgeLast(endpoint);
            table.remove(endpoint);
        } else if (closes) {
            aftercare.station().ready(endpoint);
        }
    }
}
