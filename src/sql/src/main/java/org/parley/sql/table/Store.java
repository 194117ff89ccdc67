package org.parley.sql.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/** Runs translated statements on the connection of the script. */
final class Store {

    private final Connection connection;

    Store(Connection connection) {
        this.connection = connection;
    }

    /** Reads rows as long as the taker wants more. */
    void read(SqlStatement.Fetch fetch, List<SqlType> types, Predicate<List<Value>> taker) {
        SqlText text = SqlText.of(fetch);
        try (PreparedStatement statement = connection.prepareStatement(text.toString())) {
            Jdbc.bind(statement, text.parameters());
            try (ResultSet at = statement.executeQuery()) {
                boolean more = true;
                while (more && at.next()) {
                    more = taker.test(row(at, types));
                }
            }
        } catch (SQLException e) {
            throw StoreErrors.translate(e);
        }
    }

    private static List<Value> row(ResultSet at, List<SqlType> types) throws SQLException {
        List<Value> row = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            row.add(Jdbc.read(at, i + 1, types.get(i)));
        }
        return row;
    }

    /** Changes rows, or defines; tells how many rows. */
    long change(SqlStatement change) {
        SqlText text = SqlText.of(change);
        try (PreparedStatement statement = connection.prepareStatement(text.toString())) {
            Jdbc.bind(statement, text.parameters());
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw StoreErrors.translate(e);
        }
    }

    /** The value that the IDENTITY column of a table gets next; null behind the last one. */
    Long nextIdentity(SqlStatement.Name table) {
        SqlText text = SqlText.of(new SqlStatement.NextIdentity(table));
        try (PreparedStatement statement = connection.prepareStatement(text.toString())) {
            Jdbc.bind(statement, text.parameters());
            try (ResultSet at = statement.executeQuery()) {
                at.next();
                long next = at.getLong(1);
                return at.wasNull() ? null : Long.valueOf(next);
            }
        } catch (SQLException e) {
            throw StoreErrors.translate(e);
        }
    }

    /** What is done with a row that stands in a cursor. */
    @FunctionalInterface
    interface RowStep {
        void run(ResultSet at, List<Value> row) throws SQLException;
    }

    /** Goes from row to row, at most so many, and tells how many there were. */
    long walk(SqlStatement.Cursor cursor, List<SqlType> types, long most, RowStep step) {
        SqlText text = SqlText.of(cursor);
        try (PreparedStatement statement =
                connection.prepareStatement(text.toString(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE)) {
            Jdbc.bind(statement, text.parameters());
            long rows = 0;
            try (ResultSet at = statement.executeQuery()) {
                while (rows < most && at.next()) {
                    step.run(at, row(at, types));
                    rows++;
                }
            }
            return rows;
        } catch (SQLException e) {
            throw StoreErrors.translate(e);
        }
    }

    /** Inserts one row and gives the value that its IDENTITY column has got. */
    Long insert(SqlStatement.InsertRow insert) {
        SqlText text = SqlText.of(insert);
        try (PreparedStatement statement =
                connection.prepareStatement(text.toString(), Statement.RETURN_GENERATED_KEYS)) {
            Jdbc.bind(statement, text.parameters());
            statement.executeUpdate();
            try (ResultSet key = statement.getGeneratedKeys()) {
                return key != null && key.next() && key.getString(1) != null ? Long.valueOf(key.getLong(1)) : null;
            }
        } catch (SQLException e) {
            throw StoreErrors.translate(e);
        }
    }
}
