package org.parley.benchmarks;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;

/** Does nothing, with or without a server, and prints the CPU time that it took, in nanoseconds. */
public final class IdleProgram {

    static final int QUEUES = 5;
    private static final long LONGEST_SETTLE_SECONDS = 3;

    private IdleProgram() {}

    /** Takes a number of seconds and, to have a server, its home. */
    public static void main(String[] arguments) throws Exception {
        long seconds = Long.parseLong(arguments[0]);
        if (arguments.length == 1) {
            System.out.println(idle(seconds));
            return;
        }
        try (Parley parley = Parley.open(Path.of(arguments[1]));
                LocalConnection connection = parley.connect("idle")) {
            for (int i = 0; i < QUEUES; i++) {
                connection.catalog().define("CREATE QUEUE Queue" + i);
                activate(parley, "Queue" + i);
            }
            System.out.println(idle(seconds));
        }
    }

    private static void activate(Parley parley, String queue) {
        ActivationConfig config = new ActivationConfig(queue, "idle", queue, 4, 1, null, null);
        Activation activation = parley.server().activate(config, delivery -> {
            throw new IllegalStateException("Nothing was sent to " + delivery.name() + ".");
        });
        if (activation.state() != Activation.State.ACTIVE) {
            throw new IllegalStateException(queue + " isn't read: " + activation.reason());
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
