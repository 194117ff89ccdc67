package org.parley.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.parley.benchmarks.ClosedLoop.Round;

/**
 * Contenders doing the same work in turn, round by round, in changing order. A ratio compares rounds that stood side by
 * side; what is shown is its median, so that a machine that gets slower in between doesn't favour anybody.
 *
 * @param id the line's id
 * @param title what they do
 * @param commits commits of one operation
 * @param threads numbers of threads to compare at
 * @param entrants in the order in which they are opened; the limit is called derby
 */
record Comparison(String id, String title, int commits, List<Integer> threads, List<Entrant> entrants) implements Line {

    private static final String LIMIT = "derby";

    /** Opens a contender. */
    @FunctionalInterface
    interface Entrant {

        /** Opens it in an empty folder. */
        Contender open(Path folder) throws Exception;
    }

    /** A contender at the start, with its rounds so far. */
    private record Runner(Contender contender, List<Contender.Work> parts, List<Round> rounds) {}

    @Override
    public List<Figure> run(Course course) throws Exception {
        Deque<Contender> open = new ArrayDeque<>();
        try {
            Map<Contender, List<Contender.Work>> parts = new HashMap<>();
            for (Entrant entrant : entrants) {
                Contender contender = entrant.open(course.folder());
                open.push(contender);
                parts.put(contender, allParts(contender));
            }
            List<Contender> inOrder = new ArrayList<>(open);
            Collections.reverse(inOrder);
            // all threads at once give the compiler most to go by, also where the disk lets a single one wait
            for (Contender contender : inOrder) {
                round(
                        new Runner(contender, parts.get(contender), List.of()),
                        course.warmUp(),
                        Collections.max(threads));
            }
            List<Figure> figures = new ArrayList<>();
            for (int number : threads) {
                List<Runner> runners = inOrder.stream()
                        .map(each -> new Runner(each, parts.get(each).subList(0, number), new ArrayList<>()))
                        .toList();
                figures.addAll(race(runners, course, number));
            }
            return figures;
        } finally {
            // the one opened first owns the Derby engine that all share
            for (Contender contender : open) {
                contender.close();
            }
        }
    }

    private List<Contender.Work> allParts(Contender contender) throws Exception {
        List<Contender.Work> parts = new ArrayList<>();
        for (int thread = 0; thread < Collections.max(threads); thread++) {
            parts.add(contender.work(thread));
        }
        return parts;
    }

    private List<Figure> race(List<Runner> runners, Course course, int number) throws Exception {
        for (Runner runner : runners) {
            round(runner, course.round(), number);
        }
        for (int round = 0; round < course.rounds(); round++) {
            List<Runner> order = new ArrayList<>(runners);
            Collections.rotate(order, round);
            for (Runner runner : order) {
                runner.rounds().add(round(runner, course.round(), number));
            }
        }
        Runner limit = runners.stream()
                .filter(runner -> runner.contender().name().equals(LIMIT))
                .findFirst()
                .orElseThrow();
        return runners.stream().map(runner -> figure(runner, limit, number)).toList();
    }

    private Round round(Runner runner, Duration length, int number) throws Exception {
        // what the other one left to be collected is not this one's cost
        System.gc();
        Round round = ClosedLoop.run(runner.parts(), length);
        runner.contender().check();
        LogForce.requireFor(round, commits, number);
        return round;
    }

    private Figure figure(Runner runner, Runner limit, int number) {
        List<Round> rounds = runner.rounds();
        Spread speed = Spread.of(rounds.stream().map(Round::perSecond).toList());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++) {
            ratios.add(rounds.get(i).perSecond() / limit.rounds().get(i).perSecond());
        }
        Spread ratio = Spread.of(ratios);
        Spread cpu = Spread.of(rounds.stream()
                .map(round -> round.cpuNanos() / 1e3 / round.operations())
                .toList());
        Histogram latency = new Histogram(3);
        rounds.forEach(round -> latency.add(round.latency()));
        Figure figure = new Figure(id, title, number, runner.contender().name())
                .with(Figure.PER_SECOND, speed.median())
                .with("ops_per_s_lowest", speed.lowest())
                .with("ops_per_s_highest", speed.highest())
                .with(Figure.RATIO, ratio.median())
                .with("ratio_to_raw_lowest", ratio.lowest())
                .with("ratio_to_raw_highest", ratio.highest())
                .with("cpu_us_per_op", cpu.median())
                .with(Figure.P50, latency.getValueAtPercentile(50) / 1e3)
                .with(Figure.P99, latency.getValueAtPercentile(99) / 1e3)
                .with(Figure.P999, latency.getValueAtPercentile(99.9) / 1e3)
                .with("rounds", rounds.size());
        return rounds.get(0).written().known() ? withWritten(figure, rounds) : figure;
    }

    private Figure withWritten(Figure figure, List<Round> rounds) {
        double done =
                commits * (double) rounds.stream().mapToLong(Round::operations).sum();
        long calls = rounds.stream().mapToLong(round -> round.written().calls()).sum();
        long bytes = rounds.stream().mapToLong(round -> round.written().bytes()).sum();
        return figure.with("forced_writes_per_commit", calls / done)
                .with("bytes_written_per_op", commits * bytes / done);
    }
}
