package org.parley.sql.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.ObjectName;

/**
 * What tables and views the store has. Names are looked up whatever their case; of several that differ in case only, the one that is
 * written exactly is taken, else the one in upper case.
 */
final class Dictionary {

    /** Schema of queues beside the current one, as scripts of Service Broker write it. */
    private static final String DBO = "DBO";

    /** Schema of the views of the system. */
    static final String PARLEY = "PARLEY";

    /** Without locks: what another transaction is creating must not be waited for. */
    private static final String COLUMNS =
            "SELECT S.SCHEMANAME, T.TABLENAME, T.TABLETYPE, C.COLUMNNAME, C.COLUMNDATATYPE, C.COLUMNDEFAULT, C.AUTOINCREMENTINC"
                    + " FROM SYS.SYSTABLES T JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = T.SCHEMAID"
                    + " JOIN SYS.SYSCOLUMNS C ON C.REFERENCEID = T.TABLEID"
                    + " WHERE ";

    private static final String LOOK =
            COLUMNS + "UPPER(T.TABLENAME) = ? AND T.TABLETYPE <> 'A' ORDER BY C.COLUMNNUMBER WITH UR";

    private static final String TABLES = COLUMNS
            + "T.TABLETYPE = 'T' AND S.SCHEMANAME <> 'PARLEY_STORE' ORDER BY T.TABLENAME, S.SCHEMANAME, C.COLUMNNUMBER"
            + " WITH UR";

    private static final String INDEXES =
            "SELECT G.CONGLOMERATENAME FROM SYS.SYSCONGLOMERATES G JOIN SYS.SYSTABLES T ON T.TABLEID = G.TABLEID"
                    + " JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = T.SCHEMAID WHERE G.ISINDEX AND S.SCHEMANAME = ?"
                    + " AND T.TABLENAME = ? WITH UR";

    private final Connection connection;
    private final String database;
    private final Map<String, List<Relation>> known = new LinkedHashMap<>();

    Dictionary(Connection connection, String database) {
        this.connection = connection;
        this.database = database;
    }

    /** The table or view that a name means. */
    Relation relation(ObjectName name) {
        Relation found = find(name);
        if (found == null) {
            throw new ScriptError(
                    208, "There is no table, view or queue '" + name + "' in database '" + database + "'.");
        }
        return found;
    }

    /** The same, or null when there is none. */
    Relation find(ObjectName name) {
        checkPlace(name);
        for (String schema : schemas(name.before(1))) {
            List<Relation> candidates = new ArrayList<>();
            for (Relation each : named(name.last())) {
                if (each.name().schema().equalsIgnoreCase(schema)) {
                    candidates.add(each);
                }
            }
            if (!candidates.isEmpty()) {
                return best(candidates, name.last());
            }
        }
        return null;
    }

    private static Relation best(List<Relation> candidates, String name) {
        String upper = name.toUpperCase(Locale.ENGLISH);
        return candidates.stream()
                .filter(each -> each.name().name().equals(name))
                .findFirst()
                .orElseGet(() -> candidates.stream()
                        .filter(each -> each.name().name().equals(upper))
                        .findFirst()
                        .orElse(candidates.get(0)));
    }

    /** The name of a table that is to be made: upper case, as the store takes names that aren't delimited. */
    SqlStatement.Name newName(ObjectName name) {
        checkPlace(name);
        String schema = name.before(1);
        if (schema != null && isSystem(schema)) {
            throw new ScriptError(
                    2760,
                    "Nothing can be made in schema '" + schema
                            + "': it is the system's. Leave the schema out, or write dbo.");
        }
        return new SqlStatement.Name(schemas(schema).get(0), stored(name.last()));
    }

    /** How the name of a new table, column or index is kept. */
    static String stored(String name) {
        return name.toUpperCase(Locale.ENGLISH);
    }

    static boolean isSystem(String schema) {
        return schema.equalsIgnoreCase("sys") || schema.equalsIgnoreCase("INFORMATION_SCHEMA");
    }

    private void checkPlace(ObjectName name) {
        if (name.before(3) != null) {
            throw new ScriptError(
                    7202,
                    "'" + name + "' names a table of another server; allowed are tables of the current database.");
        }
        String written = name.before(2);
        boolean everywhere = "databases".equalsIgnoreCase(name.last()) && "sys".equalsIgnoreCase(name.before(1));
        if (written != null && !written.equalsIgnoreCase(database) && !everywhere) {
            throw new ScriptError(
                    208,
                    "'" + name + "' is in database '" + written + "', and the current one is '" + database
                            + "'; write USE " + written + " before.");
        }
    }

    private List<String> schemas(String written) {
        if (written == null || written.equalsIgnoreCase("dbo")) {
            return List.of(currentSchema(), DBO);
        }
        return List.of(written.equalsIgnoreCase("sys") ? PARLEY : written);
    }

    /** A table whose rows may be changed. */
    Relation changeable(ObjectName name) {
        if (name.before(1) != null && isSystem(name.before(1))) {
            throw new ScriptError(259, "'" + name + "' is a view of the system and can only be read.");
        }
        Relation relation = relation(name);
        if (relation.isQueue()) {
            throw new ScriptError(
                    416,
                    "Queue '" + name
                            + "' can't be changed like a table; SEND puts messages into it and RECEIVE takes them out.");
        }
        if (relation.view()) {
            throw new ScriptError(4406, "'" + name + "' is a view and can only be read.");
        }
        return relation;
    }

    /** Names of the indexes of a table. */
    List<String> indexes(Relation table) {
        List<String> names = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(INDEXES)) {
            select.setString(1, table.name().schema());
            select.setString(2, table.name().name());
            try (ResultSet at = select.executeQuery()) {
                while (at.next()) {
                    names.add(at.getString(1));
                }
            }
            return names;
        } catch (SQLException e) {
            throw StoreErrors.translate(e);
        }
    }

    String currentSchema() {
        try {
            return connection.getSchema();
        } catch (SQLException e) {
            throw StoreErrors.translate(e);
        }
    }

    private List<Relation> named(String name) {
        return known.computeIfAbsent(stored(name), this::look);
    }

    private List<Relation> look(String upper) {
        return read(LOOK, upper);
    }

    /** All tables of users. */
    List<Relation> tables() {
        return read(TABLES, null);
    }

    private List<Relation> read(String query, String upper) {
        Map<SqlStatement.Name, Relation> found = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            if (upper != null) {
                select.setString(1, upper);
            }
            try (ResultSet at = select.executeQuery()) {
                while (at.next()) {
                    SqlStatement.Name name = new SqlStatement.Name(at.getString(1), at.getString(2));
                    boolean view = at.getString(3).equals("V");
                    Relation relation = found.computeIfAbsent(name, key -> new Relation(key, view, new ArrayList<>()));
                    relation.columns().add(column(at, relation));
                }
            }
        } catch (SQLException e) {
            throw StoreErrors.translate(e);
        }
        return List.copyOf(found.values());
    }

    private static Relation.Column column(ResultSet at, Relation relation) throws SQLException {
        String written = at.getString(5);
        StoredType type = StoredType.read(written);
        if (type == null) {
            throw new ScriptError(
                    BeyondStore.NUMBER,
                    "Column '" + at.getString(4) + "' of '" + relation.name().name() + "' has type " + written
                            + ", which scripts don't know.");
        }
        long increment = at.getObject(7) == null ? 0 : at.getLong(7);
        return new Relation.Column(
                at.getString(4), type, type.seen(), !written.endsWith("NOT NULL"), increment, at.getString(6) != null);
    }
}
