package org.parley.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.parley.ActivationStatus;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;

/** Does nothing, with or without a server, and prints the CPU time that it took, in nanoseconds. */
public final class IdleProgram {

    private static final long LONGEST_SETTLE_SECONDS = 5;
    private static final int TIMERS_IN_TRANSACTION = 100;

    private IdleProgram() {}

    /** Takes a number of seconds and, to have a server, its home, a number of queues and one of timers. */
    public static void main(String[] arguments) throws Exception {
        long seconds = Long.parseLong(arguments[0]);
        if (arguments.length == 1) {
            System.out.println(idle(seconds));
            return;
        }
        try (ParleyServer server = new ParleyServer(Path.of(arguments[1]));
                LocalConnection connection = server.connect()) {
            List<String> queues = IntStream.range(0, Integer.parseInt(arguments[2]))
                    .mapToObj(i -> "QUEUE" + i)
                    .toList();
            ParleyServer.define(connection, queues);
            queues.forEach(queue -> activate(server.parley(), connection.database(), queue));
            setTimers(connection, queues.get(0), Integer.parseInt(arguments[3]));
            System.out.println(idle(seconds));
        }
    }

    private static void setTimers(LocalConnection connection, String queue, int timers) throws Exception {
        for (int set = 0; set < timers; set += TIMERS_IN_TRANSACTION) {
            int some = Math.min(TIMERS_IN_TRANSACTION, timers - set);
            connection.inTransaction(() -> {
                for (int i = 0; i < some; i++) {
                    connection.begin(ParleyServer.dialogTo(queue)).timer(Duration.ofDays(1));
                }
                return null;
            });
        }
    }

    private static void activate(Parley parley, String database, String queue) {
        ActivationConfig config = new ActivationConfig(queue, database, queue, 4, 1, null, null);
        Activation activation = parley.server().activate(config, delivery -> {
            throw new IllegalStateException("Nothing was sent to " + delivery.name() + ".");
        });
        if (activation.status().state() != ActivationStatus.State.ACTIVE) {
            throw new IllegalStateException(
                    queue + " isn't read: " + activation.status().reason());
        }
    }

    private static long idle(long seconds) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        never.await(Math.min(LONGEST_SETTLE_SECONDS, seconds), TimeUnit.SECONDS);
        long before = Machine.cpuNanos();
        never.await(seconds, TimeUnit.SECONDS);
        return Machine.cpuNanos() - before;
    }
}
