package org.parley.engine.routing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.parley.ConversationError;
import org.parley.engine.catalog.BodyCheck;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.DatabaseCatalog;
import org.parley.engine.catalog.MessageType;
import org.parley.engine.conversation.Effect;
import org.parley.engine.conversation.EndpointMachine;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.conversation.Event;
import org.parley.engine.conversation.Transition;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.store.ManifestRow;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Positions;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreTransaction;
import org.parley.engine.timer.Wheel;
import org.parley.engine.tx.Aftermath;
import org.parley.engine.work.Worker;
import org.parley.spi.BrokerClock;

/**
 * Does what commits, clocks and definitions leave to be done, one small transaction at a time. Before it touches what a
 * group's holder may write it takes the group itself, when that is free and never by waiting, so it never waits for a
 * row that an application's transaction can hold.
 */
public final class Aftercare implements Aftermath, AutoCloseable {

    /** Dialogs that last longer aren't wound up: their expiry is found at one of the next openings. */
    private static final long LONGEST_ALARM_MILLIS = 50L * 365 * 24 * 3600 * 1000;

    private final Store store;
    private final EndpointTable table;
    private final BrokerClock clock;
    private final AtomicLong orders;
    private final IntConsumer queueDisabler;
    private final Consumer<Throwable> failed;
    private final Worker worker;
    private final Wheel wheel;
    private final FirstDelivery firstDelivery;
    private final Map<String, Set<Long>> undelivered = new HashMap<>();

    /**
     * What the aftercare of one broker database needs.
     *
     * @param store its storage
     * @param table its memory
     * @param clock time
     * @param orders source of queuing orders
     * @param catalog its definitions
     * @param bodies judges bodies
     * @param queueDisabler turns a queue off and says so
     * @param storeFailed discards memory and reads it anew
     * @param taskFailed hears of engine transactions that are tried again
     */
    public record Surroundings(
            Store store,
            EndpointTable table,
            BrokerClock clock,
            AtomicLong orders,
            DatabaseCatalog catalog,
            BodyCheck bodies,
            IntConsumer queueDisabler,
            Consumer<Throwable> storeFailed,
            TaskFailed taskFailed) {}

    /** Hears of engine transactions that are tried again. */
    @FunctionalInterface
    public interface TaskFailed {

        /** What failed, and why. */
        void failed(String what, Throwable cause);
    }

    /** The aftercare of one broker database; its thread carries the given name. */
    public Aftercare(String threadName, Surroundings around) {
        this.store = around.store();
        this.table = around.table();
        this.clock = around.clock();
        this.orders = around.orders();
        this.queueDisabler = around.queueDisabler();
        this.failed = around.storeFailed();
        this.worker = new Worker(threadName, clock, around.taskFailed()::failed);
        this.wheel = new Wheel(clock, this::due);
        this.firstDelivery = new FirstDelivery(this, store, table, around.catalog(), around.bodies());
    }

    @Override
    public void purge(long endpoint, long from, long to) {
        add("discarding messages of endpoint " + endpoint, () -> inStore(tx -> tx.deleteMessages(endpoint, from, to)));
    }

    @Override
    public void removePair(long id) {
        add("removing the conversation of endpoint " + id, () -> {
            List<Endpoint> pair = table.locked(() -> endedPair(id));
            if (pair.isEmpty()) {
                return;
            }
            inStore(tx -> pair.forEach(endpoint -> {
                tx.deleteEndpoint(endpoint.id());
                tx.clearTimer(endpoint.id());
            }));
            table.locked(() -> pair.forEach(table::remove));
        });
    }

    private List<Endpoint> endedPair(long id) {
        List<Endpoint> pair = new ArrayList<>(2);
        for (long each : new long[] {id, id ^ 1}) {
            Endpoint endpoint = table.endpoint(each);
            if (endpoint != null) {
                if (endpoint.state().own() != Own.ENDED) {
                    return List.of();
                }
                pair.add(endpoint);
            }
        }
        return pair;
    }

    @Override
    public void farIsGone(Endpoint endpoint, long from, long to) {
        whenFree("telling endpoint " + endpoint.id() + " that the other side is gone", endpoint.id(), held -> {
            fail(
                    held,
                    8462,
                    "The other side of the conversation is gone.",
                    tx -> tx.deleteMessages(held.far(), from, to));
        });
    }

    /** Gives an endpoint, whose group is held, an error of the broker, unless it is over or has one; one transaction. */
    void fail(Endpoint held, int number, String description, Consumer<StoreTransaction> alongside) {
        boolean told = EndpointMachine.apply(held.state(), Event.ERROR_ARRIVES) instanceof Transition.Move move
                && move.effects().contains(Effect.ENQUEUE);
        long order = orders.incrementAndGet();
        inStore(tx -> {
            alongside.accept(tx);
            if (told) {
                tx.insertMessage(errorRow(held.id(), Positions.BROKER_ERROR, order, number, description));
            }
        });
        if (told) {
            table.locked(() -> hearError(held, Positions.BROKER_ERROR, order));
        }
    }

    static void hearError(Endpoint endpoint, long position, long order) {
        if (EndpointMachine.apply(endpoint.state(), Event.ERROR_ARRIVES) instanceof Transition.Move move) {
            endpoint.become(move.next(), endpoint.stage());
            endpoint.overtake(position, order);
        }
    }

    /** The row of an error made by the broker. */
    public MessageRow errorRow(long endpoint, long position, long order, int number, String description) {
        byte[] body = new ConversationError(-number, description).toBody();
        return new MessageRow(endpoint, position, MessageType.ERROR, -1, order, clock.millis(), body);
    }

    @Override
    public void deliver(Endpoint initiator) {
        undelivered
                .computeIfAbsent(initiator.begun().farService(), name -> new LinkedHashSet<>())
                .add(initiator.id());
        tryToDeliver(initiator.id());
    }

    /** Definitions have changed: a service that was missing may be there now. */
    public void catalogChanged(CatalogSnapshot now) {
        table.locked(() -> undelivered.forEach((service, waiting) -> {
            if (now.service(service).isPresent()) {
                waiting.forEach(this::tryToDeliver);
            }
        }));
    }

    private void tryToDeliver(long id) {
        whenFree("delivering the first messages of endpoint " + id, id, firstDelivery::deliver);
    }

    @Override
    public void deliverNoMore(Endpoint initiator) {
        Set<Long> waiting = undelivered.get(initiator.begun().farService());
        if (waiting != null && waiting.remove(initiator.id()) && waiting.isEmpty()) {
            undelivered.remove(initiator.begun().farService());
        }
    }

    /** Number of conversations whose target service isn't there. */
    public int undelivered() {
        return table.locked(
                () -> undelivered.values().stream().mapToInt(Set::size).sum());
    }

    @Override
    public void deleteManifest(ManifestRow manifest) {
        add("removing the manifest of a committed transaction", () -> inStore(tx -> tx.deleteManifest(manifest)));
    }

    @Override
    public void disableQueue(int queue) {
        add("turning off a queue", () -> queueDisabler.accept(queue));
    }

    @Override
    public void wind(Endpoint endpoint) {
        if (endpoint.timerDue() != 0) {
            wheel.add(new Wheel.Entry(endpoint.timerDue(), endpoint.id(), Wheel.Kind.TIMER));
        }
        long lifetime = endpoint.begun().lifetime();
        if (lifetime - clock.millis() < LONGEST_ALARM_MILLIS && endpoint.state().far() != Far.FAILED) {
            wheel.add(new Wheel.Entry(lifetime, endpoint.id(), Wheel.Kind.LIFETIME));
        }
    }

    private void due(Wheel.Entry entry) {
        if (entry.kind() == Wheel.Kind.TIMER) {
            whenFree("ringing the timer of endpoint " + entry.endpoint(), entry.endpoint(), this::ring);
        } else {
            whenFree("ending the lifetime of endpoint " + entry.endpoint(), entry.endpoint(), this::expire);
        }
    }

    private void ring(Endpoint held) {
        long due = held.timerDue();
        if (due == 0 || due > clock.millis()) {
            return;
        }
        boolean enqueue = !held.waits(Positions.TIMER)
                && EndpointMachine.apply(held.state(), Event.TIMER_PASSES) instanceof Transition.Move move
                && move.effects().contains(Effect.ENQUEUE);
        long order = orders.incrementAndGet();
        inStore(tx -> {
            tx.clearTimer(held.id());
            if (enqueue) {
                tx.insertMessage(new MessageRow(
                        held.id(), Positions.TIMER, MessageType.DIALOG_TIMER, -1, order, clock.millis(), null));
            }
        });
        table.locked(() -> {
            held.timer(0);
            if (enqueue) {
                held.overtake(Positions.TIMER, order);
            }
        });
    }

    private void expire(Endpoint held) {
        if (Instant.ofEpochMilli(held.begun().lifetime()).isAfter(clock.instant())) {
            return;
        }
        if (held.state().own() == Own.ENDING) {
            firstDelivery.giveUp(held);
        } else {
            fail(held, 8489, "The dialog has exceeded its lifetime.", tx -> {});
        }
    }

    /** Runs a task on the worker while the engine holds the endpoint's group; later, when somebody else holds it. */
    private void whenFree(String what, long id, Consumer<Endpoint> work) {
        add(what, new Runnable() {
            @Override
            public void run() {
                Endpoint endpoint = table.locked(() -> hold(id, () -> add(what, this)));
                if (endpoint == null) {
                    return;
                }
                try {
                    work.accept(endpoint);
                } finally {
                    table.locked(() -> free(endpoint.group()));
                }
            }
        });
    }

    private Endpoint hold(long id, Runnable whenFree) {
        Endpoint endpoint = table.endpoint(id);
        if (endpoint == null) {
            return null;
        }
        Group group = endpoint.group();
        if (group.holder() != null) {
            group.whenFree(whenFree);
            return null;
        }
        group.hold(EngineHold.INSTANCE);
        return endpoint;
    }

    private void free(Group group) {
        group.free();
        table.discardIfUnused(group);
    }

    void inStore(Consumer<StoreTransaction> work) {
        StoreTransaction tx = store.begin();
        try {
            work.accept(tx);
        } catch (RuntimeException e) {
            try {
                tx.rollback();
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
        try {
            tx.commit();
        } catch (RuntimeException e) {
            // committed or not: only the disk knows
            storeFailed(e);
            throw e;
        }
    }

    long nextOrder() {
        return orders.incrementAndGet();
    }

    @Override
    public void storeFailed(Throwable cause) {
        failed.accept(cause);
    }

    private void add(String what, Runnable run) {
        worker.add(new Worker.Task() {
            @Override
            public void run() {
                run.run();
            }

            @Override
            public String what() {
                return what;
            }
        });
    }

    /** Waits until nothing is to be done; for an orderly stop. */
    public boolean awaitIdle(long millis) throws InterruptedException {
        return worker.awaitIdle(millis);
    }

    @Override
    public void close() {
        wheel.close();
        worker.close();
    }
}
