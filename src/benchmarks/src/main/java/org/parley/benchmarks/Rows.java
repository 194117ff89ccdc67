package org.parley.benchmarks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** What is left in tables. */
final class Rows {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

    private Rows() {}

    /** Counts the rows of a table. */
    @FunctionalInterface
    interface Counting {
        long rows(String table) throws Exception;
    }

    static long count(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table + " WITH UR")) {
            row.next();
            return row.getLong(1);
        }
    }

    static void requireNone(long rows, String table) {
        if (rows != 0) {
            throw new IllegalStateException(rows + " rows were left in " + table + ".");
        }
    }

    /** They must be gone soon: what ends and what was acknowledged is cleared away behind the application's back. */
    static void requireNoneSoon(String table, Counting counting) throws Exception {
        long begun = System.nanoTime();
        long rows = counting.rows(table);
        while (rows != 0 && System.nanoTime() - begun < PATIENCE_NANOS) {
            LockSupport.parkNanos(POLL_NANOS);
            rows = counting.rows(table);
        }
        requireNone(rows, table);
    }
}
