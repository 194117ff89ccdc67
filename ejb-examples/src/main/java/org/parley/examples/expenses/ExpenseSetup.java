package org.parley.examples.expenses;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;

/**
 * Defines the services and creates the tables when the application starts. Both can be repeated, so there is nothing to
 * run by hand before the first start, nor before any later one. Without a transaction: definitions have one of their
 * own, and each statement that creates a table should be done for good before the next.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class ExpenseSetup {

    /** Derby's SQL states for a schema, and for a table or an index, that is there. */
    private static final Set<String> EXISTS = Set.of("X0Y68", "X0Y32");

    @Inject
    private BrokerConnectionFactory parley;

    @Resource(name = "eis/parleyData")
    private DataSource data;

    @PostConstruct
    void prepare() {
        try {
            createTables();
            defineServices();
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("The expense application can't be prepared: " + e.getMessage(), e);
        }
    }

    private void createTables() throws SQLException, IOException {
        try (Connection connection = data.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : script("tables.sql").split(";")) {
                if (!sql.isBlank()) {
                    createUnlessThere(statement, sql);
                }
            }
        }
    }

    private static void createUnlessThere(Statement statement, String sql) throws SQLException {
        try {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            if (!EXISTS.contains(e.getSQLState())) {
                throw e;
            }
        }
    }

    private void defineServices() throws IOException {
        try (BrokerConnection connection = parley.getConnection()) {
            connection.catalog().define(script("services.sql"));
        }
    }

    private static String script(String name) throws IOException {
        try (InputStream in = ExpenseSetup.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
