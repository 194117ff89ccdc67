package org.parley.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * Line 7: large bodies, in a JVM of its own whose heap is small. Both contenders write and read them as streams, so that the heap
 * needs no more than pieces of them, and no collector of its own.
 */
public final class LargeBodies implements Line {

    private static final String SMALL_HEAP = "-Xmx128m";

    private static final int MEGABYTE = 1_000_000;
    private static final List<Integer> ALONE = List.of(1);
    private static final List<Size> SIZES = List.of(new Size("7", MEGABYTE / 10), new Size("7b", 10 * MEGABYTE));

    /** Of the JVM. */
    private static final Duration START = Duration.ofSeconds(3);

    private record Size(String id, int length) {

        Comparison line() {
            return Exchange.ofStreams(id, new LongBodies(length), ALONE);
        }

        List<Figure> measure(Course course) throws Exception {
            List<Figure> figures = line().run(course.in(id));
            // each is written and read
            figures.forEach(
                    figure -> figure.with("mb_per_s", 2.0 * length / MEGABYTE * figure.value(Figure.PER_SECOND)));
            return figures;
        }
    }

    LargeBodies() {}

    @Override
    public List<String> ids() {
        return List.of("7", "7b");
    }

    @Override
    public Duration longest(Course course) {
        return SIZES.stream().map(size -> size.line().longest(course)).reduce(START, Duration::plus);
    }

    @Override
    public List<Figure> run(Course course) throws Exception {
        Program program = Program.start(
                LargeBodies.class, List.of(SMALL_HEAP), course.encoded().toArray(String[]::new));
        try {
            return program.output().lines().map(Figure::decoded).toList();
        } finally {
            program.end();
        }
    }

    /** Takes a course; prints figures. */
    public static void main(String[] arguments) throws Exception {
        Course course = Course.decoded(List.of(arguments));
        for (Size size : SIZES) {
            size.measure(course).forEach(figure -> System.out.println(figure.encoded()));
        }
    }
}
