package org.parley.engine.store.derby;

import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.parley.engine.store.Store;

/** A result set of the JDBC face. */
final class GuardedResult extends Guarded {

    /** Statements in disguise. */
    private static final Set<String> CHANGES = Set.of("insertRow", "updateRow", "deleteRow");

    private final JdbcSource source;
    private final ResultSet rows;
    private final Statement owner;

    GuardedResult(SqlFace face, JdbcSource source, ResultSet rows, Statement owner) {
        super(face);
        this.source = source;
        this.rows = rows;
        this.owner = owner;
    }

    @Override
    Object guard(Store.Hold hold, Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("getStatement")) {
            return owner;
        }
        if (!hold.covers(source)) {
            return left(method.getName());
        }
        if (CHANGES.contains(method.getName())) {
            face.source();
        }
        return call(new Call(source, rows, method, arguments), face, owner);
    }

    /** Its transaction closes it when it ends. */
    private static Object left(String method) throws SQLException {
        return switch (method) {
            case "close" -> null;
            case "isClosed" -> true;
            default ->
                throw new SQLException(
                        "The result set belongs to a transaction that this connection is no longer in.", "XCL16");
        };
    }
}
