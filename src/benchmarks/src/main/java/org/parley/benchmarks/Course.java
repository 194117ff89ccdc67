package org.parley.benchmarks;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How long and where to measure.
 *
 * @param folder an empty folder on the disk to be measured
 * @param rounds rounds of each contender
 * @param round length of a round
 * @param warmUp length of each contender's first round, which doesn't count
 * @param samples messages of a line that counts instead of timing
 * @param idle how long to look at one that does nothing
 */
record Course(Path folder, int rounds, Duration round, Duration warmUp, int samples, Duration idle) {

    /** The whole course: enough for medians that hold. */
    static Course full(Path folder) {
        return new Course(folder, 11, Duration.ofSeconds(2), Duration.ofSeconds(10), 3000, Duration.ofSeconds(20));
    }

    /** One tiny round: that it works, not how fast. */
    static Course tiny(Path folder) {
        return new Course(folder, 1, Duration.ofMillis(200), Duration.ofMillis(200), 50, Duration.ofSeconds(1));
    }

    Course in(String name) {
        return new Course(folder.resolve(name), rounds, round, warmUp, samples, idle);
    }
}
