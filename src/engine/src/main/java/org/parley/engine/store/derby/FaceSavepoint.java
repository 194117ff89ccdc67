package org.parley.engine.store.derby;

import java.sql.SQLException;
import java.sql.Savepoint;

/**
 * A savepoint of the JDBC face.
 *
 * @param source transaction it belongs to
 * @param derbys Derby's own
 * @param unique its name at Derby, unique in the transaction
 * @param name the user's name, or null
 */
record FaceSavepoint(JdbcSource source, Savepoint derbys, String unique, String name) implements Savepoint {

    @Override
    public int getSavepointId() throws SQLException {
        if (name != null) {
            throw new SQLException("The savepoint has a name, '" + name + "', and no number.", "XJ013");
        }
        return Integer.parseInt(unique.substring(unique.indexOf('_') + 1));
    }

    @Override
    public String getSavepointName() throws SQLException {
        if (name == null) {
            throw new SQLException("The savepoint has a number, " + getSavepointId() + ", and no name.", "XJ014");
        }
        return name;
    }
}
