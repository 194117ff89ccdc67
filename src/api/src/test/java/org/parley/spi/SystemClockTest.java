package org.parley.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alarms of the system's time ring once, in order, on one thread that isn't woken for those that are taken back. */
class SystemClockTest {

    private static final long LONGEST_SECONDS = 30;

    private final BrokerClock clock = BrokerClock.system();
    private final BlockingQueue<String> rung = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        clock.close();
    }

    @Test
    void alarmsRingInTheOrderOfTheirTimes() throws Exception {
        CountDownLatch all = holdThread();
        Instant now = clock.instant();
        clock.at(now.plusMillis(20), () -> rung.add("last"));
        clock.at(now.minusSeconds(5), () -> rung.add("first"));
        clock.at(now, () -> rung.add("second"));
        clock.at(now.plusMillis(10), () -> rung.add("third"));
        all.countDown();

        assertThat(next()).isEqualTo("first");
        assertThat(next()).isEqualTo("second");
        assertThat(next()).isEqualTo("third");
        assertThat(next()).isEqualTo("last");
        assertThat(clock.instant()).isAfterOrEqualTo(now.plusMillis(20));
    }

    @Test
    void oneThatIsTakenBackNeverRings() throws Exception {
        CountDownLatch all = holdThread();
        BrokerClock.Alarm alarm = clock.at(clock.instant(), () -> rung.add("taken back"));
        clock.at(clock.instant(), () -> rung.add("kept"));
        alarm.cancel();
        all.countDown();

        assertThat(next()).isEqualTo("kept");
        alarm.cancel();
        assertThat(rung).isEmpty();
    }

    @Test
    void anEarlierOneIsNotWaitedPast() throws Exception {
        clock.at(clock.instant().plusSeconds(3600), () -> rung.add("in an hour"));
        awaitWaiting(thread());
        clock.at(clock.instant().plusMillis(10), () -> rung.add("soon"));

        assertThat(next()).isEqualTo("soon");
    }

    @Test
    void oneThatCannotBeReachedIsNeverRung() throws Exception {
        clock.at(Instant.MAX, () -> rung.add("never"));
        clock.at(clock.instant(), () -> rung.add("now"));

        assertThat(next()).isEqualTo("now");
        assertThat(rung).isEmpty();
    }

    @Test
    void theThreadIsNotWokenForWhatIsTakenBack() throws Exception {
        Thread thread = thread();
        awaitWaiting(thread);
        long before = waits(thread);
        for (int i = 0; i < 10_000; i++) {
            clock.at(clock.instant().plusSeconds(3600), () -> rung.add("in an hour"))
                    .cancel();
        }
        clock.at(clock.instant(), () -> rung.add("now"));

        assertThat(next()).isEqualTo("now");
        awaitWaiting(thread);
        // it also waits for the lock, some times in a row if this thread is faster
        assertThat(waits(thread)).as("waits").isLessThan(before + 100);
    }

    @Test
    void oneThatFailsIsToldOfAndKeepsNoOtherFromRinging() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        thread().setUncaughtExceptionHandler((thread, failure) -> told.complete(failure));
        clock.at(clock.instant(), () -> {
            throw new IllegalStateException("fails");
        });
        clock.at(clock.instant(), () -> rung.add("next"));

        assertThat(next()).isEqualTo("next");
        assertThat(told.get(LONGEST_SECONDS, TimeUnit.SECONDS)).hasMessage("fails");
    }

    @Test
    void aClosedClockForgetsWhatIsDueLaterAndEndsItsThread() throws Exception {
        Thread thread = thread();
        clock.at(clock.instant().plusSeconds(3600), () -> rung.add("forgotten"));
        clock.close();
        thread.join(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));

        assertThat(thread.isAlive()).isFalse();
        clock.at(clock.instant(), () -> rung.add("too late")).cancel();
        assertThat(rung).isEmpty();
    }

    /** Keeps the thread that rings at work until that is counted down. */
    private CountDownLatch holdThread() {
        CountDownLatch until = new CountDownLatch(1);
        clock.at(clock.instant(), () -> {
            try {
                until.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        return until;
    }

    private String next() throws InterruptedException {
        return rung.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    /** The thread that rings. */
    private Thread thread() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        clock.at(clock.instant(), () -> thread.complete(Thread.currentThread()));
        return thread.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    private static void awaitWaiting(Thread thread) {
        long begun = System.nanoTime();
        while (thread.getState() != Thread.State.TIMED_WAITING && thread.getState() != Thread.State.WAITING) {
            assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(LONGEST_SECONDS));
            Thread.onSpinWait();
        }
    }

    private static long waits(Thread thread) {
        return ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId()).getWaitedCount();
    }
}
