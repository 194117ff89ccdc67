package org.parley.engine.routing;

import org.parley.ConversationError;
import org.parley.engine.catalog.MessageType;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Transit;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Positions;
import org.parley.engine.store.StoreTransaction;
import org.parley.spi.BrokerEvent.Conversation.Step;

/**
 * The broker breaks a conversation off: this side hears an Error and ends when it likes; the other side, if it is in another
 * database and knows of the dialog, hears one too, which is sent until it has arrived. A side in this database is broken
 * off by itself. The engine holds the group all the while.
 */
final class BreakingOff {

    private final Aftercare aftercare;
    private final EndpointTable table;

    BreakingOff(Aftercare aftercare, EndpointTable table) {
        this.aftercare = aftercare;
        this.table = table;
    }

    /** Does it, unless the side has ended or has an error already. */
    void run(Endpoint held, Aftercare.Breach breach) {
        if (held.state().own().over() || held.state().far() == Far.FAILED) {
            return;
        }
        boolean farIsHere = table.locked(() -> table.endpoint(held.far())) != null;
        Transit transit = held.transit();
        Refusal why = new Refusal(breach.here(), breach.text(), Step.BROKER_INITIATED_ERROR);
        if (farIsHere || transit == null) {
            aftercare.fail(held, why, tx -> {});
            return;
        }
        boolean tell = transit.tried() && held.state().far() == Far.ACTIVE;
        long end = held.nextOut();
        aftercare.fail(held, why, tx -> dropSent(tx, held, end, tell ? breach : null));
        table.locked(() -> {
            table.journal().transmitted(end - transit.acknowledged());
            if (!transit.tried()) {
                table.staysHere(held);
                return;
            }
            transit.deletedTo(end);
            if (tell) {
                transit.oweError();
                table.journal().toTransmit(1);
                aftercare.station().ready(held);
            }
        });
    }

    /** What hasn't arrived is dropped, as by END WITH ERROR; in its place goes the Error, if there is one. */
    private void dropSent(StoreTransaction tx, Endpoint held, long end, Aftercare.Breach told) {
        Transit transit = held.transit();
        if (end > transit.acknowledged()) {
            tx.deleteMessages(held.far(), transit.acknowledged(), end - 1);
        }
        if (transit.farBroker() != null) {
            tx.putTransit(transit.row(held.id()).with(end, transit.endPosition()));
        }
        if (told != null) {
            tx.insertMessage(new MessageRow(
                    held.far(),
                    Positions.FAR_ERROR,
                    MessageType.ERROR,
                    end,
                    aftercare.nextOrder(),
                    aftercare.clock().millis(),
                    new ConversationError(-told.there(), told.text()).toBody(),
                    0));
        }
    }
}
