package org.parley.engine.routing;

import org.parley.engine.catalog.MessageType;
import org.parley.engine.conversation.Effect;
import org.parley.engine.conversation.EndpointMachine;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.conversation.Event;
import org.parley.engine.conversation.Transition;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Positions;
import org.parley.engine.timer.Wheel;
import org.parley.spi.BrokerClock;
import org.parley.spi.BrokerEvent.Conversation.Step;

/** Conversation timers and lifetimes: what becomes of an endpoint when one of them passes; service-broker.md, 5.6 and 7. */
final class DueTimes {

    /** Dialogs that last longer aren't wound up: their expiry is found at one of the next openings. */
    private static final long LONGEST_ALARM_MILLIS = 50L * 365 * 24 * 3600 * 1000;

    private final Aftercare aftercare;
    private final EndpointTable table;
    private final BrokerClock clock;
    private final Wheel wheel;
    private final FirstDelivery firstDelivery;

    DueTimes(Aftercare aftercare, EndpointTable table, BrokerClock clock, Wheel wheel, FirstDelivery firstDelivery) {
        this.aftercare = aftercare;
        this.table = table;
        this.clock = clock;
        this.wheel = wheel;
        this.firstDelivery = firstDelivery;
    }

    /** The timer or the lifetime of an endpoint has changed or is new. */
    void wind(Endpoint endpoint) {
        wheel.set(endpoint.id(), Wheel.Kind.TIMER, endpoint.timerDue());
        long lifetime = endpoint.lifetime();
        if (lifetime - clock.millis() < LONGEST_ALARM_MILLIS && endpoint.state().far() != Far.FAILED) {
            wheel.add(new Wheel.Entry(lifetime, endpoint.id(), Wheel.Kind.LIFETIME));
        }
    }

    /** A timer or a lifetime has passed. */
    void due(Wheel.Entry entry) {
        if (entry.kind() == Wheel.Kind.TIMER) {
            aftercare.whenFree("ringing the timer of endpoint " + entry.endpoint(), entry.endpoint(), this::ring);
        } else {
            aftercare.whenFree("ending the lifetime of endpoint " + entry.endpoint(), entry.endpoint(), this::expire);
        }
    }

    private void ring(Endpoint held) {
        long due = held.timerDue();
        if (due == 0 || due > clock.millis()) {
            return;
        }
        if (!held.group().queue().on()) {
            whenOn(held, Wheel.Kind.TIMER);
            return;
        }
        boolean enqueue = !held.waits(Positions.TIMER)
                && EndpointMachine.apply(held.state(), Event.TIMER_PASSES) instanceof Transition.Move move
                && move.effects().contains(Effect.ENQUEUE);
        long order = aftercare.nextOrder();
        FaultPoint.TIMER_RINGS.reach();
        aftercare.inStore(
                tx -> {
                    tx.clearTimer(held.id());
                    FaultPoint.TIMER_CLEARED.reach();
                    if (enqueue) {
                        tx.insertMessage(new MessageRow(
                                held.id(),
                                Positions.TIMER,
                                MessageType.DIALOG_TIMER,
                                -1,
                                order,
                                clock.millis(),
                                null,
                                0));
                    }
                },
                () -> {
                    FaultPoint.TIMER_STORED.reach();
                    held.timer(0);
                    if (enqueue) {
                        held.overtake(Positions.TIMER, order);
                        table.journal().rang(held);
                    }
                });
    }

    private void expire(Endpoint held) {
        // an end that is held back is told when the queue is on; the other side knows the dialog and expires by itself
        if (held.lifetime() > clock.millis() || held.stage() == Stage.HELD) {
            return;
        }
        FaultPoint.LIFETIME_PASSED.reach();
        if (held.state().own() == Own.ENDING) {
            firstDelivery.giveUp(held);
        } else if (!held.group().queue().on()) {
            whenOn(held, Wheel.Kind.LIFETIME);
        } else {
            aftercare.fail(
                    held,
                    new Refusal(8489, "The dialog has exceeded its lifetime.", Step.BROKER_INITIATED_ERROR),
                    tx -> {});
        }
    }

    /** What is due while the queue is off is produced when it is turned on; section 1.5. */
    private void whenOn(Endpoint held, Wheel.Kind kind) {
        Wheel.Entry entry = new Wheel.Entry(clock.millis(), held.id(), kind);
        table.locked(() -> held.group().queue().whenOn(() -> due(entry)));
    }
}
