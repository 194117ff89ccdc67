package org.parley.engine.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.parley.LocalConnection;
import org.parley.Receive;
import org.parley.testkit.Eventually;

/** Runs one program, all threads at once, then brings everything to its end and has the {@link Checker} judge it. */
final class Runner {

    private static final Duration[] JUMPS = {
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10)
    };

    /** So long after the last step every timer is due and every lifetime over. */
    private static final Duration EVERYTHING_DUE = Duration.ofHours(2);

    private static final long STALLED_NANOS = TimeUnit.MILLISECONDS.toNanos(15);
    private static final long HUNG_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Home home;
    private final Program program;
    private final Duration patience;
    private final Recorder recorder = new Recorder();
    private final Pool pool = new Pool();
    private final CyclicBarrier down;
    private final CyclicBarrier up;
    private long endOfSteps = Long.MAX_VALUE;

    /** With the real time after which what must come will never come. */
    Runner(Home home, Program program, Duration patience) {
        this.home = home;
        this.patience = patience;
        this.program = program;
        this.down = new CyclicBarrier(program.threads().size(), home::restart);
        this.up = new CyclicBarrier(program.threads().size());
    }

    /** What is wrong; empty when all is as the model says. */
    List<String> run() {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < program.threads().size(); i++) {
            List<Step> steps = program.threads().get(i);
            Actor actor = new Actor("p" + program.seed() + "-" + i, home, recorder, pool);
            Thread thread = new Thread(() -> play(actor, steps), "model-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        if (!awaitEnd(threads)) {
            return recorder.surprises();
        }
        try {
            finish();
        } catch (RuntimeException | AssertionError e) {
            recorder.surprise("bringing everything to its end failed: " + e);
        }
        List<String> wrong = new ArrayList<>(recorder.surprises());
        wrong.addAll(judge().wrong());
        return wrong;
    }

    /** Every act of the program, for the report of a failure. */
    List<Act> acts() {
        return recorder.acts();
    }

    private Checker judge() {
        return new Checker(recorder.acts(), endOfSteps).check();
    }

    /** Moves the clock on when nobody gets on, so that waits come to their end. */
    private boolean awaitEnd(List<Thread> threads) {
        long began = System.nanoTime();
        long last = recorder.lastStamp();
        long since = began;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            LockSupport.parkNanos(500_000);
            long now = System.nanoTime();
            if (recorder.lastStamp() != last) {
                last = recorder.lastStamp();
                since = now;
            } else if (now - since > STALLED_NANOS) {
                home.clock().advance(Home.LOCK_TIMEOUT);
                since = now;
            }
            if (now - began > HUNG_NANOS) {
                recorder.surprise("threads hang:" + stacks(threads));
                threads.forEach(Thread::interrupt);
                return false;
            }
        }
        return true;
    }

    private static String stacks(List<Thread> threads) {
        StringBuilder text = new StringBuilder();
        for (Thread thread : threads) {
            text.append("\n  ").append(thread.getName());
            for (StackTraceElement frame : thread.getStackTrace()) {
                text.append("\n      ").append(frame);
            }
        }
        return text.toString();
    }

    private void play(Actor actor, List<Step> steps) {
        for (Step step : steps) {
            try {
                step(actor, step);
            } catch (Exception | AssertionError e) {
                recorder.surprise(step + " failed with " + e + " at " + List.of(e.getStackTrace()));
            }
        }
        try {
            if (actor.working()) {
                actor.commit();
            }
            actor.close();
        } catch (RuntimeException | AssertionError e) {
            recorder.surprise("the last commit failed with " + e);
        }
    }

    private void step(Actor actor, Step step) throws Exception {
        int pick = step.pick() / 2;
        switch (step.kind()) {
            case COMMIT -> endTransaction(actor, true);
            case ROLLBACK -> endTransaction(actor, false);
            case JUMP -> home.clock().advance(JUMPS[pick % JUMPS.length]);
            case QUEUE_OFF, QUEUE_ON ->
                actor.queue(
                        step.pick() % 2,
                        Home.queueOf(Home.services(step.pick() % 2).get(pick % 2)),
                        step.kind() == Step.Kind.QUEUE_ON);
            case RESTART ->
                actor.duringRestart(() -> {
                    down.await();
                    return up.await();
                });
            default -> {
                actor.work(step.pick() % 2);
                statement(actor, step, pick);
            }
        }
    }

    private static void endTransaction(Actor actor, boolean commit) {
        if (actor.working() && commit) {
            actor.commit();
        } else if (actor.working()) {
            actor.rollback();
        }
    }

    private void statement(Actor actor, Step step, int pick) {
        String service = Home.services(actor.database()).get(pick % 2);
        Receive receive = Receive.from(Home.queueOf(service));
        switch (step.kind()) {
            case BEGIN -> begin(actor, step, pick, service);
            case RECEIVE -> actor.receive(step.count() == 4 ? receive : receive.top(step.count()));
            case RECEIVE_WAITING ->
                actor.receive(receive.top(step.count()).waiting(Duration.ofMillis(200L * step.count())));
            case GET_GROUP -> actor.getGroup(Home.queueOf(service));
            case SAVEPOINT -> actor.savepoint();
            case BACK_TO_SAVEPOINT -> actor.backToSavepoint();
            default -> {
                Pool.Known known = actor.pick(pick);
                if (known != null) {
                    toConversation(actor, step, known);
                }
            }
        }
    }

    private void begin(Actor actor, Step step, int pick, String service) {
        Pool.Known related = pick / 2 % 4 == 0 ? actor.pick(pick / 8) : null;
        List<String> targets = Home.services(actor.database());
        Duration lifetime = pick / 16 % 6 == 0 ? Duration.ofSeconds(10 + pick % 500) : null;
        Pool.Known begun = actor.begin(
                related == null ? service : related.service(),
                targets.get(pick / 4 % targets.size()),
                related,
                lifetime);
        for (int i = 1; begun != null && actor.working() && i < step.count(); i++) {
            actor.send(List.of(begun.handle()));
        }
    }

    private void toConversation(Actor actor, Step step, Pool.Known known) {
        UUID handle = known.handle();
        Receive receive = Receive.from(Home.queueOf(known.service())).top(step.count());
        switch (step.kind()) {
            case SEND -> {
                for (int i = 0; i < step.count() && actor.working(); i++) {
                    actor.send(List.of(handle));
                }
            }
            case SEND_TWO -> {
                Pool.Known other = actor.pick(step.pick() / 64);
                actor.send(
                        other == null || other.handle().equals(handle)
                                ? List.of(handle)
                                : List.of(handle, other.handle()));
            }
            case RECEIVE_NAMED -> actor.receive(receive.ofConversation(handle));
            case RECEIVE_GROUP -> actor.receive(receive.ofGroup(known.group()));
            case END -> actor.end(handle);
            case END_WITH_ERROR -> actor.endWithError(handle);
            case CLEANUP -> actor.cleanup(handle);
            case TIMER -> actor.timer(handle, Duration.ofSeconds(step.count() * (step.pick() % 3 == 0 ? 60 : 1)));
            default -> throw new AssertionError(step);
        }
    }

    private void finish() {
        endOfSteps = recorder.stamp();
        Actor last = new Actor("p" + program.seed() + "-last", home, recorder, pool);
        for (int database = 0; database < Home.DATABASES; database++) {
            for (String service : Home.services(database)) {
                last.queue(database, Home.queueOf(service), true);
            }
        }
        drain(last, "the end of the steps");
        home.clock().advance(EVERYTHING_DUE);
        drain(last, "everything that was due");
        Set<UUID> ended = judge().model().overHandles();
        for (Side side : judge().model().known()) {
            if (!ended.contains(side.handle)) {
                last.work(side.database);
                last.end(side.handle);
                if (last.working()) {
                    last.commit();
                }
            }
        }
        last.close();
        Eventually.within(patience).becomes("rows left", home::rowsLeft, Map::isEmpty);
        for (int database = 0; database < Home.DATABASES; database++) {
            try (LocalConnection connection = home.connect(database)) {
                Eventually.within(patience).becomes("endpoints left", connection::endpoints, List::isEmpty);
            }
        }
    }

    /** Receives until everything that must arrive has arrived. */
    private void drain(Actor last, String when) {
        long began = System.nanoTime();
        long now = home.clock().millis();
        while (true) {
            boolean any = false;
            for (int database = 0; database < Home.DATABASES; database++) {
                for (String service : Home.services(database)) {
                    last.work(database);
                    Act receive = last.receive(Receive.from(Home.queueOf(service)));
                    any |= !receive.messages.isEmpty();
                    if (receive.failed()) {
                        // readers that failed five times in a row have turned it off since
                        last.queue(database, Home.queueOf(service), true);
                    }
                    if (last.working()) {
                        last.commit();
                    }
                }
            }
            if (any) {
                continue;
            }
            List<String> missing = judge().model().missing(now);
            if (missing.isEmpty()) {
                return;
            }
            if (System.nanoTime() - began > patience.toNanos()) {
                missing.forEach(each -> recorder.surprise("never came after " + when + ": " + each));
                return;
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
