package org.parley.engine.store.derby;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;

/**
 * Keeps threads and the shutdown of their database apart. A Derby database that is shut down under a thread stays half alive: a
 * page that the thread has latched lets the last checkpoint wait for ever, and what the thread goes on to write meets the
 * files of the database that was booted meanwhile.
 */
final class ClosingGate {

    private static final System.Logger LOG = System.getLogger(ClosingGate.class.getName());

    private final Path database;
    private final ReentrantReadWriteLock passage = new ReentrantReadWriteLock();
    private volatile boolean closed;

    ClosingGate(Path database) {
        this.database = database;
    }

    boolean closed() {
        return closed;
    }

    /** What is told to whom comes too late. */
    StoreException refusal() {
        return new StoreException(Kind.UNAVAILABLE, "Database " + database + " is closed.", null);
    }

    /** Does something that ends before the database is shut down. */
    <T> T inside(Supplier<T> work) {
        passage.readLock().lock();
        try {
            if (closed) {
                throw refusal();
            }
            return work.get();
        } finally {
            passage.readLock().unlock();
        }
    }

    /** Closes; returns when nobody is inside or on one of the connections any more, or when the time is up. */
    void close(Collection<PhysicalConnection> out, Duration most) {
        closed = true;
        long end = System.nanoTime() + most.toNanos();
        try {
            boolean alone = passage.writeLock().tryLock(most.toNanos(), TimeUnit.NANOSECONDS);
            if (alone) {
                passage.writeLock().unlock();
            }
            if (!left(out, end) || !alone) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Database {0} is shut down though a thread is still at work in it after {1}.",
                        database,
                        most);
            }
        } catch (InterruptedException e) {
            // whoever wants to stop doesn't wait for others
            Thread.currentThread().interrupt();
        }
    }

    /** Each connection on a thread of its own: who waits for a lock is freed by the rollback of who has it. */
    private static boolean left(Collection<PhysicalConnection> out, long end) throws InterruptedException {
        if (out.isEmpty()) {
            return true;
        }
        ExecutorService leaving = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "parley-closing");
            thread.setDaemon(true);
            return thread;
        });
        out.forEach(connection -> leaving.execute(connection::evacuate));
        leaving.shutdown();
        return leaving.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
