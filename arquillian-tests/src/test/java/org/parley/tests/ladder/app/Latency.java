package org.parley.tests.ladder.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.parley.BrokerConnection;

/** The rung that measures: from the sender's commit, its log force included, to the bean. */
public final class Latency {

    /** Begins the line that tells of it. */
    public static final String PRINTED = "From commit called to bean entered: ";

    private static final int WARM_UP = 100;
    private static final int MEASURED = 300;
    /** A series during which the machine is busy with something else says nothing of an idle server. */
    private static final int SERIES = 10;

    private static final Duration MEDIAN_LIMIT = Duration.ofMillis(5);

    private Latency() {}

    static void ofAnIdleServer(Ladder ladder) throws Exception {
        UUID handle = ladder.exchange().ask(TimedBean.QUEUE, "begins");
        entered();
        delays(ladder, handle, WARM_UP);
        long[] nanos = delays(ladder, handle, MEASURED);
        for (int i = 1; i < SERIES && median(nanos).compareTo(MEDIAN_LIMIT) >= 0; i++) {
            nanos = delays(ladder, handle, MEASURED);
        }
        System.out.println(PRINTED
                + String.format(
                        "p50 %.3f ms, p99 %.3f ms, %d messages",
                        median(nanos).toNanos() / 1e6, nanos[MEASURED * 99 / 100] / 1e6, MEASURED));
        assertThat(median(nanos)).isLessThan(MEDIAN_LIMIT);
    }

    private static Duration median(long[] nanos) {
        return Duration.ofNanos(nanos[nanos.length / 2]);
    }

    /** The shortest first. */
    private static long[] delays(Ladder ladder, UUID handle, int messages) throws Exception {
        long[] nanos = new long[messages];
        for (int i = 0; i < messages; i++) {
            Ladder.becomesQuiet();
            nanos[i] = delay(ladder, handle);
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static long delay(Ladder ladder, UUID handle) throws Exception {
        ladder.transaction().begin();
        try (BrokerConnection connection = ladder.parley().getConnection()) {
            connection.conversation(handle).send(Exchange.TYPE, "timed");
        }
        long start = System.nanoTime();
        ladder.transaction().commit();
        return entered() - start;
    }

    private static long entered() throws InterruptedException {
        Long entered = TimedBean.ENTERED.poll(Ladder.LONGEST.toSeconds(), TimeUnit.SECONDS);
        assertThat(entered).isNotNull();
        return entered;
    }
}
