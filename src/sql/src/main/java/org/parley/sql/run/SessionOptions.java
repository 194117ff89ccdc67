package org.parley.sql.run;

import java.util.Map;
import java.util.Set;
import org.parley.sql.ScriptError;
import org.parley.sql.table.Isolation;

/**
 * What SET has set.
 *
 * @param noCount whether counts of rows aren't reported
 * @param xactAbort whether every error rolls the transaction back and ends the batch
 * @param isolation which locks a SELECT takes
 */
record SessionOptions(boolean noCount, boolean xactAbort, Isolation isolation) {

    static final SessionOptions DEFAULT = new SessionOptions(false, false, Isolation.READ_COMMITTED);

    private static final int UNKNOWN = 195;
    private static final int NO_SNAPSHOT = 3952;
    private static final String ISOLATION = "TRANSACTION ISOLATION LEVEL";
    private static final String ON = "ON";
    private static final String OFF = "OFF";

    /** The only value each of these can have here; it is what Transact-SQL recommends, or what changes nothing. */
    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("QUOTED_IDENTIFIER", ON),
            Map.entry("ANSI_NULLS", ON),
            Map.entry("ANSI_PADDING", ON),
            Map.entry("ANSI_WARNINGS", ON),
            Map.entry("ANSI_NULL_DFLT_ON", ON),
            Map.entry("ANSI_DEFAULTS", ON),
            Map.entry("ARITHABORT", ON),
            Map.entry("CONCAT_NULL_YIELDS_NULL", ON),
            Map.entry("ANSI_NULL_DFLT_OFF", OFF),
            Map.entry("ARITHIGNORE", OFF),
            Map.entry("NUMERIC_ROUNDABORT", OFF),
            Map.entry("CURSOR_CLOSE_ON_COMMIT", OFF),
            Map.entry("IMPLICIT_TRANSACTIONS", OFF),
            Map.entry("REMOTE_PROC_TRANSACTIONS", OFF),
            Map.entry("FMTONLY", OFF),
            Map.entry("NOEXEC", OFF),
            Map.entry("PARSEONLY", OFF),
            Map.entry("SHOWPLAN_ALL", OFF),
            Map.entry("SHOWPLAN_TEXT", OFF),
            Map.entry("SHOWPLAN_XML", OFF),
            Map.entry("STATISTICS IO", OFF),
            Map.entry("STATISTICS TIME", OFF),
            Map.entry("STATISTICS XML", OFF),
            Map.entry("STATISTICS PROFILE", OFF),
            Map.entry("ROWCOUNT", "0"),
            Map.entry("LOCK_TIMEOUT", "-1"),
            Map.entry("DEADLOCK_PRIORITY", "NORMAL"),
            Map.entry("QUERY_GOVERNOR_COST_LIMIT", "0"),
            Map.entry("TEXTSIZE", "2147483647"),
            Map.entry("LANGUAGE", "US_ENGLISH"),
            Map.entry("DATEFORMAT", "MDY"),
            Map.entry("DATEFIRST", "7"));

    /** These may ask for what isn't to be had, and only hear so: it changes no result, only how long something waits or takes. */
    private static final Set<String> HARMLESS = Set.of(
            "LOCK_TIMEOUT",
            "DEADLOCK_PRIORITY",
            "QUERY_GOVERNOR_COST_LIMIT",
            "TEXTSIZE",
            "STATISTICS IO",
            "STATISTICS TIME",
            "STATISTICS XML",
            "STATISTICS PROFILE",
            "REMOTE_PROC_TRANSACTIONS",
            "CURSOR_CLOSE_ON_COMMIT",
            "ARITHABORT",
            "ANSI_NULL_DFLT_ON",
            "ANSI_NULL_DFLT_OFF");

    /**
     * With one option set.
     *
     * @throws ScriptError 195 for one that doesn't exist, or that can't have the value; 3952 for SNAPSHOT
     */
    SessionOptions with(String option, String value) {
        switch (option) {
            case "NOCOUNT" -> {
                return new SessionOptions(isOn(option, value), xactAbort, isolation);
            }
            case "XACT_ABORT" -> {
                return new SessionOptions(noCount, isOn(option, value), isolation);
            }
            case ISOLATION -> {
                return new SessionOptions(noCount, xactAbort, level(value));
            }
            default -> {
                check(option, value);
                return this;
            }
        }
    }

    /** What is said of an option that has been taken and has no effect; null for one that has. */
    static String remark(String option, String value) {
        return HARMLESS.contains(option) && !FIXED.get(option).equals(value)
                ? "SET " + option + " " + value + " has no effect here; it stays " + FIXED.get(option) + "."
                : null;
    }

    private static boolean isOn(String option, String value) {
        if (!ON.equals(value) && !OFF.equals(value)) {
            throw new ScriptError(UNKNOWN, "SET " + option + " takes ON or OFF, not " + value + ".");
        }
        return ON.equals(value);
    }

    private static Isolation level(String value) {
        if (value.equals("SNAPSHOT")) {
            throw new ScriptError(
                    NO_SNAPSHOT,
                    "SET " + ISOLATION
                            + " SNAPSHOT isn't to be had: the store keeps no older versions of rows; allowed are READ"
                            + " UNCOMMITTED, READ COMMITTED, REPEATABLE READ and SERIALIZABLE.");
        }
        return Isolation.valueOf(value.replace(' ', '_'));
    }

    private static void check(String option, String value) {
        String fixed = FIXED.get(option);
        if (fixed == null) {
            throw new ScriptError(UNKNOWN, "'" + option + "' is no option of SET that is known here.");
        }
        if (!HARMLESS.contains(option) && !fixed.equals(value)) {
            throw new ScriptError(UNKNOWN, "SET " + option + " can only be " + fixed + " here, not " + value + ".");
        }
    }
}
