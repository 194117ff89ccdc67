package org.parley.engine.store.derby;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.parley.engine.store.Bodies;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Pieces;

/** Bodies that lie apart. A piece is one row, so that neither a writer nor a reader ever holds more of a body, nor a cursor. */
final class BodyTable {

    private final PhysicalConnection connection;
    private final AtomicBoolean largeBodies;

    BodyTable(PhysicalConnection connection, AtomicBoolean largeBodies) {
        this.connection = connection;
        this.largeBodies = largeBodies;
    }

    /** As a transaction has it. */
    static Bodies of(DerbyTransaction transaction, AtomicBoolean largeBodies) {
        return new Bodies() {
            @Override
            public void write(long endpoint, long position, int number, byte[] piece) {
                transaction.run("Inserting a piece of a body", c -> {
                    new BodyTable(c, largeBodies).insert(endpoint, position, number, piece);
                    return null;
                });
            }

            @Override
            public byte[] read(long endpoint, long position, int number) {
                return transaction.run(
                        "Reading a piece of a body",
                        c -> new BodyTable(c, largeBodies).read(Sql.READ_PIECE, endpoint, position, number));
            }

            @Override
            public void delete(long endpoint, long from, long to) {
                transaction.run("Deleting bodies", c -> new BodyTable(c, largeBodies).delete(endpoint, from, to));
            }
        };
    }

    /** Writes a body that is in memory. */
    void insert(MessageRow row) throws SQLException {
        byte[] body = row.body();
        int number = 0;
        for (int from = 0; from < body.length; from += Pieces.LENGTH) {
            int to = Math.min(body.length, from + Pieces.LENGTH);
            byte[] piece = to - from == body.length ? body : Arrays.copyOfRange(body, from, to);
            insert(row.endpoint(), row.position(), number++, piece);
        }
    }

    void insert(long endpoint, long position, int number, byte[] piece) throws SQLException {
        largeBodies.set(true);
        PreparedStatement insert = connection.statement(Sql.INSERT_PIECE);
        bind(insert, endpoint, position, number);
        insert.setBytes(5, piece);
        insert.executeUpdate();
        // a prepared statement keeps its values until the next ones come
        insert.clearParameters();
    }

    /** By a statement that reads one piece; null when it is gone. */
    byte[] read(Sql sql, long endpoint, long position, int number) throws SQLException {
        PreparedStatement select = connection.statement(sql);
        bind(select, endpoint, position, number);
        try (ResultSet at = select.executeQuery()) {
            return at.next() ? at.getBytes(1) : null;
        }
    }

    private static void bind(PreparedStatement statement, long endpoint, long position, int number)
            throws SQLException {
        statement.setInt(1, Scatter.of(endpoint, position));
        statement.setLong(2, endpoint);
        statement.setLong(3, position);
        statement.setInt(4, number);
    }

    int delete(long endpoint, long from, long to) throws SQLException {
        int pieces = 0;
        for (long start = from; start <= to; start = Scatter.lastOfBlock(start) + 1) {
            pieces += deleteBlock(endpoint, start, Math.min(to, Scatter.lastOfBlock(start)));
        }
        return pieces;
    }

    int deleteBlock(long endpoint, long from, long to) throws SQLException {
        PreparedStatement delete = connection.statement(Sql.DELETE_BODIES);
        delete.setInt(1, Scatter.of(endpoint, from));
        delete.setLong(2, endpoint);
        delete.setLong(3, from);
        delete.setLong(4, to);
        return delete.executeUpdate();
    }
}
