package org.parley.engine.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.parley.Dialog;
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

    /** Within some of these everything has been acknowledged. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    /** So much real time the engine's threads get before the clock moves. */
    private static final long THREADS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

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
            actor.commitIfWorking();
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
            case UNTRUST, TRUST -> actor.trust(step.pick() % 2, step.kind() == Step.Kind.TRUST);
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
        Random choice = new Random(pick);
        int targetsIn = choice.nextInt(3) == 0 ? 1 - actor.database() : actor.database();
        List<String> targets = Home.services(targetsIn);
        String target = targets.get(choice.nextInt(targets.size()));
        Pool.Known related = choice.nextInt(4) == 0 ? actor.pick(choice.nextInt(1_000)) : null;
        Dialog dialog = Dialog.between(service, target);
        if (related != null) {
            dialog = switch (choice.nextInt(4)) {
                // mostly a group of this service, created when its last conversation has ended
                case 0 -> dialog.inGroup(related.group());
                case 1 -> Dialog.between(related.service(), target).inGroup(related.group());
                default -> Dialog.between(related.service(), target).relatedTo(related.handle());
            };
        }
        dialog = dialog.encrypted(choice.nextBoolean());
        Pool.Known begun = actor.begin(
                choice.nextInt(6) == 0 ? dialog.lasting(Duration.ofSeconds(10 + choice.nextInt(500))) : dialog);
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
            case RECEIVE_NAMED -> {
                Receive named = receive.ofConversation(handle);
                actor.receive(step.count() == 4 ? named.waiting(Duration.ofMillis(300)) : named);
            }
            case RECEIVE_GROUP -> actor.receive(receive.ofGroup(known.group()));
            case END -> actor.end(handle);
            case END_WITH_ERROR -> actor.endWithError(handle);
            case CLEANUP -> actor.cleanup(handle);
            case MOVE -> {
                Pool.Known other = actor.pick(step.pick() / 64);
                actor.move(handle, other == null ? known.group() : other.group());
            }
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
            last.trust(database, true);
        }
        drain(last, "the end of the steps");
        home.clock().advance(EVERYTHING_DUE);
        drain(last, "everything that was due");
        Actor other = new Actor("p" + program.seed() + "-other", home, recorder, pool);
        new WakeUps(home, recorder, patience, last, other).check((int) (program.seed() % Home.DATABASES));
        other.close();
        leave(last);
        last.close();
        for (int database = 0; database < Home.DATABASES; database++) {
            try (LocalConnection connection = home.connect(database)) {
                Eventually.within(patience).becomes("endpoints left", connection::endpoints, List::isEmpty);
            }
        }
    }

    /** Receives until everything that must arrive has arrived. */
    private void drain(Actor last, String when) {
        Idling idling = new Idling();
        long now = home.clock().millis();
        while (true) {
            if (receiveAll(last)) {
                continue;
            }
            List<String> missing = judge().model().missing(now, home.clock().millis());
            if (missing.isEmpty()) {
                return;
            }
            if (idling.tooLong()) {
                missing.forEach(each -> recorder.surprise("never came after " + when + ": " + each));
                return;
            }
        }
    }

    /** Ends every side, also those that come late, until the databases are as they were at first. */
    private void leave(Actor last) {
        Idling idling = new Idling();
        endAll(last);
        while (true) {
            Map<String, Integer> left = home.rowsLeft();
            if (left.isEmpty()) {
                return;
            }
            if (idling.tooLong()) {
                recorder.surprise("rows left: " + left);
                return;
            }
            if (receiveAll(last)) {
                endAll(last);
            }
        }
    }

    /** Receives everything that is there. */
    private boolean receiveAll(Actor last) {
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
                last.commitIfWorking();
            }
        }
        return any;
    }

    private void endAll(Actor last) {
        for (Model.Open side : judge().model().open()) {
            last.work(side.database());
            last.end(side.handle());
            last.commitIfWorking();
        }
    }

    /** Waiting for the engine: first for its threads, then also for what it does when some time has passed. */
    private final class Idling {

        private final long began = System.nanoTime();

        /** Waits for a moment; whether that has been going on for longer than anything may take. */
        boolean tooLong() {
            long idle = System.nanoTime() - began;
            if (idle > THREADS_NANOS) {
                // acknowledgements, questions and what is sent once more
                home.clock().advance(MOMENT);
            }
            LockSupport.parkNanos(1_000_000);
            return idle > patience.toNanos();
        }
    }
}
