package org.parley.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.parley.spi.BrokerClock;

/** Measures every line, or the one asked for; prints the table and writes it, as Markdown and as JSON. */
public final class Benchmarks {

    private Benchmarks() {}

    private static final List<Integer> THREADS = List.of(1, 8);

    private static final int FIRST_WARM_UPS = 3;

    /** A minute that has begun counts. */
    private static final Duration ALMOST_A_MINUTE = Duration.ofSeconds(59);

    /**
     * All lines, in the order of the table.
     *
     * @param archives where the server and what it runs lie
     */
    static List<Line> lines(Path archives) {
        return List.of(
                UpdateAndSend.inOneDatabase(THREADS),
                UpdateAndSend.inTwo(THREADS),
                Exchange.line("2", 1, THREADS),
                Exchange.line("3", 100, THREADS),
                BetweenDatabases.line(THREADS),
                WholeDialog.line(THREADS),
                new AnsweringBeans(archives),
                new LargeBodies(),
                new Scale(THREADS),
                new Idle(),
                new WakeUp(),
                new MessageCost(),
                new SingleCalls());
    }

    /** Measured when they are asked for by name: bounds of others, for which all lines together have no time. */
    static List<Line> bounds() {
        return List.of(Scale.byHand(THREADS));
    }

    /**
     * Takes a folder to work in, on the disk to be measured, the folder of the archives, the file to write the figures to,
     * and the id of a line or {@code all}. A run of one line leaves the file alone.
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 4) {
            throw new IllegalArgumentException(
                    "Needed: a folder to work in, that of the archives, the file for the figures, a line or 'all'.");
        }
        Path folder = Path.of(arguments[0]);
        List<Line> all = lines(Path.of(arguments[1]));
        List<Line> named = Stream.concat(all.stream(), bounds().stream()).toList();
        String asked = arguments[3];
        List<Line> lines = asked.equals("all")
                ? all
                : named.stream().filter(line -> line.ids().contains(asked)).toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("There is no line '" + asked + "'; there are all, "
                    + String.join(
                            ", ",
                            named.stream().flatMap(line -> line.ids().stream()).toList()) + ".");
        }
        Course course = Course.full(folder);
        long minutes = longest(lines, course).plus(ALMOST_A_MINUTE).toMinutes();
        System.out.println("This takes " + minutes + " min at most on two processors.");
        Report report = run(lines, course);
        System.out.println(report.markdown());
        if (asked.equals("all")) {
            Path file = Path.of(arguments[2]);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, report.json());
            Files.writeString(file.resolveSibling("latest.md"), report.markdown());
        }
        // threads of Artemis live on for a while, for clients that may come
        System.exit(0);
    }

    /** What all of them take at most on two processors. */
    static Duration longest(List<Line> lines, Course course) {
        Duration longest = Duration.ZERO;
        for (Line line : lines) {
            longest = longest.plus(line.longest(warm(course, lines.indexOf(line))));
        }
        return longest;
    }

    /** The first line finds little compiled of what all share, and nothing when it is measured alone. */
    private static Course warm(Course course, int index) {
        return index == 0 ? course.warmingUp(FIRST_WARM_UPS) : course;
    }

    /**
     * Measures line after line, each in a fresh folder: those that count before those that compare, which so find compiled what
     * they share. The report has them in the order that they were given in.
     */
    static Report run(List<Line> lines, Course course) throws Exception {
        Files.createDirectories(course.folder());
        System.setProperty(
                "derby.stream.error.file", course.folder().resolve("derby.log").toString());
        Transactions.logIn(course.folder().resolve("transactions"));
        Map<String, String> machine = Machine.describe(course.folder());
        Map<Line, List<Figure>> figures = new HashMap<>();
        List<Line> inTurn = new ArrayList<>(lines);
        inTurn.sort(Comparator.comparing(Line::counts).reversed());
        for (Line line : inTurn) {
            Course own =
                    warm(course, lines.indexOf(line)).in("line-" + line.ids().get(0));
            makeEmpty(own.folder());
            figures.put(line, line.run(own));
            delete(own.folder());
        }
        String now =
                BrokerClock.system().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return new Report(
                now,
                machine,
                lines.stream().map(figures::get).flatMap(List::stream).toList());
    }

    static void makeEmpty(Path folder) throws IOException {
        delete(folder);
        Files.createDirectories(folder);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
