package org.parley.testkit.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.parley.spi.FaultInjection;

/**
 * One fault point and what happens there.
 *
 * @param point name of the point
 * @param area part of the way that it belongs to
 * @param action what happens: throw, hang or halt
 */
public record FaultCase(String point, String area, String action) {

    private static final String RECOVERY = "RECOVERY";

    /** All cases: each point three times. */
    public static List<FaultCase> all() {
        List<FaultCase> cases = new ArrayList<>();
        for (FaultInjection.Point point : Faults.points()) {
            for (Faults.Action action : Faults.Action.values()) {
                cases.add(
                        new FaultCase(point.name(), point.area(), action.name().toLowerCase(Locale.ROOT)));
            }
        }
        return cases;
    }

    /** So many cases drawn from a seed, as evenly as it goes from the three actions. */
    public static List<FaultCase> some(int count, long seed) {
        List<FaultCase> cases = new ArrayList<>();
        Random random = new Random(seed);
        for (Faults.Action action : Faults.Action.values()) {
            List<FaultCase> each = new ArrayList<>(
                    all().stream().filter(one -> one.happens() == action).toList());
            Collections.shuffle(each, random);
            cases.addAll(each.subList(0, Math.min(each.size(), count / Faults.Action.values().length)));
        }
        return cases;
    }

    Faults.Action happens() {
        return Faults.Action.valueOf(action.toUpperCase(Locale.ROOT));
    }

    /** Whether it is reached only when a database is opened anew, with a branch in doubt. */
    boolean needsReopening() {
        return area.equals(RECOVERY) || point.equals("NUMBERS_RESERVED");
    }

    /** Whether the branch in doubt has to be rolled back. */
    boolean needsRefusal() {
        return point.startsWith("IN_DOUBT_ROLL");
    }

    /** Whether only the transaction manager's recovery comes there. */
    boolean needsRecovery() {
        return point.equals("IN_DOUBT_LISTED");
    }

    /**
     * How a case went.
     *
     * @param faults what was wrong afterwards; empty when nothing was
     * @param passes passes of recovery that were needed
     * @param failures steps of the application that failed
     * @param took from the beginning to the last comparison
     */
    public record Result(List<String> faults, int passes, long failures, Duration took) {}

    @Override
    public String toString() {
        return point + " " + action;
    }
}
