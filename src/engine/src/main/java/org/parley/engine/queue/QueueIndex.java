package org.parley.engine.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.parley.ActivationDefinition;
import org.parley.QueueDefinition;
import org.parley.QueueDefinition.PoisonAction;
import org.parley.engine.fault.Fault;
import org.parley.engine.store.SuspensionRow;

/**
 * One queue: the groups that are free and have something to receive, by priority and then by age, and the readers that
 * wait for one. Guarded by the table's lock.
 */
public final class QueueIndex {

    /** Rollbacks in a row after which a queue is turned off, or a group suspended; service-broker.md, section 12. */
    public static final int POISON = 5;

    private final int id;
    private final ReadyGroups ready = new ReadyGroups();
    private final FailedGroups failed = new FailedGroups();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private volatile QueueDefinition definition;
    private volatile long offSince = Long.MAX_VALUE;
    private final List<Consumer> activations = new ArrayList<>(1);
    private final ReaderQuota quota = new ReaderQuota();
    private QueueWatcher watcher;
    private int turn;
    private int rollbacksInARow;
    private List<Runnable> whenOn = new ArrayList<>(0);

    QueueIndex(int id, QueueDefinition definition) {
        this.id = id;
        this.definition = definition;
        limitReaders(definition.activation());
    }

    /** Id in the catalog. */
    public int id() {
        return id;
    }

    /** Name in the catalog. */
    public String name() {
        return definition.name();
    }

    /** STATUS. */
    public boolean on() {
        return definition.on();
    }

    /** RETENTION. */
    public boolean retention() {
        return definition.retention();
    }

    /** Says which message was the last before it was turned off; what comes later is not in the queue before it is on. */
    public void offSince(long order) {
        offSince = order;
    }

    /** Whether a message has come while the queue is off: it is shown as waiting for it, not in it; section 1.5. */
    public boolean holdsBack(long order) {
        return order > offSince;
    }

    /** Number of groups that are free and have something to receive. */
    public int readyGroups() {
        return ready.size();
    }

    /** The group to be received from next, or null. It stays where it is. */
    public Group first() {
        return on() ? ready.first() : null;
    }

    /** Whether somebody waits who will be served before an activated reader. */
    public boolean awaited() {
        return !waiters.isEmpty();
    }

    /** Whether somebody waits for any group, and so will read what arrives. */
    public boolean awaitedByAny() {
        return waiters.stream().anyMatch(waiter -> !waiter.names());
    }

    /** Number of sessions that wait. */
    public int waiting() {
        return waiters.size();
    }

    /** Who watches it, or null. */
    public QueueWatcher watcher() {
        return watcher;
    }

    /** Has it watched, or, given null, not any more. */
    public void watcher(QueueWatcher by) {
        watcher = by;
    }

    /**
     * A RECEIVE or GET CONVERSATION GROUP has run.
     *
     * @param where whether it named a conversation or a group
     * @param empty whether it found nothing
     */
    public void received(boolean where, boolean empty) {
        if (watcher != null) {
            watcher.received(where, empty);
        }
    }

    /** Adds a waiter behind the others; a waiter that was served, or gave up, is removed by the index or itself. */
    public void await(Waiter waiter) {
        waiters.addLast(waiter);
    }

    /** Removes a waiter that gave up. */
    public void giveUp(Waiter waiter) {
        waiters.remove(waiter);
    }

    /** Adds somebody who is told of groups that no waiter wants; once, however often it is asked for. */
    public void activate(Consumer consumer) {
        if (!activations.contains(consumer)) {
            activations.add(consumer);
        }
    }

    /** A conversation of this queue has ended, or one of its groups is gone: who waits for just that is told. */
    public void gone(UUID conversationOrGroup) {
        for (Waiter waiter : waiters) {
            waiter.gone(conversationOrGroup);
        }
    }

    /** Removes somebody who was told. */
    public void deactivate(Consumer consumer) {
        activations.remove(consumer);
        quota.forget(consumer);
    }

    /** Name of an activation that reads it, or null. */
    String readBy() {
        return activations.stream()
                .map(Consumer::name)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What it says about its readers. */
    public ActivationDefinition activation() {
        return definition.activation();
    }

    /** How many activated readers there may be. */
    public ReaderQuota quota() {
        return quota;
    }

    /** Why no reader is started for it, for people; null when readers are. */
    public String startsNone() {
        QueueDefinition now = definition;
        ActivationDefinition activation = now.activation();
        if (!now.on()) {
            return "queue '" + now.name() + "' is off";
        }
        if (activation.equals(ActivationDefinition.NONE)) {
            return null;
        }
        if (!activation.on()) {
            return "ACTIVATION of queue '" + now.name() + "' is off";
        }
        return activation.maxReaders() == 0 ? "MAX_QUEUE_READERS of queue '" + now.name() + "' is 0" : null;
    }

    /** Stops no reader; whoever may start more is told at once. A queue without activation of its own limits nothing. */
    private void limitReaders(ActivationDefinition activation) {
        boolean limits = !activation.equals(ActivationDefinition.NONE);
        if (quota.become(!limits || activation.on(), limits ? activation.maxReaders() : Integer.MAX_VALUE)) {
            tellActivations();
        }
    }

    /** Each of several activations is the first to be told in turn, so that single groups go to all of them. */
    private void tellActivations() {
        int size = activations.size();
        turn = size == 0 ? 0 : (turn + 1) % size;
        for (int i = 0; i < size; i++) {
            activations.get((turn + i) % size).groupReady();
        }
    }

    /** Changes what the catalog says; turned off, every waiter is told, turned on, readers are woken. */
    public void become(QueueDefinition now) {
        boolean turnedOn = now.on() && !on();
        if (turnedOn
                || now.poisonHandling() != definition.poisonHandling()
                || now.poisonAction() != definition.poisonAction()) {
            rollbacksInARow = 0;
            failed.forgetRollbacks();
        }
        definition = now;
        limitReaders(now.activation());
        if (!now.on()) {
            waiters.forEach(Waiter::queueOff);
            waiters.clear();
        }
        if (watcher != null) {
            watcher.turned(now.on());
        }
        if (turnedOn) {
            List<Runnable> tasks = whenOn;
            whenOn = new ArrayList<>(0);
            tasks.forEach(Runnable::run);
            tellActivations();
            for (Group group : ready.inOrder()) {
                offer(group, false);
            }
        }
    }

    /** Runs a short task now when the queue is on, or as soon as it is. */
    public void whenOn(Runnable task) {
        if (on()) {
            task.run();
        } else {
            whenOn.add(task);
        }
    }

    /** The queue has been dropped: every waiter is told. */
    public void dropped() {
        become(definition.withStatus(false));
    }

    /**
     * A transaction that had received something from here was rolled back.
     *
     * @return whether that was once too often, so that the queue is to be turned off
     */
    public boolean rolledBack() {
        if (watcher != null) {
            watcher.rolledBack();
        }
        return counts(PoisonAction.DISABLE_QUEUE) && ++rollbacksInARow >= POISON;
    }

    /**
     * A transaction that had received from a group was rolled back.
     *
     * @return whether that was once too often, so that the group is to be suspended
     */
    public boolean rolledBack(Group group) {
        return counts(PoisonAction.SUSPEND_GROUP) && failed.rolledBack(group) >= POISON;
    }

    private boolean counts(PoisonAction action) {
        return definition.poisonHandling() && definition.poisonAction() == action;
    }

    /** A transaction that had received from a group was committed. */
    public void committed(Group group) {
        rollbacksInARow = 0;
        failed.committed(group);
    }

    /** REDELIVERY_DELAY, in milliseconds. */
    public long redeliveryDelay() {
        return definition.redeliveryDelay().toMillis();
    }

    /** A group, held at the moment, isn't offered before that time, in milliseconds of the epoch. */
    public void delay(Group group, long until) {
        failed.delay(group, until);
    }

    /** The delay of a group may be over. */
    public void endDelay(Group group, long now) {
        if (failed.endDelay(group, now)) {
            changed(group);
        }
    }

    /** When a group is offered again, in milliseconds of the epoch; null when nothing delays it. */
    public Long delayedUntil(Group group) {
        return failed.delayedUntil(group);
    }

    /**
     * Sets a group aside until it is resumed: only who names it receives from it.
     *
     * @param whenGone runs when the group ceases to be while it is suspended; must only take note
     */
    public void suspend(Group group, SuspensionRow row, Runnable whenGone) {
        failed.suspend(group, row, whenGone);
        changed(group);
    }

    /** Ends a suspension; does nothing without one. */
    public void resume(Group group) {
        if (failed.resume(group)) {
            changed(group);
        }
    }

    /** The suspension of a group, or null. */
    public SuspensionRow suspension(Group group) {
        return failed.suspension(group);
    }

    /** Suspended groups, those first that have been so for longest. */
    public Map<Group, SuspensionRow> suspended() {
        return failed.suspended();
    }

    /** Whether only those receive from a group who name it: it is suspended or delayed. */
    public boolean keepsBack(Group group) {
        return failed.keepBack(group);
    }

    /** A group is no more. */
    void forget(Group group) {
        remove(group);
        failed.forget(group);
    }

    /** A group became free, or got messages, or lost them: puts it where it belongs and wakes who wants it. */
    public void changed(Group group) {
        boolean free = group.holder() == null && group.receivable();
        boolean belongs = free && !failed.keepBack(group);
        if (group.indexed()) {
            if (belongs && group.turnIsCurrent()) {
                return;
            }
            remove(group);
        }
        if (belongs) {
            group.takeTurn();
            ready.add(group);
            if (on() && !Fault.READER_NOT_WOKEN.isPlanted()) {
                offer(group, false);
            }
        } else if (free && on()) {
            offer(group, true);
        } else if (group.holder() != null && group.receivable()) {
            // its holder may be waiting for just that
            for (Waiter waiter : waiters) {
                if (waiter.holder() == group.holder()) {
                    waiter.ownGroupChanged();
                }
            }
        }
    }

    void remove(Group group) {
        if (group.indexed()) {
            ready.remove(group);
            group.leaveIndex();
        }
    }

    private void offer(Group group, boolean onlyByName) {
        for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
            Waiter waiter = each.next();
            if ((waiter.names() || !onlyByName) && waiter.wants().test(group)) {
                each.remove();
                group.hold(waiter.holder());
                waiter.served(group);
                return;
            }
        }
        if (!onlyByName) {
            tellActivations();
            if (watcher != null) {
                watcher.arrived(ready.size() == 1);
            }
        }
    }

    /** Told that a group is ready that no waiter wanted. Called under the table's lock: must only take note. */
    @FunctionalInterface
    public interface Consumer {

        /** A group is ready. */
        void groupReady();

        /** Name of the activation that reads it; null for the engine itself. */
        default String name() {
            return null;
        }
    }

    /** A reader that waits for a group. */
    public interface Waiter {

        /** Which groups it wants. */
        Predicate<Group> wants();

        /** Whether it has named one, which it then gets though it is kept back from others. */
        boolean names();

        /** On whose behalf it takes one. */
        GroupHolder holder();

        /** It has been given a group, which it holds now. */
        void served(Group group);

        /** A group that it holds already has got messages; it goes on waiting unless it takes them. */
        void ownGroupChanged();

        /** A conversation, named by its handle, has ended, or a group is gone; ends the wait if it was for that. */
        void gone(UUID conversationOrGroup);

        /** The queue was turned off or dropped. */
        void queueOff();
    }
}
