package org.parley.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;
import org.parley.spi.Delivery;
import org.parley.spi.ReaderStarter;

/** Pauses of an activation that can't start readers, and what counts as a rollback; service-broker.md, section 12. */
class ActivationPausesTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private final Queue<Delivery> seen = new ConcurrentLinkedQueue<>();
    private final List<Activation> activations = new ArrayList<>();

    /** A delivery that is left open would be waited for. */
    @AfterEach
    void closeDeliveries() {
        activations.forEach(activation -> activation.stop(Duration.ZERO));
        seen.forEach(Delivery::close);
    }

    private void activate(ReaderStarter starter) {
        ActivationConfig config =
                new ActivationConfig("bean", ExpenseHome.DATABASE, Expenses.DESK_QUEUE, 1, 1, null, null);
        activations.add(home.parley().server().activate(config, delivery -> {
            seen.add(delivery);
            starter.start(delivery);
        }));
    }

    private Delivery delivery() throws InterruptedException {
        Delivery delivery = deliveries.poll(30, TimeUnit.SECONDS);
        assertThat(delivery).isNotNull();
        return delivery;
    }

    private Duration moveToNextTry() {
        Instant before = home.clock().instant();
        // the end of the pause, and the next look of the queue's monitor
        home.clock().awaitAlarms(2);
        return Duration.between(before, home.clock().advanceToNextAlarm().orElseThrow());
    }

    /** As when the container's pool of beans is empty: each pause is longer. */
    @Test
    void noEndpointToBeHadIsTriedAgain() throws Exception {
        activate(deliveries::add);
        Expenses.submit(home.connect(), "<a/>");
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Delivery delivery = delivery();
            delivery.next();
            delivery.peek();
            delivery.unavailable(new IllegalStateException("no bean"));
            pauses.add(moveToNextTry());
        }
        assertThat(pauses)
                .containsExactly(
                        Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
    }

    /** A starter that throws anything else is no reason to spin. */
    @Test
    void aStarterThatThrowsIsTriedAgainLater() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        activate(delivery -> {
            if (tries.incrementAndGet() <= 2) {
                throw new IllegalStateException("a starter that fails");
            }
            deliveries.add(delivery);
        });
        Expenses.submit(home.connect(), "<a/>");
        for (int i = 1; i <= 2; i++) {
            home.clock().awaitAlarms(2);
            assertThat(tries).hasValue(i);
            home.clock().advanceToNextAlarm();
        }
        delivery();
    }

    /** Five rollbacks turn the queue off, not three. */
    @Test
    void workWithoutABeanCountsOnce() throws Exception {
        LocalConnection client = home.connect();
        Expenses.submit(client, "<a/>");
        activate(deliveries::add);
        Delivery delivery = delivery();
        for (int i = 1; i <= 5; i++) {
            assertThat(home.heard().lines("queue off")).isEmpty();
            assertThat(delivery.next()).isTrue();
            Message message = delivery.peek().get(0);
            Throwable failure = catchThrowable(() -> delivery.alone(() -> {
                delivery.conversation(message).send(Expenses.ANSWER);
                throw new IllegalStateException("half done");
            }));
            assertThat(failure).isInstanceOf(IllegalStateException.class);
            assertThat(delivery.finish(failure)).isFalse();
        }
        home.heard().await("queue off: " + Expenses.DESK_QUEUE);
    }
}
