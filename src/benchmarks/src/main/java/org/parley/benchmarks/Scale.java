package org.parley.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Parley;
import org.parley.Receive;

/**
 * What an operation costs beside a queue with very many messages, and beside as many conversations with timers, compared
 * with an empty database in the same run; how long close and open take; and what the conversations cost in memory.
 */
final class Scale implements Line {

    private static final String DATABASE = "scale";
    private static final String TYPE = "//parley.org/benchmarks/Message";
    private static final String CONTRACT = "//parley.org/benchmarks/Contract";
    private static final String SENDER = "//parley.org/benchmarks/Sender";
    private static final String TARGET = "//parley.org/benchmarks/Target";
    private static final int DIALOGS_IN_TRANSACTION = 100;
    private static final Pattern ENGINES = Pattern.compile("(\\[L)?org\\.parley\\..*"
            + "|java\\.util\\.(UUID|ArrayList|HashMap\\$Node|TreeMap\\$Entry)|java\\.lang\\.Long"
            + "|\\[Ljava\\.lang\\.Object;|\\[Ljava\\.util\\.HashMap\\$Node;|\\[[JI]");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int groups;
    private final int messagesOfGroup;

    Scale(int groups, int messagesOfGroup) {
        this.groups = groups;
        this.messagesOfGroup = messagesOfGroup;
    }

    @Override
    public String id() {
        return "scale";
    }

    @Override
    public String title() {
        return groups * messagesOfGroup + " messages in " + groups + " groups";
    }

    @Override
    public List<Figure> run(Course course) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (Home empty = new Home(course.folder().resolve("empty"));
                Home full = new Home(course.folder().resolve("messages"))) {
            figures.add(full.fill("memory and opening", messagesOfGroup, false));
            compare(course, full, empty, figures, "send, commit; receive, commit", Home::exchange);
        }
        try (Home empty = new Home(course.folder().resolve("no-timers"));
                Home full = new Home(course.folder().resolve("timers"))) {
            figures.add(full.fill("memory and opening, with timers", 0, true));
            compare(course, full, empty, figures, "send, commit; receive, commit, beside timers", Home::exchange);
            compare(course, full, empty, figures, "set a timer, commit; set it again, commit", Home::wind);
            compare(course, full, empty, figures, "set a timer to 1 s; receive what it sends", Home::ring);
        }
        return figures;
    }

    /** Something that is done again and again. */
    private interface Operation {
        void run(Home home);
    }

    /** What one operation cost: wall clock and the worker's processor in nanoseconds, and bytes that it allocated. */
    private record Cost(double wall, double cpu, double bytes) {}

    private void compare(Course course, Home full, Home empty, List<Figure> figures, String work, Operation operation) {
        int operations = operations(work, course);
        for (Home home : List.of(full, empty, full, empty)) {
            measure(home, operation, operations);
        }
        List<List<Cost>> costs = List.of(new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < course.rounds(); round++) {
            // who begins changes from round to round
            for (int turn = 0; turn < 2; turn++) {
                int which = (round + turn) % 2;
                costs.get(which).add(measure(which == 0 ? full : empty, operation, operations));
            }
        }
        figures.add(figure(work, "full", costs.get(0), costs.get(1)));
        figures.add(figure(work, "empty", costs.get(1), costs.get(1)));
    }

    /** A timer takes a second at least: few of those. */
    private static int operations(String work, Course course) {
        return work.contains("1 s") ? 1 : Math.max(10, course.samples() / 3);
    }

    private static Cost measure(Home home, Operation operation, int operations) {
        long thread = Thread.currentThread().getId();
        long bytes = THREADS.getThreadAllocatedBytes(thread);
        long cpu = THREADS.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        for (int i = 0; i < operations; i++) {
            operation.run(home);
        }
        return new Cost(
                (System.nanoTime() - wall) / (double) operations,
                (THREADS.getCurrentThreadCpuTime() - cpu) / (double) operations,
                (THREADS.getThreadAllocatedBytes(thread) - bytes) / (double) operations);
    }

    private Figure figure(String work, String contender, List<Cost> costs, List<Cost> base) {
        Figure figure = new Figure(id(), work, 1, contender);
        double wall = median(costs, 0);
        double cpu = median(costs, 1);
        double bytes = median(costs, 2);
        return figure.with("wall_us", wall / 1e3)
                .with("cpu_us", cpu / 1e3)
                .with("allocated_bytes", bytes)
                .with("wall_ratio", wall / median(base, 0))
                .with("cpu_ratio", cpu / median(base, 1))
                .with("allocated_ratio", bytes / median(base, 2));
    }

    private static double median(List<Cost> costs, int which) {
        return Spread.of(costs.stream()
                        .map(cost -> which == 0 ? cost.wall() : which == 1 ? cost.cpu() : cost.bytes())
                        .toList())
                .median();
    }

    /** A server of its own, with a queue to fill and one beside it for what is measured. */
    private final class Home implements AutoCloseable {

        private final Path folder;
        private Parley parley;
        private LocalConnection connection;
        private Conversation probe;

        Home(Path folder) {
            this.folder = folder;
            open();
            connection.catalog().define("""
                    CREATE MESSAGE TYPE [%s] VALIDATION = NONE;
                    CREATE CONTRACT [%s] ([%s] SENT BY ANY);
                    CREATE QUEUE Sending;
                    CREATE QUEUE Receiving;
                    CREATE SERVICE [%s] ON QUEUE Sending;
                    CREATE SERVICE [%s] ON QUEUE Receiving ([%s]);
                    """.formatted(TYPE, CONTRACT, TYPE, SENDER, TARGET, CONTRACT));
            probe = begin();
        }

        private void open() {
            parley = Parley.open(folder);
            connection = parley.connect(DATABASE);
        }

        private Conversation begin() {
            return connection.begin(Dialog.between(SENDER, TARGET).on(CONTRACT));
        }

        private Figure fill(String work, int messages, boolean timers) throws Exception {
            exchange();
            // numbers, made beforehand: what counts as the engine's memory must not hold the benchmark's own
            long[] handles = new long[2 * groups];
            long before = engineBytes();
            long start = System.nanoTime();
            inTransactions(i -> begin(handles, i, timers));
            long begun = engineBytes();
            inTransactions(i -> send(handles, i, messages));
            double filled = seconds(start);
            long inMemory = engineBytes();
            UUID handle = probe.handle();
            start = System.nanoTime();
            parley.close();
            double closed = seconds(start);
            start = System.nanoTime();
            open();
            double opened = seconds(start);
            probe = connection.conversation(handle);
            long again = engineBytes();
            Figure figure = new Figure(id(), work, 1, timers ? groups + " timers" : title())
                    .with("fill_s", filled)
                    .with("close_s", closed)
                    .with("open_s", opened)
                    .with("bytes_per_dialog", (inMemory - before) / (double) groups)
                    .with("bytes_per_dialog_after_open", (again - before) / (double) groups);
            return messages == 0 ? figure : figure.with("bytes_per_ready_group", (inMemory - begun) / (double) groups);
        }

        private void inTransactions(IntConsumer work) throws Exception {
            for (int done = 0; done < groups; done += DIALOGS_IN_TRANSACTION) {
                int first = done;
                connection.inTransaction(() -> {
                    for (int i = first; i < Math.min(first + DIALOGS_IN_TRANSACTION, groups); i++) {
                        work.accept(i);
                    }
                    return null;
                });
            }
        }

        private void begin(long[] handles, int which, boolean timer) {
            Conversation dialog = begin();
            handles[2 * which] = dialog.handle().getMostSignificantBits();
            handles[2 * which + 1] = dialog.handle().getLeastSignificantBits();
            if (timer) {
                dialog.timer(Duration.ofHours(1));
            }
        }

        private void send(long[] handles, int which, int messages) {
            Conversation dialog = connection.conversation(new UUID(handles[2 * which], handles[2 * which + 1]));
            for (int i = 0; i < messages; i++) {
                dialog.send(TYPE, Bodies.fresh());
            }
        }

        /** One message to the end of a group and the oldest message of the queue: its length stays. */
        void exchange() {
            connection.begin();
            probe.send(TYPE, Bodies.fresh());
            connection.commit();
            receive("Receiving", Duration.ZERO);
        }

        /** A timer that never rings. */
        void wind() {
            connection.begin();
            probe.timer(Duration.ofHours(1));
            connection.commit();
            connection.begin();
            probe.timer(Duration.ofHours(2));
            connection.commit();
        }

        /** A timer that does. */
        void ring() {
            connection.begin();
            probe.timer(Duration.ofSeconds(1));
            connection.commit();
            receive("Sending", Duration.ofSeconds(30));
        }

        private void receive(String queue, Duration waiting) {
            connection.begin();
            List<Message> messages =
                    connection.receive(Receive.from(queue).top(1).waiting(waiting));
            connection.commit();
            if (messages.size() != 1) {
                throw new IllegalStateException("One message was due; received were " + messages.size() + ".");
            }
        }

        @Override
        public void close() {
            parley.close();
        }
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    /**
     * What the engine's objects take, and those it is made of: identifiers, map entries, arrays of references and of numbers.
     * Derby's pages and rows are bytes and don't count.
     */
    private static long engineBytes() throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .map(String::strip)
                .map(line -> line.split("\\s+"))
                .filter(fields ->
                        fields.length > 3 && ENGINES.matcher(fields[3]).matches())
                .mapToLong(fields -> Long.parseLong(fields[2]))
                .sum();
    }
}
