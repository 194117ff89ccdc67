package org.parley.tests.ladder.app;

import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.tests.Until;

/**
 * What the rungs work with.
 *
 * @param transaction the caller's
 * @param parley both faces of one broker database: this one for messages
 * @param tables this one for tables
 * @param second another resource
 */
record Ladder(UserTransaction transaction, BrokerConnectionFactory parley, DataSource tables, DataSource second) {

    /** Longest wait for anything. */
    static final Duration LONGEST = Duration.ofSeconds(20);

    Exchange exchange() {
        return new Exchange(transaction, parley);
    }

    /** What has been written beside the queues. */
    List<String> rows(String writer) throws SQLException {
        return rows(tables, writer);
    }

    /** What has been written in one of the databases. */
    static List<String> rows(DataSource database, String writer) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Ledger.of(connection, writer);
        }
    }

    /** Writes in one of the databases. */
    static void write(DataSource database, String writer, String text) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Ledger.write(connection, writer, text);
        }
    }

    /** How many answers wait for the caller. */
    long waiting(UUID handle) {
        try (BrokerConnection connection = parley.getConnection()) {
            return connection.endpoints().stream()
                    .filter(endpoint -> endpoint.handle().equals(handle))
                    .findFirst()
                    .orElseThrow()
                    .waitingMessages();
        }
    }

    /** Waits until no bean is at work. */
    static void becomesQuiet() {
        Until.holds(
                () -> "nobody reads: " + Sight.activations(),
                LONGEST,
                () -> Sight.activations().values().stream().allMatch(state -> state.startsWith("ACTIVE, 0 readers")));
    }
}
