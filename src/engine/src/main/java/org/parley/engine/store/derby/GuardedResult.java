package org.parley.engine.store.derby;

import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Set;

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
    Object guard(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("getStatement")) {
            return owner;
        }
        if (CHANGES.contains(method.getName())) {
            face.source();
        }
        return call(new Call(source, rows, method, arguments), face, owner);
    }
}
