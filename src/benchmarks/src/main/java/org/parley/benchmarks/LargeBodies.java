package org.parley.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Line 7: large bodies, in a JVM of its own whose heap is small. */
public final class LargeBodies implements Line {

    /** The serial collector moves large arrays together; G1 leaves them where they are, and a small heap falls to pieces. */
    private static final List<String> SMALL_HEAP = List.of("-Xmx128m", "-XX:+UseSerialGC");

    private static final int MEGABYTE = 1_000_000;
    private static final List<Integer> ALONE = List.of(1);

    LargeBodies() {}

    @Override
    public List<String> ids() {
        return List.of("7", "7b");
    }

    @Override
    public List<Figure> run(Course course) throws Exception {
        Program program = Program.start(
                LargeBodies.class,
                SMALL_HEAP,
                course.folder().toString(),
                String.valueOf(course.rounds()),
                String.valueOf(course.round().toMillis()),
                String.valueOf(course.warmUp().toMillis()));
        try {
            return program.output().lines().map(Figure::decoded).toList();
        } finally {
            program.end();
        }
    }

    /** Takes a folder, a number of rounds, and the length of a round and of the first one; prints figures. */
    public static void main(String[] arguments) throws Exception {
        Course course = new Course(
                Path.of(arguments[0]),
                Integer.parseInt(arguments[1]),
                Duration.ofMillis(Long.parseLong(arguments[2])),
                Duration.ofMillis(Long.parseLong(arguments[3])),
                Duration.ZERO,
                1);
        List<Figure> figures = new ArrayList<>();
        figures.addAll(measure("7", MEGABYTE / 10, course.in("100-kb")));
        figures.addAll(measure("7b", 10 * MEGABYTE, course.in("10-mb")));
        figures.forEach(figure -> System.out.println(figure.encoded()));
    }

    private static List<Figure> measure(String id, int length, Course course) throws Exception {
        List<Figure> figures =
                Exchange.ofLargeBodies(id, new Bodies(length), ALONE).run(course);
        // each is written and read
        figures.forEach(figure -> figure.with("mb_per_s", 2.0 * length / MEGABYTE * figure.value(Figure.PER_SECOND)));
        return figures;
    }
}
