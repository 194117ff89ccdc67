package org.parley.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.parley.benchmarks.Contender.Entrant;
import org.parley.benchmarks.Contender.Work;
import org.parley.benchmarks.DerbyLog.Entry;

/**
 * What a message costs in lines 1 and 2, one thread: statements, records and bytes of the log, forces, memory; and where the time
 * of the processor goes. Counts don't depend on the machine, nor on what else it does.
 */
final class MessageCost implements Line {

    /** The table of the sums. */
    static final String COUNTS = "costs";

    static final String STATEMENTS = "statements";
    static final String LOG = "log";
    static final String PROFILE = "profile";

    private static final int WARM_UP = 20_000;
    private static final int COUNTED = 1000;
    /** So many that what Derby clears away behind a message's back shows, also in a course that is a part. */
    private static final int FEWEST_COUNTED = 200;

    private static final int STATEMENTS_OF = 50;

    /** A profile is so many times as long as all rounds: there must be some hundred samples. */
    private static final long PROFILED = 2;

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    /** A line whose cost is counted: Parley, whose engine owns the Derby that both share, and Derby by hand. */
    private record Counted(String line, Entrant parley, Entrant derby) {}

    private static final List<Counted> COUNTED_LINES = List.of(
            new Counted("1", UpdateAndSend::parley, UpdateAndSend::derby),
            new Counted("2", Exchange.parley(1), Exchange.derby(1)));

    private static final Duration OPENING = Duration.ofSeconds(2);
    private static final Duration COUNTING = Duration.ofSeconds(2);

    @Override
    public List<String> ids() {
        return List.of(COUNTS, STATEMENTS, LOG, PROFILE);
    }

    @Override
    public boolean counts() {
        return true;
    }

    @Override
    public Duration longest(Course course) {
        return OPENING.plus(COUNTING)
                .plus(course.warmUp())
                .plus(course.allRounds().multipliedBy(PROFILED))
                .multipliedBy(2L * COUNTED_LINES.size());
    }

    @Override
    public List<Figure> run(Course course) throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (Counted counted : COUNTED_LINES) {
            Map<String, Map<String, Double>> statements =
                    statements(counted, course.folder().resolve("statements-" + counted.line()));
            Path folder = course.folder().resolve("log-" + counted.line());
            try (Contender parley = counted.parley().open(folder);
                    Contender derby = counted.derby().open(folder)) {
                for (Contender each : List.of(parley, derby)) {
                    Costs costs = new Costs(counted.line(), each, database(folder, each), course);
                    figures.addAll(costs.measure(statements.get(each.name())));
                }
            }
        }
        return figures;
    }

    private static Path database(Path folder, Contender contender) {
        return contender.name().equals(Contender.PARLEY)
                ? ParleyServer.database(folder)
                : folder.resolve(Contender.DERBY);
    }

    /** How often an operation of each contender executes which statement. */
    private static Map<String, Map<String, Double>> statements(Counted counted, Path folder) throws Exception {
        Path file = folder.resolve(Contender.PARLEY).resolve("derby.log");
        // connections that it has before it is told wouldn't write: they go with it
        ParleyServer first = new ParleyServer(folder);
        StatementLog ofParley = new StatementLog(ParleyServer.database(folder), file);
        first.close();
        try (Contender parley = counted.parley().open(folder);
                Contender derby = counted.derby().open(folder)) {
            StatementLog ofDerby = new StatementLog(database(folder, derby), file);
            return Map.of(
                    Contender.PARLEY, statements(ofParley, parley.work(0)),
                    Contender.DERBY, statements(ofDerby, derby.work(0)));
        }
    }

    private static Map<String, Double> statements(StatementLog log, Work work) throws Exception {
        // the first one also begins the other side
        work.run(System.nanoTime());
        Map<String, Integer> before = log.executed();
        repeat(work, STATEMENTS_OF);
        Map<String, Double> statements = new TreeMap<>();
        log.executed().forEach((statement, count) -> {
            int executed = count - before.getOrDefault(statement, 0);
            if (executed > 0) {
                statements.put(statement, (double) executed / STATEMENTS_OF);
            }
        });
        work.settle();
        return statements;
    }

    private static void repeat(Work work, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            work.run(System.nanoTime());
        }
    }

    /** Those of one contender in one line. */
    private record Costs(String line, Contender contender, Path database, Course course) {

        List<Figure> measure(Map<String, Double> statements) throws Exception {
            Work work = contender.work(0);
            Driver.warmUp(List.of(work), course.warmUp(), course.part(WARM_UP));
            int operations = Math.max(FEWEST_COUNTED, course.part(COUNTED));
            DerbyLog log = new DerbyLog(database);
            long start = log.end();
            long allocated = allocated();
            repeat(work, operations);
            allocated = allocated() - allocated;
            List<Entry> entries = log.since(start);
            List<Figure> figures = new ArrayList<>();
            figures.add(figure(COUNTS, "an operation")
                    .with("statements", sum(statements))
                    .with("log_forces", count(entries, DerbyLog.CHECKSUM) / (double) operations)
                    .with("log_records", entries.size() / (double) operations)
                    .with("log_bytes", bytes(entries) / (double) operations)
                    .with("pages_changed", pages(entries) / (double) operations)
                    .with("allocated_bytes", allocated / (double) operations));
            statements.forEach((statement, times) ->
                    figures.add(figure(STATEMENTS, statement).with("times", times)));
            figures.addAll(byPlace(entries, operations));
            figures.addAll(profile(work));
            work.settle();
            contender.check();
            return figures;
        }

        private List<Figure> byPlace(List<Entry> entries, int operations) throws Exception {
            Map<Long, String> names = DerbyDatabase.containers(database);
            Map<String, List<Entry>> byPlace = new TreeMap<>();
            for (Entry entry : entries) {
                String place = entry.changesPage() ? names.getOrDefault(entry.container(), "dropped") + ": " : "";
                byPlace.computeIfAbsent(place + entry.operation(), key -> new ArrayList<>())
                        .add(entry);
            }
            List<Figure> figures = new ArrayList<>();
            byPlace.forEach((place, some) -> figures.add(figure(LOG, place)
                    .with("records", some.size() / (double) operations)
                    .with("bytes", bytes(some) / (double) operations)));
            return figures;
        }

        private List<Figure> profile(Work work) throws Exception {
            List<Figure> figures = new ArrayList<>();
            Profile.of(
                            work,
                            course.allRounds().multipliedBy(PROFILED),
                            course.folder().resolve("profile.jfr"))
                    .forEach((layer, share) -> figures.add(figure(PROFILE, layer)
                            .with("self_percent", share.selfPercent())
                            .with("inclusive_percent", share.inclusivePercent())
                            .with("samples", share.samples())));
            return figures;
        }

        private Figure figure(String table, String what) {
            return new Figure(table, "line " + line + ": " + what, 1, contender.name());
        }
    }

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static double sum(Map<String, Double> times) {
        return times.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static long count(List<Entry> entries, String operation) {
        return entries.stream()
                .filter(entry -> entry.operation().equals(operation))
                .count();
    }

    private static long bytes(List<Entry> entries) {
        return entries.stream().mapToLong(Entry::bytes).sum();
    }

    /** Each page once for each transaction that has changed it. */
    private static int pages(List<Entry> entries) {
        Set<List<Long>> pages = new HashSet<>();
        entries.stream()
                .filter(Entry::changesPage)
                .forEach(entry -> pages.add(List.of(entry.transaction(), entry.container(), entry.page())));
        return pages.size();
    }
}
