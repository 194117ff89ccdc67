package org.parley.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.sql.XAConnection;
import org.apache.derby.jdbc.EmbeddedDriver;
import org.apache.derby.jdbc.EmbeddedXADataSource;

/** A Derby database with the tables, page sizes and properties that Parley's databases have, and nothing of Parley. */
final class DerbyDatabase implements Contender.Equipment {

    private static final String SCHEMA = "/org/parley/engine/store/derby/schema/0001-first.sql";

    private final Path database;
    private final Connection own;
    private final List<Connection> connections = new ArrayList<>();
    private final List<XAConnection> xaConnections = new ArrayList<>();

    private DerbyDatabase(Path database, Connection own) {
        this.database = database;
        this.own = own;
    }

    /** One that is there, with all that is in it. */
    static DerbyDatabase existing(Path database) throws SQLException {
        return new DerbyDatabase(database, connectTo(database));
    }

    /** A new one. */
    DerbyDatabase(Path database) throws SQLException, IOException {
        this(database, connect(database, "create"));
        try (Statement statement = own.createStatement()) {
            for (String each : schema()) {
                statement.execute(each);
            }
        }
        own.commit();
    }

    private static String[] schema() throws IOException {
        try (InputStream script = DerbyDatabase.class.getResourceAsStream(SCHEMA)) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.strip().startsWith("--"))
                    .collect(Collectors.joining("\n"))
                    .strip()
                    .split(";\\s*(\\n|$)");
        }
    }

    private static Connection connect(Path database, String attribute) throws SQLException {
        Properties attributes = new Properties();
        attributes.setProperty("databaseName", database.toAbsolutePath().toString());
        if (attribute != null) {
            attributes.setProperty(attribute, "true");
        }
        Connection connection = new EmbeddedDriver().connect("jdbc:derby:", attributes);
        connection.setAutoCommit(false);
        return connection;
    }

    /** A connection without autocommit to any database. */
    static Connection connectTo(Path database) throws SQLException {
        return connect(database, null);
    }

    /** Tables and indexes of any database, by the numbers that its log has for them. */
    static Map<Long, String> containers(Path database) throws SQLException {
        Map<Long, String> names = new HashMap<>();
        try (Connection connection = connectTo(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CONGLOMERATENUMBER, ISINDEX, TABLENAME"
                        + " FROM SYS.SYSCONGLOMERATES JOIN SYS.SYSTABLES USING (TABLEID)")) {
            while (row.next()) {
                names.put(row.getLong(1), (row.getBoolean(2) ? "index of " : "") + row.getString(3));
            }
            connection.commit();
        }
        return names;
    }

    /** A connection without autocommit, closed with the database. */
    Connection connect() throws SQLException {
        Connection connection = connectTo(database);
        connections.add(connection);
        return connection;
    }

    /** A connection for global transactions, closed with the database. */
    XAConnection connectXa() throws SQLException {
        EmbeddedXADataSource source = new EmbeddedXADataSource();
        source.setDatabaseName(database.toAbsolutePath().toString());
        XAConnection connection = source.getXAConnection();
        xaConnections.add(connection);
        return connection;
    }

    @Override
    public void check(List<String> emptied) throws SQLException, IOException {
        try (Statement statement = own.createStatement()) {
            for (String table : emptied) {
                Rows.requireNone(Rows.count(statement, table), table);
            }
            LogForce.requireOn(database, LogForce.durability(statement));
        }
        own.commit();
    }

    @Override
    public void close() throws SQLException {
        for (XAConnection connection : xaConnections) {
            connection.close();
        }
        for (Connection connection : connections) {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.close();
            }
        }
        own.rollback();
        own.close();
        try {
            connect(database, "shutdown");
        } catch (SQLException e) {
            if (!"08006".equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
