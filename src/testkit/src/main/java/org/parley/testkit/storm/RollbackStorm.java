package org.parley.testkit.storm;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.SuspendedGroup;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;
import org.parley.testkit.Eventually;

/**
 * Eight readers on one queue, most of whose transactions are rolled back: by the bean, by the container, by the votes of other
 * resources, with any XAException. What they receive is booked in the same branch. Groups that fail five times in a row must be
 * set aside, just then; they are resumed. When the storm is over, each message must be booked once and in order.
 */
public final class RollbackStorm {

    static final String DATABASE = "storm";

    private static final int READERS = 8;
    private static final int DIALOGS = 40;
    private static final int MOST_AHEAD = 20;
    private static final Duration LONGEST_CALM = Duration.ofSeconds(60);

    private final Parley parley;
    private final long seed;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final Groups groups = new Groups(faults);
    private final AtomicBoolean calm = new AtomicBoolean();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong rollbacks = new AtomicLong();
    private final AtomicLong booked = new AtomicLong();
    private final AtomicLong readers = new AtomicLong();
    private final Map<UUID, Long> sent = new HashMap<>();

    /** A storm on a server whose clock runs. */
    public RollbackStorm(Parley parley, long seed) {
        this.parley = parley;
        this.seed = seed;
    }

    /**
     * What came of it.
     *
     * @param messages sent, and booked
     * @param transactions of readers
     * @param rollbacks of them
     * @param suspensions groups that were set aside, and resumed
     * @param faults what was lost, doubled, reordered, held or judged wrongly; empty when nothing was
     */
    public record Result(long messages, long transactions, long rollbacks, long suspensions, List<String> faults) {}

    /** Lets it rage for a time of the real clock. */
    public Result rage(Duration length) throws SQLException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (LocalConnection operator = parley.connect(DATABASE)) {
            define(operator);
            List<Conversation> dialogs = begin(operator);
            Activation activation = activate(threads);
            long end = System.nanoTime() + length.toNanos();
            Random random = new Random(seed);
            while (System.nanoTime() < end && faults.isEmpty()) {
                if (total() - booked.get() < DIALOGS * MOST_AHEAD) {
                    feed(dialogs, random);
                }
                resume(operator);
            }
            calm.set(true);
            Eventually.within(LONGEST_CALM).holds("every message to be booked", () -> {
                resume(operator);
                return !faults.isEmpty() || booked.get() >= total();
            });
            check(operator);
            end(operator, dialogs);
            if (!activation.stop(Duration.ofSeconds(10))) {
                faults.add("Readers were still at work ten seconds after the end.");
            }
            return new Result(total(), numbers.get(), rollbacks.get(), groups.suspensions(), List.copyOf(faults));
        } finally {
            stop(threads);
        }
    }

    private static void define(LocalConnection operator) throws SQLException {
        operator.catalog().define("""
                        CREATE QUEUE StormAnswers;
                        CREATE QUEUE StormQuestions WITH POISON_MESSAGE_HANDLING (STATUS = ON, ACTION = SUSPEND_GROUP);
                        CREATE SERVICE StormAsker ON QUEUE StormAnswers;
                        CREATE SERVICE StormAnswerer ON QUEUE StormQuestions ([DEFAULT]);
                        """);
        try (Statement statement = operator.sql().createStatement()) {
            statement.execute("CREATE TABLE STORM_BOOK(ENTRY BIGINT PRIMARY KEY,"
                    + " CONVERSATION CHAR(36) NOT NULL, NUMBER BIGINT NOT NULL)");
        }
    }

    private List<Conversation> begin(LocalConnection operator) {
        List<Conversation> dialogs = new ArrayList<>();
        for (int i = 0; i < DIALOGS; i++) {
            Conversation dialog = operator.begin(Dialog.between("StormAsker", "StormAnswerer"));
            dialogs.add(dialog);
            sent.put(dialog.handle(), 0L);
        }
        return dialogs;
    }

    private Activation activate(ExecutorService threads) {
        StormReader.Shared shared = new StormReader.Shared(
                parley.server(), groups, calm, numbers, rollbacks, new AtomicLong(), booked, faults);
        ActivationConfig config =
                new ActivationConfig("storm", DATABASE, "StormQuestions", READERS, MOST_AHEAD, null, null);
        return parley.server()
                .activate(
                        config,
                        delivery -> threads.execute(new StormReader(
                                shared, delivery, new Random(seed + readers.incrementAndGet() * 0x9E3779B97F4A7C15L))));
    }

    private void feed(List<Conversation> dialogs, Random random) {
        Conversation dialog = dialogs.get(random.nextInt(dialogs.size()));
        long number = sent.merge(dialog.handle(), 1L, Long::sum) - 1;
        dialog.send("DEFAULT", Long.toString(number));
    }

    private void resume(LocalConnection operator) {
        for (SuspendedGroup group : operator.suspendedGroups()) {
            groups.suspended(group);
            try {
                operator.resumeGroup(group.groupId());
            } catch (BrokerException e) {
                faults.add("Group " + group.groupId() + " can't be resumed: " + e.getMessage());
            }
        }
    }

    private long total() {
        return sent.values().stream().mapToLong(Long::longValue).sum();
    }

    private void check(LocalConnection operator) throws SQLException {
        Map<String, Long> next = new HashMap<>();
        try (Statement statement = operator.sql().createStatement();
                ResultSet book = statement.executeQuery("SELECT CONVERSATION, NUMBER FROM STORM_BOOK ORDER BY ENTRY")) {
            while (book.next()) {
                long expected = next.getOrDefault(book.getString(1), 0L);
                if (book.getLong(2) != expected) {
                    faults.add("Conversation " + book.getString(1) + " booked message " + book.getLong(2) + " where "
                            + expected + " was next.");
                }
                next.put(book.getString(1), book.getLong(2) + 1);
            }
        }
        long found = next.values().stream().mapToLong(Long::longValue).sum();
        if (found != total()) {
            faults.add("Booked are " + found + " messages of " + total() + ".");
        }
        groups.due().forEach(group -> faults.add("Group " + group + " should have been set aside."));
    }

    /** Ends all dialogs at both sides: what a leaked lock holds can't be ended. */
    private void end(LocalConnection operator, List<Conversation> dialogs) {
        try {
            dialogs.forEach(Conversation::cleanup);
            operator.endpoints().stream()
                    .filter(endpoint -> endpoint.service().equals("StormAnswerer"))
                    .forEach(
                            endpoint -> operator.conversation(endpoint.handle()).cleanup());
        } catch (BrokerException e) {
            faults.add("A dialog can't be ended: " + e.getMessage());
        }
        if (!operator.endpoints().isEmpty()) {
            faults.add(operator.endpoints().size() + " endpoints are left.");
        }
    }

    private void stop(ExecutorService threads) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                faults.add("A reader's thread is still at work.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
