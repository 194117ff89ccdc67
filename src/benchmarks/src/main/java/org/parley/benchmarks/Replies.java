package org.parley.benchmarks;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.parley.benchmarks.Contender.Equipment;
import org.parley.benchmarks.Contender.Work;

/**
 * Where threads that have asked wait for the reply: until its receipt is committed. The number of a message tells whose it
 * is: it is the thread's, plus the number of threads for each message before.
 */
final class Replies implements Equipment {

    /** More than the 30 s after which Artemis gives up a call to its broker, and the message is delivered anew. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    static final Replies IN_PARLEY = new Replies(AnsweringBeans.THREADS, PATIENCE);
    static final Replies IN_ARTEMIS = new Replies(AnsweringBeans.THREADS, PATIENCE);

    /** Sends a request in a transaction of its own. */
    @FunctionalInterface
    interface Asking {
        void ask(byte[] body) throws Exception;
    }

    private final List<BlockingQueue<byte[]>> places;
    private final Duration patience;

    Replies(int threads, Duration patience) {
        this.places = IntStream.range(0, threads)
                .<BlockingQueue<byte[]>>mapToObj(thread -> new LinkedBlockingQueue<>())
                .toList();
        this.patience = patience;
    }

    /** Asks and waits for the reply, which must be the one to this request, and the only one. */
    Work asked(int thread, Asking asking) {
        return Work.counted(done -> {
            long number = done * places.size() + thread;
            asking.ask(Bodies.SMALL.of(number));
            Bodies.SMALL.require(number, next(thread));
        });
    }

    private byte[] next(int thread) throws InterruptedException {
        byte[] body = places.get(thread).poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (body == null) {
            throw new IllegalStateException("No reply came to thread " + thread + " within " + patience + ".");
        }
        return body;
    }

    /** Hands over a reply as soon as the transaction that has received it is committed. */
    void receivedIn(TransactionSynchronizationRegistry transaction, byte[] body) {
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    received(body);
                }
            }
        });
    }

    void received(byte[] body) {
        places.get((int) (Bodies.number(body) % places.size())).add(body);
    }

    /** Fails when more replies came than were asked for. */
    @Override
    public void check(List<String> emptied) {
        Bodies.requireCount(0, places.stream().mapToInt(BlockingQueue::size).sum());
    }

    @Override
    public void close() {
        // the beans go with the server
    }
}
