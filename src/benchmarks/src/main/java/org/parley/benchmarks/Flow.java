package org.parley.benchmarks;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Recorder;

/** Messages from one thread to another one, at most so many at a time on their way. */
final class Flow implements Contender.Work {

    /** Where messages go in and come out, each in a transaction. */
    interface Ends {

        void send(byte[] body) throws Exception;

        /** Waits for a moment; null when nothing comes. */
        byte[] receive() throws Exception;
    }

    private static final int WINDOW = 64;
    private static final long PATIENCE_SECONDS = 20;

    private final Ends ends;
    private final Flows flows;
    private final Recorder arrivals = new Recorder(3);
    private final Semaphore window = new Semaphore(WINDOW);
    private long sent;
    private long received;

    Flow(Ends ends, Flows flows) {
        this.ends = ends;
        this.flows = flows;
    }

    @Override
    public void run(long due) throws Exception {
        await(1);
        ends.send(Bodies.SMALL.of(sent++, due));
    }

    void receive() throws Exception {
        byte[] body = ends.receive();
        if (body != null) {
            long due = Bodies.SMALL.require(received++, body);
            arrivals.recordValue(System.nanoTime() - due);
            window.release();
        }
    }

    @Override
    public void settle() throws Exception {
        await(WINDOW);
        window.release(WINDOW);
    }

    @Override
    public Recorder arrivals() {
        return arrivals;
    }

    private void await(int free) throws InterruptedException {
        if (!window.tryAcquire(free, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw flows.stuck("Of " + sent + " messages some did not come.");
        }
    }
}
