package org.parley.engine.model;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.parley.Dialog;
import org.parley.Receive;

/**
 * What must go on while the clock stands still, tried when everything has been received: who waits is woken by what it
 * waits for, and nobody waits for the other side of a dialog. In the programs themselves a wait that nobody ends would be
 * ended by its time-out, and the model couldn't tell.
 */
final class WakeUps {

    /** Longer than the clock moves unless somebody waits in vain. */
    private static final Duration WAIT = Duration.ofHours(10);

    private final Home home;
    private final Recorder recorder;
    private final Duration patience;
    private final Actor one;
    private final Actor other;

    WakeUps(Home home, Recorder recorder, Duration patience, Actor one, Actor other) {
        this.home = home;
        this.recorder = recorder;
        this.patience = patience;
        this.one = one;
        this.other = other;
    }

    /** With the services of a database; two sides of a dialog stay behind. */
    void check(int database) {
        String from = Home.services(database).get(0);
        String to = Home.services(database).get(1);
        Receive request = Receive.from(Home.queueOf(to)).waiting(WAIT);
        one.work(database);
        Pool.Known initiator = one.begin(Dialog.between(from, to));
        one.send(List.of(initiator.handle()));
        Thread waiting = start(() -> receive(database, request));
        awaitIdle(waiting);
        one.commitIfWorking();
        awaitEnd("a reader that waits for a message", waiting);

        say(one, database, initiator);
        one.work(database);
        one.receive(Receive.from(Home.queueOf(to)));
        waiting = start(() -> receive(database, request));
        awaitIdle(waiting);
        one.rollback();
        awaitEnd("a reader that waits for a group", waiting);

        one.work(database);
        one.send(List.of(initiator.handle()));
        waiting = start(() -> say(other, database, initiator));
        awaitIdle(waiting);
        one.commitIfWorking();
        awaitEnd("a statement that waits for a group", waiting);

        one.work(database);
        one.send(List.of(initiator.handle()));
        waiting = start(() -> receive(database, request));
        awaitEnd("a reader to whom the other side is sending", waiting);
        one.commitIfWorking();

        receive(database, Receive.from(Home.queueOf(to)));
        one.queue(database, Home.queueOf(from), false);
        one.work(database);
        one.end(initiator.handle());
        one.commitIfWorking();
        waiting = start(() -> receive(database, request));
        awaitIdle(waiting);
        one.queue(database, Home.queueOf(from), true);
        awaitEnd("a reader that waits for an end that is held back", waiting);
    }

    private static void say(Actor actor, int database, Pool.Known initiator) {
        actor.work(database);
        actor.send(List.of(initiator.handle()));
        actor.commitIfWorking();
    }

    private void receive(int database, Receive request) {
        other.work(database);
        Act receive = other.receive(request);
        if (receive.messages.isEmpty()) {
            recorder.surprise("a wait ended without a message: " + receive);
        }
        other.commitIfWorking();
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work, "model-waits");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Until the thread waits, or has ended. */
    private static void awaitIdle(Thread thread) {
        int idle = 0;
        while (idle < 3 && thread.isAlive()) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
            boolean waits =
                    thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
            idle = waits ? idle + 1 : 0;
        }
    }

    private void awaitEnd(String who, Thread thread) {
        if (!ends(thread)) {
            one.commitIfWorking();
            home.clock().advance(WAIT);
            throw new AssertionError(who + " waits in vain");
        }
    }

    private boolean ends(Thread thread) {
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return !thread.isAlive();
    }
}
