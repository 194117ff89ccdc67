package org.parley.benchmarks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.parley.benchmarks.Contender.Entrant;
import org.parley.benchmarks.Contender.Work;
import org.parley.benchmarks.Driver.Round;

/**
 * Contenders doing the same work in turn, round by round, in changing order. A ratio compares rounds that stood side by
 * side; what is shown is its median, so that a machine that gets slower in between doesn't favour anybody.
 *
 * @param id the line's id
 * @param title what they do
 * @param messages how many of them one operation is
 * @param threads numbers of threads to compare at
 * @param arriving whether other threads receive the messages: then their times are those at half load
 * @param entrants in the order in which they are opened: Parley first, whose engine owns the Derby that all share
 */
record Comparison(
        String id, String title, int messages, List<Integer> threads, boolean arriving, List<Entrant> entrants)
        implements Line {

    /** Name of the contender that is compared with one whose database is full. */
    static final String EMPTY = "empty";

    /** To open and close a contender. */
    private static final Duration OPENING = Duration.ofMillis(1400);

    /** After a round: its messages are taken, what it has done is checked, garbage is collected. */
    private static final Duration SETTLING = Duration.ofMillis(250);

    /** Time of the compilers for a second, from which on they have little left to do. */
    private static final double QUIET = 0.05;

    /** What the ratio to a contender is called. */
    private static final Map<String, String> RATIOS = new LinkedHashMap<>();

    static {
        RATIOS.put(Contender.DERBY, Figure.RATIO_TO_RAW);
        RATIOS.put(Contender.ARTEMIS, Figure.RATIO_TO_ARTEMIS);
        RATIOS.put(EMPTY, Figure.RATIO_TO_EMPTY);
    }

    /** Whose operations tell the times of their messages. */
    Comparison(String id, String title, int messages, List<Integer> threads, List<Entrant> entrants) {
        this(id, title, messages, threads, false, entrants);
    }

    /** A contender at the start, with its rounds so far, and the times of its messages at half load. */
    private record Runner(Contender contender, List<Work> works, List<Round> rounds, Histogram halfLoad) {

        Runner(Contender contender, List<Work> works) {
            this(contender, works, new ArrayList<>(), new Histogram(3));
        }

        List<Recorder> arrivals() {
            return works.stream().map(Work::arrivals).toList();
        }

        double perSecond() {
            return Spread.of(rounds.stream().map(Round::perSecond).toList()).median();
        }
    }

    @Override
    public List<String> ids() {
        return List.of(id);
    }

    @Override
    public Duration longest(Course course) {
        int races = threads.size() * (1 + course.rounds() * (arriving ? 2 : 1));
        return OPENING.plus(course.warmUp())
                .plus(course.round().plus(SETTLING).multipliedBy(races))
                .multipliedBy(entrants.size());
    }

    @Override
    public List<Figure> run(Course course) throws Exception {
        Deque<Contender> open = new ArrayDeque<>();
        try {
            Map<Contender, List<Work>> works = new HashMap<>();
            for (Entrant entrant : entrants) {
                Contender contender = entrant.open(course.folder());
                open.push(contender);
                works.put(contender, allWorks(contender));
            }
            List<Contender> inOrder = new ArrayList<>(open);
            Collections.reverse(inOrder);
            warmUp(
                    inOrder.stream()
                            .map(each -> new Runner(each, works.get(each)))
                            .toList(),
                    course);
            List<Figure> figures = new ArrayList<>();
            for (int number : threads) {
                List<Runner> runners = inOrder.stream()
                        .map(each -> new Runner(each, works.get(each).subList(0, number)))
                        .toList();
                figures.addAll(race(runners, course));
            }
            return figures;
        } finally {
            for (Contender contender : open) {
                contender.close();
            }
        }
    }

    private List<Work> allWorks(Contender contender) throws Exception {
        List<Work> works = new ArrayList<>();
        for (int thread = 0; thread < Collections.max(threads); thread++) {
            works.add(contender.work(thread));
        }
        return works;
    }

    private List<Figure> race(List<Runner> runners, Course course) throws Exception {
        for (Runner runner : runners) {
            round(runner, course.round());
        }
        for (int round = 0; round < course.rounds(); round++) {
            for (Runner runner : inTurn(runners, round)) {
                runner.rounds().add(round(runner, course.round()));
            }
        }
        for (int round = 0; arriving && round < course.rounds(); round++) {
            for (Runner runner : inTurn(runners, round)) {
                atHalfLoad(runner, course.round());
            }
        }
        return runners.stream().map(runner -> figure(runner, runners)).toList();
    }

    private static List<Runner> inTurn(List<Runner> runners, int round) {
        List<Runner> order = new ArrayList<>(runners);
        Collections.rotate(order, round);
        return order;
    }

    private static Round round(Runner runner, Duration length) throws Exception {
        // what the other one left to be collected is not this one's cost
        System.gc();
        Round round = Driver.closed(runner.works(), length);
        settle(runner);
        LogForce.requireFor(round, runner.contender().forces(), runner.works().size());
        return round;
    }

    /**
     * In turn, until the compilers are quiet or the time is over: what one contender loads makes them compile again what they
     * had made for another. All threads at once give them most to go by, also where the disk lets a single one wait.
     */
    private static void warmUp(List<Runner> runners, Course course) throws Exception {
        long end =
                System.nanoTime() + course.warmUp().multipliedBy(runners.size()).toNanos();
        long turn;
        double compiling;
        do {
            long begun = System.nanoTime();
            Duration compiled = Machine.compiled();
            for (Runner runner : runners) {
                Driver.closed(runner.works(), course.round());
                settle(runner);
            }
            turn = System.nanoTime() - begun;
            compiling = (double) Machine.compiled().minus(compiled).toNanos() / turn;
        } while (compiling > QUIET && System.nanoTime() + turn < end);
    }

    private static void atHalfLoad(Runner runner, Duration length) throws Exception {
        System.gc();
        runner.arrivals().forEach(Recorder::reset);
        Driver.paced(runner.works(), length, runner.perSecond() / 2);
        settle(runner);
        runner.arrivals().forEach(times -> runner.halfLoad().add(times.getIntervalHistogram()));
    }

    private static void settle(Runner runner) throws Exception {
        for (Work work : runner.works()) {
            work.settle();
        }
        runner.contender().check();
    }

    private Figure figure(Runner runner, List<Runner> all) {
        List<Round> rounds = runner.rounds();
        Spread speed = Spread.of(
                rounds.stream().map(round -> messages * round.perSecond()).toList());
        Spread cpu = Spread.of(rounds.stream()
                .map(round -> round.cpuNanos() / 1e3 / messages / round.operations())
                .toList());
        Figure figure = new Figure(
                        id, title, runner.works().size(), runner.contender().name())
                .with(Figure.PER_SECOND, speed.median());
        RATIOS.forEach((contender, name) -> all.stream()
                .filter(other -> other.contender().name().equals(contender))
                .forEach(other -> figure.with(name, ratio(runner, other))));
        figure.withTimes(arriving ? runner.halfLoad() : times(rounds))
                .with("ops_per_s_lowest", speed.lowest())
                .with("ops_per_s_highest", speed.highest())
                .with("cpu_us_per_op", cpu.median())
                .with("rounds", rounds.size());
        return rounds.get(0).written().known() ? withWritten(figure, rounds) : figure;
    }

    private static double ratio(Runner runner, Runner other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < runner.rounds().size(); i++) {
            ratios.add(
                    runner.rounds().get(i).perSecond() / other.rounds().get(i).perSecond());
        }
        return Spread.of(ratios).median();
    }

    private static Histogram times(List<Round> rounds) {
        Histogram all = new Histogram(3);
        rounds.forEach(round -> all.add(round.latency()));
        return all;
    }

    private Figure withWritten(Figure figure, List<Round> rounds) {
        double done =
                messages * (double) rounds.stream().mapToLong(Round::operations).sum();
        long calls = rounds.stream().mapToLong(round -> round.written().calls()).sum();
        long bytes = rounds.stream().mapToLong(round -> round.written().bytes()).sum();
        return figure.with("writes_per_op", calls / done).with("bytes_written_per_op", bytes / done);
    }
}
