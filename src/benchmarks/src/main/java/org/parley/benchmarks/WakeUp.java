package org.parley.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;

/** How long a message takes from one thread's commit to another thread that waits in receive, on an idle server. */
final class WakeUp implements Line {

    /** Long enough for the receiver to have committed and to wait again. */
    private static final long PAUSE_NANOS = 1_000_000;

    private static final long PATIENCE_SECONDS = 10;

    private static final String ID = "wake-up";

    private static final int SAMPLES = 3000;

    /** Two commits, and the pause. */
    private static final Duration EXCHANGE = Duration.ofMillis(2);

    private static final Duration OPENING = Duration.ofSeconds(2);

    @Override
    public List<String> ids() {
        return List.of(ID);
    }

    @Override
    public Duration longest(Course course) {
        return OPENING.plus(EXCHANGE.multipliedBy(2L * course.part(SAMPLES)));
    }

    @Override
    public List<Figure> run(Course course) throws Exception {
        try (ParleyServer parley = new ParleyServer(course.folder())) {
            LocalConnection sender = parley.connect();
            Conversation dialog = ParleyServer.begin(sender, "Queue");
            exchange(parley, sender, dialog, course.part(SAMPLES));
            Histogram[] times = exchange(parley, sender, dialog, course.part(SAMPLES));
            return List.of(
                    figure("from the call of commit to the return of receive", times[0]),
                    figure("from the return of commit to the return of receive", times[1]));
        }
    }

    private Figure figure(String what, Histogram nanos) {
        return new Figure(ID, what, 2, Contender.PARLEY).withTimes(nanos).with("samples", nanos.getTotalCount());
    }

    private static Histogram[] exchange(ParleyServer parley, LocalConnection sender, Conversation dialog, int samples)
            throws Exception {
        Histogram called = new Histogram(3);
        Histogram returned = new Histogram(3);
        SynchronousQueue<Long> arrivals = new SynchronousQueue<>();
        ExecutorService receiver = Executors.newSingleThreadExecutor();
        try {
            Future<Void> receiving = receiver.submit(receive(parley, samples, arrivals));
            for (int i = 0; i < samples; i++) {
                LockSupport.parkNanos(PAUSE_NANOS);
                sender.begin();
                dialog.send(ParleyServer.TYPE, Bodies.SMALL.of(i));
                long before = System.nanoTime();
                sender.commit();
                long after = System.nanoTime();
                Long arrived = arrivals.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (arrived == null) {
                    throw failure(receiving, i);
                }
                called.recordValue(arrived - before);
                // the receiver is woken before commit returns: it may be first
                returned.recordValue(Math.max(0, arrived - after));
            }
            receiving.get();
            return new Histogram[] {called, returned};
        } finally {
            receiver.shutdownNow();
        }
    }

    private static Callable<Void> receive(ParleyServer parley, int samples, SynchronousQueue<Long> arrivals) {
        return () -> {
            try (LocalConnection connection = parley.connect()) {
                Receive receive = Receive.from("Queue").waiting(Duration.ofSeconds(PATIENCE_SECONDS));
                for (int i = 0; i < samples; i++) {
                    connection.begin();
                    List<Message> messages = connection.receive(receive);
                    long now = System.nanoTime();
                    connection.commit();
                    if (messages.size() != 1) {
                        throw new IllegalStateException(messages.size() + " messages came instead of one.");
                    }
                    arrivals.put(now);
                }
                return null;
            }
        };
    }

    private static Exception failure(Future<Void> receiving, int sample) throws InterruptedException {
        IllegalStateException late = new IllegalStateException(
                "Message " + sample + " had not come after " + PATIENCE_SECONDS + " seconds.");
        if (receiving.isDone()) {
            try {
                receiving.get();
            } catch (ExecutionException e) {
                late.initCause(e.getCause());
            }
        }
        return late;
    }
}
