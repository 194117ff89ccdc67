package org.parley.engine.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parley.testkit.crash.FaultCase;
import org.parley.testkit.crash.FaultTrials;

/**
 * Whatever fails at whichever point, nothing is lost, doubled or reordered, both resources agree, and nothing stays in doubt.
 * A build runs those that have failed once, and others drawn from the id of the commit; {@code -Dparley.faults=all} runs every
 * case; names of points, of areas and of actions run theirs.
 */
class FaultPointsTest {

    private static final int SOME = 60;
    private static final int ROUNDS = 5;

    /** While these are reached, the others are, too. */
    private static final Set<String> RARE =
            Set.of("PAIR_STORED", "OPEN_HELD", "IN_DOUBT_LISTED", "IN_DOUBT_COMMITTED", "IN_DOUBT_ROLLED_BACK");

    /** What has failed once is tried each time. */
    private static final List<FaultCase> FOUND = List.of(
            new FaultCase("PREPARED_COMMITTED", "PREPARE", "throw"),
            new FaultCase("TIMER_STORED", "TIMERS", "throw"),
            new FaultCase("ARRIVE_STORED", "TRANSMIT", "throw"),
            new FaultCase("ACK_PLANNED", "ACKNOWLEDGE", "throw"),
            new FaultCase("OPEN_LOADED", "RECOVERY", "hang"),
            new FaultCase("IN_DOUBT_LISTED", "RECOVERY", "hang"),
            new FaultCase("IN_DOUBT_COMMITTED", "RECOVERY", "throw"));

    private static FaultTrials trials;

    @BeforeAll
    static void open(@TempDir Path directory) {
        trials = new FaultTrials(directory);
    }

    @AfterAll
    static void close() throws IOException {
        trials.close();
    }

    static Stream<FaultCase> cases() {
        String wanted = System.getProperty("parley.faults", String.valueOf(SOME));
        if (wanted.matches("\\d+")) {
            return Stream.concat(FOUND.stream(), FaultCase.some(Integer.parseInt(wanted), Commit.seed()).stream())
                    .distinct();
        }
        Set<String> names = Set.of(wanted.split(","));
        return FaultCase.all().stream()
                .filter(each -> names.contains("all")
                        || names.contains(each.point())
                        || names.contains(each.area())
                        || names.contains(each.action()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nothingIsLost(FaultCase trial) throws Exception {
        FaultCase.Result result = trials.run(trial, Commit.seed());
        System.out.printf(
                "%-28s %-6s %5d ms  %d passes  %d failures%n",
                trial.point(), trial.action(), result.took().toMillis(), result.passes(), result.failures());
        assertThat(result.faults()).isEmpty();
    }

    /** A point that the application never comes to proves nothing. */
    @Test
    void everyPointIsReached() throws Exception {
        List<FaultCase> rare = FaultCase.all().stream()
                .filter(each -> RARE.contains(each.point()) && each.action().equals("hang"))
                .toList();
        for (int round = 0; round < ROUNDS && !unreached().isEmpty(); round++) {
            for (FaultCase trial : rare) {
                assertThat(trials.run(trial, Commit.seed() + round).faults()).isEmpty();
            }
        }
        assertThat(unreached()).isEmpty();
    }

    private static Set<String> unreached() {
        Set<String> points =
                FaultCase.all().stream().map(FaultCase::point).collect(Collectors.toCollection(TreeSet::new));
        points.removeAll(trials.reached().keySet());
        return points;
    }
}
