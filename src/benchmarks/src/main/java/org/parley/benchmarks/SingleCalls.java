package org.parley.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What single calls cost and allocate, by JMH. */
final class SingleCalls implements Line {

    private static final String ID = "calls";
    /** Single calls, each in a JVM of its own. */
    private static final int CALLS = 5;

    private static final int WARM_UPS = 3;
    private static final Duration START = Duration.ofSeconds(2);
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public List<String> ids() {
        return List.of(ID);
    }

    @Override
    public Duration longest(Course course) {
        return START.plus(course.round().multipliedBy(WARM_UPS + course.rounds()))
                .multipliedBy(CALLS);
    }

    @Override
    public List<Figure> run(Course course) throws Exception {
        TimeValue round = TimeValue.milliseconds(course.round().toMillis());
        List<Figure> figures = new ArrayList<>();
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(Calls.class.getName())
                        .param("folder", course.folder().toString())
                        // a round that only proves that it works isn't worth a JVM for each call
                        .forks(course.rounds() == 1 ? 0 : 1)
                        .warmupIterations(Math.min(WARM_UPS, course.rounds()))
                        .warmupTime(round)
                        .measurementIterations(course.rounds())
                        .measurementTime(round)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run()) {
            figures.add(figure(result));
        }
        return figures;
    }

    private static Figure figure(RunResult result) {
        return new Figure(ID, result.getPrimaryResult().getLabel(), 1, Contender.PARLEY)
                .with("us_per_call", result.getPrimaryResult().getScore())
                .with(
                        "allocated_bytes",
                        result.getSecondaryResults().get(ALLOCATED).getScore());
    }
}
