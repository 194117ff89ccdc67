package org.parley.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;
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

    private final List<Integer> threads;

    Scale(List<Integer> threads) {
        this.threads = threads;
    }

    @Override
    public List<String> ids() {
        return List.of("8", "9");
    }

    @Override
    public List<Figure> run(Course course) throws Exception {
        Figure opening = fill(course);
        List<Figure> figures = new ArrayList<>(besideEmpty(course));
        figures.add(opening);
        return figures;
    }

    private List<Figure> besideEmpty(Course course) throws Exception {
        Comparison comparison = new Comparison(
                "8",
                "line 2 beside " + course.part(MESSAGES) + " messages, " + course.part(DIALOGS) + " dialogs, "
                        + course.part(QUEUES) + " queues",
                1,
                threads,
                List.of(
                        folder -> Exchange.besideOthers(Contender.PARLEY, new ParleyServer(folder)),
                        folder -> Exchange.besideOthers(
                                Comparison.EMPTY, new ParleyServer(folder.resolve(Comparison.EMPTY)))));
        List<Figure> figures = comparison.run(course);
        figures.forEach(figure -> figure.with("cost_to_empty", 1 / figure.value(Figure.RATIO_TO_EMPTY)));
        return figures;
    }

    private static Figure fill(Course course) throws Exception {
        UUID[] dialogs = new UUID[course.part(DIALOGS)];
        int each = course.part(MESSAGES) / dialogs.length;
        Figure figure = new Figure("9", "open beside as much", 1, Contender.PARLEY);
        try (ParleyServer server = new ParleyServer(course.folder());
                LocalConnection connection = server.connect()) {
            for (int queue = 0; queue < course.part(QUEUES); queue++) {
                ParleyServer.define(connection, full(queue));
            }
            long start = System.nanoTime();
            inTransactions(
                    connection,
                    dialogs.length,
                    i -> dialogs[i] = connection
                            .begin(ParleyServer.dialogTo(full(i % course.part(QUEUES))))
                            .handle());
            long begun = Footprint.bytes();
            inTransactions(connection, dialogs.length, i -> send(connection, dialogs[i], each));
            figure.with("fill_s", seconds(start))
                    .with("bytes_per_ready_group", (Footprint.bytes() - begun) / (double) dialogs.length);
        }
        List<Double> opened = new ArrayList<>();
        for (int round = 0; round < course.rounds(); round++) {
            long start = System.nanoTime();
            ParleyServer server = new ParleyServer(course.folder());
            opened.add(seconds(start));
            server.close();
        }
        return figure.with("open_s", Spread.of(opened).median());
    }

    private static String full(int queue) {
        return "Full" + queue;
    }

    private static void send(LocalConnection connection, UUID dialog, int messages) {
        for (int i = 0; i < messages; i++) {
            connection.conversation(dialog).send(ParleyServer.TYPE, Bodies.SMALL.of(i));
        }
    }

    private static void inTransactions(LocalConnection connection, int dialogs, IntConsumer work) throws Exception {
        for (int done = 0; done < dialogs; done += DIALOGS_IN_TRANSACTION) {
            int first = done;
            connection.inTransaction(() -> {
                for (int i = first; i < Math.min(first + DIALOGS_IN_TRANSACTION, dialogs); i++) {
                    work.accept(i);
                }
                return null;
            });
        }
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
