package org.parley.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.derby.jdbc.EmbeddedDriver;

/**
 * The limit: JDBC on Derby as one would write it by hand for this work alone, with the columns, bounds and commits that
 * Parley has, and nothing that a dialog needs beside its messages.
 */
final class DerbyContender implements Contender {

    /** Properties, page sizes and columns that Parley's databases have. */
    private static final String SCHEMA = """
            CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.locks.escalationThreshold', '2147483647');
            CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.indexStats.auto', 'false');
            CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.checkpointInterval', '33554432');
            CREATE TABLE ENDPOINTS (
                ID BIGINT NOT NULL CONSTRAINT ENDPOINTS_KEY PRIMARY KEY,
                HANDLE CHAR(16) FOR BIT DATA NOT NULL,
                CONVERSATION CHAR(16) FOR BIT DATA NOT NULL,
                SERVICE INT NOT NULL,
                CONTRACT INT NOT NULL,
                CONVERSATION_GROUP CHAR(16) FOR BIT DATA NOT NULL,
                FAR_SERVICE VARCHAR(256) NOT NULL,
                PRIORITY SMALLINT NOT NULL,
                LIFETIME BIGINT NOT NULL,
                STAGE CHAR(1) NOT NULL,
                RECEIVED BIGINT NOT NULL
            );
            CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.pageSize', '4096');
            CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.pageReservedSpace', '0');
            CREATE TABLE MESSAGES (
                ENDPOINT BIGINT NOT NULL,
                POSITION BIGINT NOT NULL,
                MESSAGE_TYPE INT NOT NULL,
                SEQUENCE BIGINT NOT NULL,
                QUEUING_ORDER BIGINT NOT NULL,
                ENQUEUED BIGINT NOT NULL,
                BODY_LENGTH INT NOT NULL,
                BODY VARCHAR(32672) FOR BIT DATA
            );
            CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.pageSize', NULL);
            CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.pageReservedSpace', NULL);
            ALTER TABLE MESSAGES ADD CONSTRAINT MESSAGES_KEY PRIMARY KEY (ENDPOINT, POSITION)
            """;

    private static final String INSERT = "INSERT INTO MESSAGES VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String READ = """
            SELECT POSITION, MESSAGE_TYPE, SEQUENCE, QUEUING_ORDER, ENQUEUED, BODY_LENGTH, BODY FROM MESSAGES\
             --DERBY-PROPERTIES constraint=MESSAGES_KEY
            WHERE ENDPOINT = ? AND POSITION BETWEEN ? AND ? ORDER BY POSITION""";
    private static final String DELETE = "DELETE FROM MESSAGES WHERE ENDPOINT = ? AND POSITION BETWEEN ? AND ?";

    private static final String INSERT_ENDPOINT =
            "INSERT INTO ENDPOINTS VALUES (?, X'%1$s', X'%1$s', 1, 1, X'%1$s', '//parley.org/benchmarks/Sender', 5, 0, 'O', 0)"
                    .formatted("00112233445566778899aabbccddeeff");
    private static final String UPDATE_ENDPOINT = "UPDATE ENDPOINTS SET STAGE = ?, RECEIVED = ? WHERE ID = ?";

    private final String name;
    private final boolean endpointRow;
    private final Path database;
    private final Connection own;
    private final List<Connection> connections = new ArrayList<>();

    private DerbyContender(Path folder, String name, boolean endpointRow) throws SQLException {
        this.name = name;
        this.endpointRow = endpointRow;
        database = folder.resolve(name).toAbsolutePath();
        own = connect("create");
        try (Statement statement = own.createStatement()) {
            for (String each : SCHEMA.split(";\\s*\\n")) {
                statement.execute(each);
            }
        }
        own.commit();
    }

    /** The limit. */
    static DerbyContender messagesAlone(Path folder) throws SQLException {
        return new DerbyContender(folder, "derby", false);
    }

    /**
     * Beside it, what a dialog adds at the least: how far an endpoint has received is kept in a row, and changes with
     * each receive. Without it numbers would begin anew when an empty queue is opened.
     */
    static DerbyContender withEndpointRow(Path folder) throws SQLException {
        return new DerbyContender(folder, "derby+endpoint", true);
    }

    private Connection connect(String attribute) throws SQLException {
        Properties attributes = new Properties();
        attributes.setProperty("databaseName", database.toString());
        if (attribute != null) {
            attributes.setProperty(attribute, "true");
        }
        Connection connection = new EmbeddedDriver().connect("jdbc:derby:", attributes);
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Work work(int thread) throws SQLException {
        Connection connection = connect(null);
        connections.add(connection);
        try (PreparedStatement insert = connection.prepareStatement(INSERT_ENDPOINT)) {
            insert.setLong(1, thread);
            insert.executeUpdate();
        }
        connection.commit();
        return new Messages(connection, thread, endpointRow);
    }

    @Override
    public void check() throws Exception {
        try (Statement statement = own.createStatement()) {
            requireEmpty(statement, "MESSAGES");
            LogForce.requireOn(database, LogForce.durability(statement));
        }
        own.commit();
    }

    static void requireEmpty(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table + " WITH UR")) {
            row.next();
            if (row.getLong(1) != 0) {
                throw new IllegalStateException(row.getLong(1) + " rows were left in " + table + ".");
            }
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.rollback();
            connection.close();
        }
        own.rollback();
        own.close();
        try {
            connect("shutdown");
        } catch (SQLException e) {
            if (!"08006".equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    /** Insert, commit; range read and delete, commit. */
    private static final class Messages implements Work {

        private final Connection connection;
        private final PreparedStatement insert;
        private final PreparedStatement read;
        private final PreparedStatement delete;
        private final PreparedStatement update;
        private final long endpoint;
        private final byte[] body = Bodies.fresh();
        private long position;

        Messages(Connection connection, int thread, boolean endpointRow) throws SQLException {
            this.connection = connection;
            this.endpoint = thread;
            insert = connection.prepareStatement(INSERT);
            read = connection.prepareStatement(READ);
            delete = connection.prepareStatement(DELETE);
            update = endpointRow ? connection.prepareStatement(UPDATE_ENDPOINT) : null;
        }

        @Override
        public void put() throws SQLException {
            insert();
            connection.commit();
        }

        @Override
        public void take() throws SQLException {
            read();
            delete();
            if (update != null) {
                update();
            }
            connection.commit();
            position++;
        }

        private void insert() throws SQLException {
            insert.setLong(1, endpoint);
            insert.setLong(2, position);
            insert.setInt(3, 1);
            insert.setLong(4, position);
            insert.setLong(5, position);
            insert.setLong(6, System.nanoTime());
            insert.setInt(7, body.length);
            insert.setBytes(8, body);
            insert.executeUpdate();
        }

        private void read() throws SQLException {
            read.setLong(1, endpoint);
            read.setLong(2, position);
            read.setLong(3, position);
            try (ResultSet row = read.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("Message " + position + " is missing.");
                }
                Bodies.require(position, row.getLong(3), row.getBytes(7));
                row.getInt(2);
                row.getLong(4);
                row.getLong(5);
            }
        }

        private void delete() throws SQLException {
            delete.setLong(1, endpoint);
            delete.setLong(2, position);
            delete.setLong(3, position);
            if (delete.executeUpdate() != 1) {
                throw new IllegalStateException("Message " + position + " was not deleted.");
            }
        }

        private void update() throws SQLException {
            update.setString(1, "O");
            update.setLong(2, position + 1);
            update.setLong(3, endpoint);
            if (update.executeUpdate() != 1) {
                throw new IllegalStateException("Endpoint " + endpoint + " was not updated.");
            }
        }
    }
}
