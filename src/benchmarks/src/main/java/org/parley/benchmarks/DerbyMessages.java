package org.parley.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the limit does with its tables, on one connection: the rows and bounds that Parley has, each statement prepared
 * once, and no states, no locks but Derby's, no definitions.
 */
final class DerbyMessages {

    static final String MESSAGES = "PARLEY_STORE.MESSAGES";
    static final String BODIES = "PARLEY_STORE.BODIES";
    static final String ENDPOINTS = "PARLEY_STORE.ENDPOINTS";
    static final String TRANSITS = "PARLEY_STORE.TRANSITS";

    /** Bodies above it lie in a table of their own. */
    private static final int LONGEST_BESIDE = 32_672;

    /** Messages whose keys lie together. */
    private static final int BLOCK = 256;

    private static final String ID = "X'00112233445566778899aabbccddeeff'";
    private static final String OF_RANGE = " WHERE SCATTER = ? AND ENDPOINT = ? AND POSITION BETWEEN ? AND ?";

    private final PreparedStatement insert;
    private final PreparedStatement insertBody;
    private final PreparedStatement read;
    private final PreparedStatement readBody;
    private final PreparedStatement delete;
    private final PreparedStatement deleteBodies;
    private final PreparedStatement insertEndpoint;
    private final PreparedStatement updateEndpoint;
    private final PreparedStatement deleteEndpoint;
    private final PreparedStatement insertTransit;
    private final PreparedStatement updateTransit;

    DerbyMessages(Connection connection) throws SQLException {
        insert = connection.prepareStatement("INSERT INTO " + MESSAGES + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        insertBody = connection.prepareStatement("INSERT INTO " + BODIES + " VALUES (?, ?, ?, ?)");
        read = connection.prepareStatement(
                "SELECT POSITION, MESSAGE_TYPE, SEQUENCE, QUEUING_ORDER, ENQUEUED, BODY_LENGTH, BODY FROM " + MESSAGES
                        + " --DERBY-PROPERTIES constraint=MESSAGES_KEY\n" + OF_RANGE + " ORDER BY POSITION");
        readBody = connection.prepareStatement(
                "SELECT BODY FROM " + BODIES + " --DERBY-PROPERTIES constraint=BODIES_KEY\n" + OF_RANGE);
        delete = connection.prepareStatement("DELETE FROM " + MESSAGES + OF_RANGE);
        deleteBodies = connection.prepareStatement("DELETE FROM " + BODIES + OF_RANGE);
        insertEndpoint = connection.prepareStatement("INSERT INTO " + ENDPOINTS + " VALUES (?, ?, " + ID + ", " + ID
                + ", 1, 1, " + ID + ", '//parley.org/benchmarks/Sender', NULL, FALSE, 5, 0, 'O', 0)");
        updateEndpoint = connection.prepareStatement(
                "UPDATE " + ENDPOINTS + " SET STAGE = ?, RECEIVED = ? WHERE SCATTER = ? AND ID = ?");
        deleteEndpoint = connection.prepareStatement("DELETE FROM " + ENDPOINTS + " WHERE SCATTER = ? AND ID = ?");
        insertTransit = connection.prepareStatement(
                "INSERT INTO " + TRANSITS + " VALUES (?, ?, " + ID + ", 0, 9223372036854775807, 9223372036854775807)");
        updateTransit = connection.prepareStatement("UPDATE " + TRANSITS + " SET FAR_BROKER = " + ID
                + ", ACKNOWLEDGED = ?, END_POSITION = 9223372036854775807, GUARD_ENDS = 9223372036854775807"
                + " WHERE SCATTER = ? AND ENDPOINT = ?");
    }

    private static int scatter(long endpoint, long position) {
        return Objects.hash(endpoint, position / BLOCK) * 0x9E3779B9;
    }

    void insert(long endpoint, long position, byte[] body) throws SQLException {
        insert.setInt(1, scatter(endpoint, position));
        insert.setLong(2, endpoint);
        insert.setLong(3, position);
        insert.setInt(4, 1);
        insert.setLong(5, position);
        insert.setLong(6, position);
        insert.setLong(7, System.nanoTime());
        insert.setInt(8, body.length);
        insert.setBytes(9, body.length > LONGEST_BESIDE ? null : body);
        insert.executeUpdate();
        if (body.length > LONGEST_BESIDE) {
            bindRow(insertBody, endpoint, position);
            insertBody.setBytes(4, body);
            insertBody.executeUpdate();
            insertBody.clearParameters();
        }
    }

    /** The bodies of a range, read as it lies. */
    List<byte[]> read(long endpoint, long from, long to) throws SQLException {
        List<byte[]> bodies = new ArrayList<>();
        for (long start = from; start <= to; start = endOfBlock(start, to) + 1) {
            bindRange(read, endpoint, start, endOfBlock(start, to));
            try (ResultSet row = read.executeQuery()) {
                while (row.next()) {
                    row.getInt(2);
                    row.getLong(3);
                    row.getLong(4);
                    row.getLong(5);
                    byte[] beside = row.getBytes(7);
                    bodies.add(row.getInt(6) > LONGEST_BESIDE ? readBody(endpoint, row.getLong(1)) : beside);
                }
            }
        }
        return bodies;
    }

    private byte[] readBody(long endpoint, long position) throws SQLException {
        bindRange(readBody, endpoint, position, position);
        try (ResultSet row = readBody.executeQuery()) {
            row.next();
            return row.getBytes(1);
        }
    }

    void delete(long endpoint, long from, long to) throws SQLException {
        delete(delete, endpoint, from, to);
    }

    private static void delete(PreparedStatement statement, long endpoint, long from, long to) throws SQLException {
        long deleted = 0;
        for (long start = from; start <= to; start = endOfBlock(start, to) + 1) {
            bindRange(statement, endpoint, start, endOfBlock(start, to));
            deleted += statement.executeUpdate();
        }
        Bodies.requireCount(to - from + 1, deleted);
    }

    /** What a RECEIVE does: reads a range, deletes it, and notes how far the endpoint has received. */
    List<byte[]> receive(long endpoint, long from, long to) throws SQLException {
        List<byte[]> bodies = read(endpoint, from, to);
        delete(endpoint, from, to);
        if (bodies.stream().anyMatch(body -> body.length > LONGEST_BESIDE)) {
            delete(deleteBodies, endpoint, from, to);
        }
        updateEndpoint(endpoint, "O", to + 1);
        return bodies;
    }

    void insertEndpoint(long endpoint) throws SQLException {
        bindRow(insertEndpoint, endpoint);
        insertEndpoint.executeUpdate();
    }

    void updateEndpoint(long endpoint, String stage, long received) throws SQLException {
        updateEndpoint.setString(1, stage);
        updateEndpoint.setLong(2, received);
        updateEndpoint.setInt(3, scatter(endpoint, 0));
        updateEndpoint.setLong(4, endpoint);
        Bodies.requireCount(1, updateEndpoint.executeUpdate());
    }

    void deleteEndpoint(long endpoint) throws SQLException {
        bindRow(deleteEndpoint, endpoint);
        Bodies.requireCount(1, deleteEndpoint.executeUpdate());
    }

    void insertTransit(long endpoint) throws SQLException {
        bindRow(insertTransit, endpoint);
        insertTransit.executeUpdate();
    }

    void updateTransit(long endpoint, long acknowledged) throws SQLException {
        updateTransit.setLong(1, acknowledged);
        updateTransit.setInt(2, scatter(endpoint, 0));
        updateTransit.setLong(3, endpoint);
        Bodies.requireCount(1, updateTransit.executeUpdate());
    }

    private static void bindRow(PreparedStatement statement, long endpoint) throws SQLException {
        statement.setInt(1, scatter(endpoint, 0));
        statement.setLong(2, endpoint);
    }

    private static void bindRow(PreparedStatement statement, long endpoint, long position) throws SQLException {
        statement.setInt(1, scatter(endpoint, position));
        statement.setLong(2, endpoint);
        statement.setLong(3, position);
    }

    private static void bindRange(PreparedStatement statement, long endpoint, long from, long to) throws SQLException {
        bindRow(statement, endpoint, from);
        statement.setLong(4, to);
    }

    private static long endOfBlock(long position, long to) {
        return Math.min(to, position / BLOCK * BLOCK + BLOCK - 1);
    }
}
