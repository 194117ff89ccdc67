package org.parley.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * Line 10: CPU time of a server that has nothing to do, and of an empty JVM. Each is a process of its own; both run at the
 * same time, since none should use any.
 */
final class Idle implements Line {

    private static final String ID = "10";
    private static final int QUEUES = 1000;
    private static final int TIMERS = 100_000;

    /** Queues and timers. */
    private static final Duration PREPARING = Duration.ofSeconds(30);

    @Override
    public List<String> ids() {
        return List.of(ID);
    }

    @Override
    public Duration longest(Course course) {
        return PREPARING.plus(course.idle());
    }

    @Override
    public List<Figure> run(Course course) throws Exception {
        String seconds = String.valueOf(course.idle().toSeconds());
        Program server = Program.start(
                IdleProgram.class,
                List.of(),
                seconds,
                course.folder().toString(),
                String.valueOf(course.part(QUEUES)),
                String.valueOf(course.part(TIMERS)));
        Program empty = Program.start(IdleProgram.class, List.of(), seconds);
        try {
            double used = Long.parseLong(server.output()) / 1e6;
            double withoutServer = Long.parseLong(empty.output()) / 1e6;
            return List.of(
                    figure(course, Contender.PARLEY, used).with("cpu_ms_above_empty_jvm", used - withoutServer),
                    figure(course, "empty JVM", withoutServer));
        } finally {
            server.end();
            empty.end();
        }
    }

    private static Figure figure(Course course, String contender, double millis) {
        String work = "idle, " + course.part(QUEUES) + " activated queues, " + course.part(TIMERS) + " timers";
        return new Figure(ID, work, 0, contender)
                .with("seconds", course.idle().toSeconds())
                .with("cpu_ms", millis);
    }
}
