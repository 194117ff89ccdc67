package org.parley.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.parley.LocalConnection;

/**
 * Lines 8 and 9: what line 2 costs beside very many messages, dialogs and queues, compared with an empty database in the same
 * run; how long such a database takes to open; and what a ready group takes in memory.
 */
final class Scale implements Line {

    private static final int MESSAGES = 1_000_000;
    private static final int DIALOGS = 100_000;
    private static final int QUEUES = 1000;
    private static final int DIALOGS_IN_TRANSACTION = 100;

    private static final Duration FILLING = Duration.ofSeconds(100);
    private static final Duration OPENING = Duration.ofSeconds(4);

    private final List<Integer> threads;
    private final boolean byHand;

    private Scale(List<Integer> threads, boolean byHand) {
        this.threads = threads;
        this.byHand = byHand;
    }

    Scale(List<Integer> threads) {
        this(threads, false);
    }

    /** What the limit loses beside as many rows, those that Parley has written. */
    static Scale byHand(List<Integer> threads) {
        return new Scale(threads, true);
    }

    @Override
    public List<String> ids() {
        return byHand ? List.of("8raw") : List.of("8", "9");
    }

    @Override
    public Duration longest(Course course) {
        return FILLING.plus(OPENING.multipliedBy(course.rounds()))
                .plus(beside(course).longest(course));
    }

    @Override
    public List<Figure> run(Course course) throws Exception {
        Figure filled = fill(course);
        List<Figure> figures = new ArrayList<>();
        if (byHand) {
            // its engine owns the Derby that all share
            try (ParleyServer owner = new ParleyServer(course.folder().resolve("owner"))) {
                owner.check(List.of());
                figures.addAll(beside(course).run(course));
            }
        } else {
            open(course, filled);
            figures.addAll(beside(course).run(course));
        }
        figures.forEach(figure -> figure.with("cost_to_empty", 1 / figure.value(Figure.RATIO_TO_EMPTY)));
        if (!byHand) {
            figures.add(filled);
        }
        return figures;
    }

    private Comparison beside(Course course) {
        return new Comparison(
                ids().get(0),
                "line 2 beside " + course.part(MESSAGES) + " messages, " + course.part(DIALOGS) + " dialogs, "
                        + course.part(QUEUES) + " queues",
                1,
                threads,
                byHand ? inDerby() : inParley());
    }

    private static List<Contender.Entrant> inParley() {
        return List.of(
                folder -> Exchange.besideOthers(Contender.PARLEY, new ParleyServer(folder)),
                folder -> Exchange.besideOthers(Comparison.EMPTY, new ParleyServer(folder.resolve(Comparison.EMPTY))));
    }

    private static List<Contender.Entrant> inDerby() {
        return List.of(
                folder -> Exchange.besideOthers(Contender.DERBY, DerbyDatabase.existing(ParleyServer.database(folder))),
                folder -> Exchange.besideOthers(Comparison.EMPTY, new DerbyDatabase(folder.resolve(Comparison.EMPTY))));
    }

    private static Figure fill(Course course) throws Exception {
        UUID[] dialogs = new UUID[course.part(DIALOGS)];
        int each = course.part(MESSAGES) / dialogs.length;
        Figure figure = new Figure("9", "open beside as much", 1, Contender.PARLEY);
        try (ParleyServer server = new ParleyServer(course.folder())) {
            long start = System.nanoTime();
            List<String> queues = IntStream.range(0, course.part(QUEUES))
                    .mapToObj(queue -> "FULL" + queue)
                    .toList();
            try (LocalConnection connection = server.connect()) {
                ParleyServer.define(connection, queues);
            }
            forAll(
                    server,
                    dialogs.length,
                    (connection, i) -> dialogs[i] = connection
                            .begin(ParleyServer.dialogTo(queues.get(i % queues.size())))
                            .handle());
            long begun = Footprint.bytes();
            forAll(server, dialogs.length, (connection, i) -> send(connection, dialogs[i], each));
            figure.with("fill_s", seconds(start))
                    .with("bytes_per_ready_group", (Footprint.bytes() - begun) / (double) dialogs.length);
        }
        return figure;
    }

    private static void open(Course course, Figure figure) {
        List<Double> opened = new ArrayList<>();
        for (int round = 0; round < course.rounds(); round++) {
            long start = System.nanoTime();
            ParleyServer server = new ParleyServer(course.folder());
            opened.add(seconds(start));
            server.close();
        }
        figure.with("open_s", Spread.of(opened).median());
    }

    private static void send(LocalConnection connection, UUID dialog, int messages) {
        for (int i = 0; i < messages; i++) {
            connection.conversation(dialog).send(ParleyServer.TYPE, Bodies.SMALL.of(i));
        }
    }

    /** Something done for one dialog. */
    @FunctionalInterface
    private interface Step {
        void run(LocalConnection connection, int dialog);
    }

    /** In large transactions, by as many threads as there are processors. */
    private static void forAll(ParleyServer server, int dialogs, Step step) throws Exception {
        AtomicInteger next = new AtomicInteger();
        int processors = Runtime.getRuntime().availableProcessors();
        ExecutorService threads = Executors.newFixedThreadPool(processors);
        try {
            Callable<Void> task = () -> some(server, next, dialogs, step);
            for (Future<Void> each : threads.invokeAll(Collections.nCopies(processors, task))) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void some(ParleyServer server, AtomicInteger next, int dialogs, Step step) throws Exception {
        try (LocalConnection connection = server.connect()) {
            for (int from = next.getAndAdd(DIALOGS_IN_TRANSACTION);
                    from < dialogs;
                    from = next.getAndAdd(DIALOGS_IN_TRANSACTION)) {
                IntStream some = IntStream.range(from, Math.min(from + DIALOGS_IN_TRANSACTION, dialogs));
                connection.inTransaction(() -> {
                    some.forEach(i -> step.run(connection, i));
                    return null;
                });
            }
        }
        return null;
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
