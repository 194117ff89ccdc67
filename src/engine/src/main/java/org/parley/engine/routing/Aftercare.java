package org.parley.engine.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
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
import org.parley.engine.fault.Fault;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.Transit;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Positions;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreTransaction;
import org.parley.engine.store.SuspensionRow;
import org.parley.engine.timer.Wheel;
import org.parley.engine.tx.Aftermath;
import org.parley.engine.tx.Branch;
import org.parley.engine.work.Worker;
import org.parley.spi.BrokerClock;
import org.parley.spi.BrokerEvent.Conversation.Step;

/**
 * Does what commits, clocks and definitions leave to be done, one small transaction at a time. Before it touches what a
 * group's holder may write it takes the group itself, when that is free and never by waiting, so it never waits for a
 * row that an application's transaction can hold.
 */
public final class Aftercare implements Aftermath, AutoCloseable {

    private final Store store;
    private final EndpointTable table;
    private final BrokerClock clock;
    private final AtomicLong orders;
    private final IntConsumer queueDisabler;
    private final Consumer<Endpoint> begun;
    private final Consumer<Throwable> failed;
    private final EngineTransactions transactions;
    private final Worker worker;
    private final Wheel wheel;
    private final GroupTasks groupTasks;
    private final DueTimes dueTimes;
    private final Redelivery redelivery;
    private final Suspensions suspensions;
    private final FirstDelivery firstDelivery;
    private final HeldEnd heldEnd;
    private final BreakingOff breakingOff;
    private final HeldBackDelivery heldBack;
    private final Station station;
    private final DatabaseCatalog catalog;
    private final BodyCheck bodies;
    private final LongSupplier conversations;

    /**
     * What the aftercare of one broker database needs.
     *
     * @param store its storage
     * @param table its memory
     * @param clock time
     * @param orders source of queuing orders
     * @param catalog its definitions
     * @param bodies judges bodies
     * @param conversations gives numbers of conversations
     * @param place where it is among the databases of the server
     * @param transmitter sends to those
     * @param queueDisabler turns a queue off and says so
     * @param begun is told of each new endpoint, under the table's lock: must only take note
     * @param groupSuspended hears of groups that are set aside
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
            LongSupplier conversations,
            Station.Place place,
            Transmitter transmitter,
            IntConsumer queueDisabler,
            Consumer<Endpoint> begun,
            BiConsumer<Group, SuspensionRow> groupSuspended,
            Consumer<Throwable> storeFailed,
            TaskFailed taskFailed) {}

    /** Hears of engine transactions that are tried again. */
    @FunctionalInterface
    public interface TaskFailed {

        /** What failed, and why. */
        void failed(String what, Throwable cause);
    }

    /**
     * Why the broker breaks a conversation off.
     *
     * @param here positive number of the Error at this side
     * @param there positive number of the Error at the other side, in another database
     * @param text what both say
     */
    public record Breach(int here, int there, String text) {}

    /** The aftercare of one broker database; its thread carries the given name. */
    public Aftercare(String threadName, Surroundings around) {
        this.store = around.store();
        this.table = around.table();
        this.clock = around.clock();
        this.orders = around.orders();
        this.queueDisabler = around.queueDisabler();
        this.begun = around.begun();
        this.failed = around.storeFailed();
        this.transactions = new EngineTransactions(store, table, failed);
        this.worker = new Worker(threadName, clock, around.taskFailed()::failed);
        this.wheel = new Wheel(clock, this::due);
        this.groupTasks = new GroupTasks(table, this::add);
        this.catalog = around.catalog();
        this.bodies = around.bodies();
        this.conversations = around.conversations();
        this.station = new Station(around.place(), this, table, around.transmitter());
        this.heldEnd = new HeldEnd(this, table, clock);
        this.heldBack = new HeldBackDelivery(this, table);
        this.breakingOff = new BreakingOff(this, table);
        this.firstDelivery = new FirstDelivery(this, store, table, around.catalog(), around.bodies());
        this.redelivery = new Redelivery(table, clock);
        this.suspensions = new Suspensions(this, groupTasks, table, clock, around.groupSuspended());
        this.dueTimes = new DueTimes(this, table, clock, wheel, firstDelivery);
    }

    @Override
    public void purge(long endpoint, long from, long to) {
        add("discarding messages of " + endpoint, () -> inStore(tx -> tx.deleteMessages(endpoint, from, to)));
    }

    @Override
    public void removePair(long id) {
        add("removing the conversation of endpoint " + id, () -> {
            List<Endpoint> pair = table.locked(() -> endedPair(id));
            if (pair.isEmpty()) {
                return;
            }
            inStore(
                    tx -> {
                        pair.forEach(endpoint -> {
                            tx.deleteEndpoint(endpoint.id());
                            tx.clearTimer(endpoint.id());
                            if (endpoint.transit() != null) {
                                tx.deleteTransit(endpoint.id());
                            }
                        });
                        FaultPoint.PAIR_DELETED.reach();
                    },
                    () -> {
                        FaultPoint.PAIR_STORED.reach();
                        pair.forEach(endpoint -> {
                            table.remove(endpoint);
                            unwind(endpoint.id());
                        });
                    });
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
        Consumer<StoreTransaction> discard = tx -> tx.deleteMessages(endpoint.far(), from, to);
        groupTasks.whenFree(
                "telling endpoint " + endpoint.id() + " that the other side is gone",
                endpoint.id(),
                held -> fail(
                        held,
                        new Refusal(8462, "The other side of the conversation is gone.", Step.BROKER_INITIATED_ERROR),
                        discard),
                // ended meanwhile: there is nobody to be told, but what it sent is still there
                () -> inStore(discard));
    }

    /** Gives an endpoint, whose group is held, an error of the broker, unless it is over or has one; one transaction. */
    void fail(Endpoint held, Refusal why, Consumer<StoreTransaction> alongside) {
        boolean told = EndpointMachine.apply(held.state(), Event.ERROR_ARRIVES) instanceof Transition.Move move
                && move.effects().contains(Effect.ENQUEUE);
        long order = orders.incrementAndGet();
        inStore(
                tx -> {
                    alongside.accept(tx);
                    if (told) {
                        tx.insertMessage(
                                errorRow(held.id(), Positions.BROKER_ERROR, order, why.number(), why.description()));
                    }
                },
                () -> {
                    if (told) {
                        hearError(held, Positions.BROKER_ERROR, order, why.step());
                    }
                });
    }

    /** An error's row is stored, and true from now on, unless another error has come meanwhile: one is enough. */
    void hearError(Endpoint endpoint, long position, long order, Step step) {
        if (endpoint.state().far() == Far.FAILED) {
            purge(endpoint.id(), position, position);
        } else if (EndpointMachine.apply(endpoint.state(), Event.ERROR_ARRIVES) instanceof Transition.Move move) {
            endpoint.become(move.next(), endpoint.stage());
            endpoint.overtake(position, order);
            table.journal().heard(endpoint, step);
        }
    }

    /** The row of an error made by the broker. */
    public MessageRow errorRow(long endpoint, long position, long order, int number, String description) {
        byte[] body = new ConversationError(-number, description).toBody();
        return new MessageRow(endpoint, position, MessageType.ERROR, -1, order, clock.millis(), body, 0);
    }

    @Override
    public void deliver(Endpoint endpoint) {
        station.ready(endpoint);
    }

    @Override
    public void mayHaveArrived(Endpoint endpoint) {
        station.ready(endpoint);
        endpoint.transit().mayHaveArrived();
    }

    @Override
    public void acknowledgeLast(Endpoint endpoint) {
        station.acknowledgeLast(endpoint);
    }

    @Override
    public void forget(Endpoint endpoint) {
        if (endpoint.transit() != null && endpoint.transit().farBroker() != null) {
            forgetTransit(endpoint.id());
        }
    }

    @Override
    public void forgetTransit(long id) {
        add("forgetting the way of endpoint " + id, () -> inStore(tx -> tx.deleteTransit(id)));
    }

    /** The service is in this database after all: its side of the dialog is begun here. */
    void deliverHere(long id) {
        whenFree("delivering the first messages of endpoint " + id, id, firstDelivery::deliver);
    }

    /** A conversation can't go on, here or there: its initiator or target here hears of it. */
    void refused(long id, Refusal why) {
        whenFree("failing the conversation of endpoint " + id, id, held -> {
            Transit transit = held.transit();
            if (transit == null) {
                return;
            }
            long end = held.nextOut();
            if (held.state().own().over()) {
                table.locked(() -> {
                    transit.confirm(end + 1);
                    transit.settle();
                });
                settleHeld(held);
            } else if (held.state().far() == Far.ACTIVE) {
                long from = transit.acknowledged();
                fail(held, why, tx -> tx.deleteMessages(held.far(), from, end - 1));
                table.locked(() -> {
                    table.journal().transmitted(end - from);
                    transit.deletedTo(end);
                });
            }
        });
    }

    /** A guard can't ask its initiator's database: that it waits for so long, and not longer, outlives a restart. */
    void keepGuardEnd(Endpoint endpoint) {
        whenFree(
                "keeping the end of closed endpoint " + endpoint.id(),
                endpoint.id(),
                held -> station.apart(
                        () -> inStore(tx -> tx.putTransit(held.transit().row(held.id())))));
    }

    /** Delivery is on again: what an endpoint has sent inside the database meanwhile arrives. */
    public void deliverHeldBack(long id) {
        whenFree("delivering what endpoint " + id + " has sent meanwhile", id, heldBack::run);
    }

    /** The broker breaks a conversation off: at this side, and in another database, an Error says why. */
    public void breakOff(long id, Breach breach) {
        whenFree(
                "breaking off the conversation of endpoint " + id,
                id,
                held -> station.apart(() -> breakingOff.run(held, breach)));
    }

    /** Does what an acknowledgement leaves to be done, as soon as the group is free. */
    void settle(Endpoint endpoint) {
        whenFree("closing the conversation of endpoint " + endpoint.id(), endpoint.id(), this::settleHeld);
    }

    private void settleHeld(Endpoint held) {
        station.apart(() -> {
            Settling settling = table.locked(() -> new Settling(this, table, held));
            FaultPoint.ACK_HELD.reach();
            inStore(tx -> settling.write(tx, held.transit().endPosition()), () -> {
                FaultPoint.ACK_STORED.reach();
                settling.apply();
            });
        });
    }

    /** This database among those of the server. */
    public Station station() {
        return station;
    }

    /** Number of times at which something is due. */
    public long dueTimes() {
        return wheel.size();
    }

    /** Number of conversations that wait for a way to their other side. */
    public int undelivered() {
        return station.waiting();
    }

    CatalogSnapshot definitions() {
        return catalog.snapshot();
    }

    boolean stays(int service, int contract) {
        return definitions().has(service) && definitions().has(contract);
    }

    BodyCheck bodies() {
        return bodies;
    }

    BrokerClock clock() {
        return clock;
    }

    long nextConversation() {
        return conversations.getAsLong();
    }

    List<MessageRow> peek(long endpoint, long from, long to, int most) {
        return store.peekWhole(endpoint, from, to, most);
    }

    /** Something about an endpoint becomes due. */
    void wind(long due, Endpoint endpoint, Wheel.Kind kind) {
        wheel.add(new Wheel.Entry(due, endpoint.id(), kind));
    }

    @Override
    public void rollBack(Branch doomed) {
        add("rolling back " + doomed.describe() + ", which is past its time-out", doomed::closeIfFree);
    }

    @Override
    public void disableQueue(int queue) {
        add("turning off a queue", () -> queueDisabler.accept(queue));
    }

    @Override
    public void begun(Endpoint endpoint) {
        dueTimes.wind(endpoint);
        begun.accept(endpoint);
    }

    @Override
    public void suspend(Group group, String failure) {
        suspensions.suspend(group, failure);
    }

    @Override
    public void suspendedBefore(SuspensionRow row) {
        suspensions.restore(row);
    }

    @Override
    public void postpone(Group group) {
        redelivery.postpone(group);
    }

    @Override
    public void wind(Endpoint endpoint) {
        dueTimes.wind(endpoint);
    }

    @Override
    public void unwind(long endpoint) {
        wheel.removeAll(endpoint);
    }

    private void due(Wheel.Entry entry) {
        switch (entry.kind()) {
            case TIMER, LIFETIME -> dueTimes.due(entry);
            case RETRY, ACKNOWLEDGEMENT -> station.due(entry);
        }
    }

    @Override
    public void tellEnd(Endpoint endpoint) {
        if (Fault.HELD_END_FORGOTTEN.isPlanted()) {
            return;
        }
        table.locked(() -> endpoint.group()
                .queue()
                .whenOn(() -> whenFree("telling the end of endpoint " + endpoint.id(), endpoint.id(), heldEnd::tell)));
    }

    /** Runs a task on the worker while the engine holds the endpoint's group; later, when somebody else holds it. */
    void whenFree(String what, long id, Consumer<Endpoint> work) {
        groupTasks.whenFree(what, id, work, () -> {});
    }

    void free(Group group) {
        groupTasks.free(group);
    }

    void inStore(Consumer<StoreTransaction> work) {
        inStore(work, () -> {});
    }

    /** Writes in a transaction of its own, and brings memory up to date under the table's lock. */
    void inStore(Consumer<StoreTransaction> work, Runnable applied) {
        transactions.run(work, applied);
    }

    long nextOrder() {
        return orders.incrementAndGet();
    }

    @Override
    public void storeFailed(Throwable cause) {
        failed.accept(cause);
    }

    /** Runs a task on the engine's own thread, again when it fails. */
    public void add(String what, Runnable work) {
        worker.add(what, work);
    }

    /** Waits until nothing is to be done; for an orderly stop. */
    public boolean awaitIdle(long millis) throws InterruptedException {
        return worker.awaitIdle(millis);
    }

    /** Begins to exchange messages with the other databases of the server. */
    public void open() {
        station.start();
    }

    @Override
    public void close() {
        try (worker;
                wheel;
                redelivery) {
            station.stop();
        }
    }
}
