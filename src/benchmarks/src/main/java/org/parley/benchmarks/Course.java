package org.parley.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long, how much and where to measure.
 *
 * @param folder an empty folder on the disk to be measured
 * @param rounds rounds of each contender
 * @param round length of a round
 * @param warmUp most that each contender takes to get warm
 * @param idle how long to look at one that does nothing
 * @param divisor of a line's messages, dialogs, queues and timers only so small a part is made
 */
record Course(Path folder, int rounds, Duration round, Duration warmUp, Duration idle, int divisor) {

    /** The whole course: enough for medians that hold, and all lines end in time; {@link Line#longest} is the plan. */
    static Course full(Path folder) {
        return new Course(folder, 5, Duration.ofMillis(800), Duration.ofSeconds(5), Duration.ofSeconds(60), 1);
    }

    /** One tiny round: that it works, not how fast. */
    static Course tiny(Path folder) {
        return new Course(folder, 1, Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofSeconds(1), 1000);
    }

    /** In words that another JVM understands. */
    List<String> encoded() {
        return Stream.of(folder.toAbsolutePath(), rounds, round.toMillis(), warmUp.toMillis(), idle.toMillis(), divisor)
                .map(Object::toString)
                .toList();
    }

    static Course decoded(List<String> words) {
        return new Course(
                Path.of(words.get(0)),
                Integer.parseInt(words.get(1)),
                millis(words.get(2)),
                millis(words.get(3)),
                millis(words.get(4)),
                Integer.parseInt(words.get(5)));
    }

    private static Duration millis(String number) {
        return Duration.ofMillis(Long.parseLong(number));
    }

    /** Length of all rounds of a contender. */
    Duration allRounds() {
        return round.multipliedBy(rounds);
    }

    Course in(String name) {
        return new Course(folder.resolve(name), rounds, round, warmUp, idle, divisor);
    }

    /** With a longer time to get warm, for those who run through more code than others. */
    Course warmingUp(int times) {
        return new Course(folder, rounds, round, warmUp.multipliedBy(times), idle, divisor);
    }

    /** What this course makes of a number: all, or a part. */
    int part(int whole) {
        return Math.max(1, whole / divisor);
    }
}
