package org.parley.benchmarks;

import java.io.IOException;
import java.io.InputStream;
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

    /** Bytes of a piece of a body that lies apart. */
    private static final int PIECE = 1 << 18;

    /** Messages whose keys lie together. */
    private static final int BLOCK = 256;

    private static final String ID = "X'00112233445566778899aabbccddeeff'";
    private static final String OF_RANGE = " WHERE SCATTER = ? AND ENDPOINT = ? AND POSITION BETWEEN ? AND ?";

    private final PreparedStatement insert;
    private final PreparedStatement insertPiece;
    private final PreparedStatement read;
    private final PreparedStatement readPiece;
    private final PreparedStatement delete;
    private final PreparedStatement deleteBodies;
    private final PreparedStatement insertEndpoint;
    private final PreparedStatement updateEndpoint;
    private final PreparedStatement deleteEndpoint;
    private final PreparedStatement insertTransit;
    private final PreparedStatement updateTransit;

    DerbyMessages(Connection connection) throws SQLException {
        insert = connection.prepareStatement("INSERT INTO " + MESSAGES + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        insertPiece = connection.prepareStatement("INSERT INTO " + BODIES + " VALUES (?, ?, ?, ?, ?)");
        read = connection.prepareStatement(
                "SELECT POSITION, MESSAGE_TYPE, SEQUENCE, QUEUING_ORDER, ENQUEUED, BODY_LENGTH, BODY FROM " + MESSAGES
                        + " --DERBY-PROPERTIES constraint=MESSAGES_KEY\n" + OF_RANGE + " ORDER BY POSITION");
        readPiece =
                connection.prepareStatement("SELECT BODY FROM " + BODIES + " --DERBY-PROPERTIES constraint=BODIES_KEY\n"
                        + " WHERE SCATTER = ? AND ENDPOINT = ? AND POSITION = ? AND PIECE = ?");
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

    /** With a committed row of this endpoint, to receive its messages. */
    static DerbyMessages withEndpoint(Connection connection, long endpoint) throws SQLException {
        DerbyMessages messages = new DerbyMessages(connection);
        messages.insertEndpoint(endpoint);
        connection.commit();
        return messages;
    }

    private static int scatter(long endpoint, long position) {
        return Objects.hash(endpoint, position / BLOCK) * 0x9E3779B9;
    }

    void insert(long endpoint, long position, byte[] body) throws SQLException {
        insert(endpoint, position, body.length, body);
    }

    private void insert(long endpoint, long position, int length, byte[] beside) throws SQLException {
        bindRow(insert, endpoint, position);
        insert.setInt(4, 1);
        insert.setLong(5, position);
        insert.setLong(6, position);
        insert.setLong(7, System.nanoTime());
        insert.setInt(8, length);
        insert.setBytes(9, beside);
        insert.executeUpdate();
    }

    /** A body that lies apart, in pieces. */
    void insert(long endpoint, long position, int length, InputStream body) throws SQLException, IOException {
        byte[] piece = new byte[Math.min(length, PIECE)];
        int left = length;
        for (int number = 0; left > 0; number++) {
            piece = left < piece.length ? new byte[left] : piece;
            Bodies.requireCount(piece.length, body.readNBytes(piece, 0, piece.length));
            bindRow(insertPiece, endpoint, position);
            insertPiece.setInt(4, number);
            insertPiece.setBytes(5, piece);
            insertPiece.executeUpdate();
            insertPiece.clearParameters();
            left -= piece.length;
        }
        insert(endpoint, position, length, (byte[]) null);
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
                    row.getInt(6);
                    bodies.add(row.getBytes(7));
                }
            }
        }
        return bodies;
    }

    /** A RECEIVE of one message whose body lies apart. */
    void receive(long endpoint, long position, LongBodies.Check check) throws SQLException {
        Bodies.requireCount(1, read(endpoint, position, position).size());
        delete(endpoint, position, position);
        for (int number = 0; check.left() > 0; number++) {
            bindRow(readPiece, endpoint, position);
            readPiece.setInt(4, number);
            try (ResultSet row = readPiece.executeQuery()) {
                row.next();
                byte[] piece = row.getBytes(1);
                check.take(piece, piece.length);
            }
        }
        updateEndpoint(endpoint, "O", position + 1);
        bindRange(deleteBodies, endpoint, position, position);
        deleteBodies.executeUpdate();
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
