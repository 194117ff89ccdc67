package org.parley.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.ActivationStatus;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;
import org.parley.spi.Delivery;
import org.parley.spi.ReaderUnavailableException;
import org.parley.testkit.Seeds;

/** Activated readers: up to a maximum, one group each, in order; service-broker.md, section 13, design.md "A message's way". */
class ReadersTest {

    private static final int READERS = 8;
    private static final int DIALOGS = 200;
    private static final int MESSAGES = 5;

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() throws InterruptedException {
        threads.shutdown();
        // a reader commits after the test has seen its message
        if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }

    @Test
    void eightReadersKeepTheOrderOfTwoHundredInterleavedDialogs() throws Exception {
        Random random = seeds.random();
        Map<UUID, List<String>> seen = new ConcurrentHashMap<>();
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        // counted over all readers, so that commits stand between five failures: five in a row would turn the queue off
        AtomicInteger round = new AtomicInteger();
        Activation activation = activate(
                READERS,
                delivery -> work(delivery, message -> {
                    most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                    try {
                        two.countDown();
                        await(two);
                        if (round.incrementAndGet() % 7 == 0) {
                            throw new IllegalStateException("planned");
                        }
                        seen.computeIfAbsent(
                                        message.conversationHandle(),
                                        key -> Collections.synchronizedList(new ArrayList<>()))
                                .add(message.text());
                    } finally {
                        atWork.decrementAndGet();
                    }
                }));

        sendInterleaved(random);

        eventually()
                .becomes(
                        "messages",
                        () -> seen.values().stream().mapToInt(List::size).sum(),
                        n -> n >= DIALOGS * MESSAGES);
        assertThat(seen).hasSize(DIALOGS);
        assertThat(seen.values()).allSatisfy(texts -> assertThat(texts).containsExactly("0", "1", "2", "3", "4"));
        assertThat(most.get()).isBetween(2, READERS);
        assertThat(activation.stop(Duration.ofSeconds(20))).isTrue();
        assertThat(activation.status().readers()).isZero();
    }

    /** The first reader waits for another one, or for so long that the test will fail. */
    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendInterleaved(Random random) throws Exception {
        try (LocalConnection sender = home.connect()) {
            Map<Conversation, Integer> next = new HashMap<>();
            for (int i = 0; i < DIALOGS; i++) {
                next.put(sender.begin(Expenses.dialog()), 0);
            }
            List<Conversation> open = new ArrayList<>(next.keySet());
            while (!open.isEmpty()) {
                int chosen = random.nextInt(open.size());
                Conversation conversation = open.get(chosen);
                int number = next.merge(conversation, 1, Integer::sum) - 1;
                conversation.send(Expenses.NOTE, Integer.toString(number).getBytes(StandardCharsets.UTF_8));
                if (number == MESSAGES - 1) {
                    open.remove(chosen);
                }
            }
        }
    }

    @Test
    void aReaderThatCanNotStartGivesItsGroupBack() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        home.parley().server().activate(config(1, Expenses.DESK_QUEUE), delivery -> {
            if (tries.incrementAndGet() == 1) {
                throw new ReaderUnavailableException("no thread is free", null);
            }
            threads.execute(() -> work(delivery, message -> seen.add(message.text())));
        });
        try (LocalConnection client = home.connect()) {
            Expenses.submit(client, "<one/>");
        }
        eventually().becomes("the first try", tries::get, n -> n == 1);
        eventually().holds("the event", () -> !home.heard().lines("unavailable").isEmpty());
        eventually()
                .becomes(
                        "the group to be free",
                        () -> home.connect().getConversationGroup(Expenses.DESK_QUEUE, Duration.ZERO),
                        Optional::isPresent);
        eventually().holds("the message", () -> {
            home.clock().advance(Duration.ofMillis(100));
            return seen.size() == 1;
        });
        assertThat(seen).containsExactly("<one/>");
    }

    @Test
    void anActivationWaitsForItsQueueAndSaysSo() {
        Activation activation = home.parley().server().activate(config(1, "Later"), delivery -> {});
        assertThat(activation.status().state()).isEqualTo(ActivationStatus.State.WAITING);
        assertThat(activation.status().reason()).contains("queue 'Later' does not exist");
        home.connect().catalog().define("CREATE QUEUE Later");
        eventually()
                .becomes(
                        "the state",
                        () -> activation.status().state(),
                        state -> state == ActivationStatus.State.ACTIVE);
    }

    @Test
    void aBeanWithoutTransactionLosesNothingWhenItFails() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger calls = new AtomicInteger();
        home.parley()
                .server()
                .activate(
                        config(1, Expenses.DESK_QUEUE),
                        delivery -> threads.execute(() -> {
                            try (delivery) {
                                while (delivery.next()) {
                                    Message message = delivery.peek().get(0);
                                    if (calls.incrementAndGet() == 1) {
                                        delivery.finish(new IllegalStateException("planned"));
                                    } else {
                                        seen.add(message.text());
                                        delivery.takeAlone();
                                        assertThat(delivery.finish(null)).isTrue();
                                    }
                                }
                            }
                        }));
        try (LocalConnection client = home.connect()) {
            Expenses.submit(client, "<one/>");
        }
        eventually().becomes("calls", calls::get, n -> n == 2);
        eventually().becomes("messages", seen::size, n -> n == 1);
        assertThat(home.heard().lines("delivery failed")).hasSize(1);
    }

    @Test
    void aPausedActivationReadsNothingUntilItIsResumed() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        Activation activation = activate(2, delivery -> work(delivery, message -> seen.add(message.text())));
        activation.pause();
        assertThat(activation.status().state()).isEqualTo(ActivationStatus.State.PAUSED);
        assertThat(activation.status().reason()).contains("paused");
        try (LocalConnection client = home.connect()) {
            Expenses.submit(client, "<one/>");
        }
        eventually()
                .becomes(
                        "the group to be free",
                        () -> home.connect().getConversationGroup(Expenses.DESK_QUEUE, Duration.ZERO),
                        Optional::isPresent);
        assertThat(seen).isEmpty();
        activation.resume();
        eventually().becomes("messages", seen::size, n -> n == 1);
        assertThat(activation.status().state()).isEqualTo(ActivationStatus.State.ACTIVE);
        assertThat(activation.status().failures()).isZero();
    }

    @Test
    void aReaderThatReceivesNothingHasFailedAndTheNextOneComesAfterAPause() throws Exception {
        AtomicInteger starts = new AtomicInteger();
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        Activation activation = activate(1, delivery -> {
            if (starts.incrementAndGet() == 1) {
                delivery.close();
            } else {
                work(delivery, message -> seen.add(message.text()));
            }
        });
        try (LocalConnection client = home.connect()) {
            Expenses.submit(client, "<one/>");
        }
        eventually().becomes("failures", () -> activation.status().failures(), n -> n == 1);
        assertThat(activation.status().lastFailure()).contains("ended without receiving");
        eventually().holds("the event", () -> !home.heard().lines("unavailable").isEmpty());
        assertThat(starts.get()).isOne();
        eventually().holds("the message", () -> {
            home.clock().advance(Duration.ofMillis(100));
            return seen.size() == 1;
        });
        assertThat(activation.status().failures()).isOne();
    }

    private Activation activate(int readers, Reader reader) {
        return home.parley()
                .server()
                .activate(
                        config(readers, Expenses.DESK_QUEUE), delivery -> threads.execute(() -> reader.run(delivery)));
    }

    private static ActivationConfig config(int readers, String queue) {
        return new ActivationConfig("readers", ExpenseHome.DATABASE, queue, readers, 1, null, null);
    }

    /** What a thread does with a delivery. */
    @FunctionalInterface
    private interface Reader {
        void run(Delivery delivery);
    }

    /** What is done with a message. */
    @FunctionalInterface
    private interface Consumer {
        void take(Message message);
    }

    /** Each round in a transaction of its own, rolled back when the consumer fails. */
    private static void work(Delivery delivery, Consumer consumer) {
        try (delivery) {
            while (delivery.next()) {
                Message message = delivery.peek().get(0);
                try {
                    delivery.alone(() -> consumer.take(message));
                    delivery.finish(null);
                } catch (IllegalStateException planned) {
                    delivery.finish(planned);
                }
            }
        }
    }
}
