package org.parley.sql.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.ProcedureDefinition;
import org.parley.spi.ScriptSession;
import org.parley.sql.ast.ObjectName;

/**
 * Numbers of databases and objects, as OBJECT_ID and DB_ID tell them. A queue has its number in the catalog; tables, views and
 * procedures have none there, and get one from their identity.
 */
final class ObjectNumbers {

    private static final String DATABASE_BY_NAME =
            "SELECT DATABASE_ID FROM PARLEY.DATABASES WHERE UPPER(NAME) = UPPER(CAST(? AS VARCHAR(128)))";
    private static final String DATABASE_BY_NUMBER = "SELECT NAME FROM PARLEY.DATABASES WHERE DATABASE_ID = ?";
    private static final String QUEUE_BY_NAME =
            "SELECT OBJECT_ID FROM PARLEY.SERVICE_QUEUES WHERE NAME = CAST(? AS VARCHAR(128))";
    private static final String QUEUE_BY_NUMBER = "SELECT NAME FROM PARLEY.SERVICE_QUEUES WHERE OBJECT_ID = ?";
    private static final String TABLES =
            "SELECT T.TABLENAME, T.TABLEID, T.TABLETYPE FROM SYS.SYSTABLES T JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID ="
                    + " T.SCHEMAID WHERE S.SCHEMANAME IN ('APP', 'DBO') AND T.TABLETYPE = 'T'";

    private final ScriptSession session;

    ObjectNumbers(ScriptSession session) {
        this.session = session;
    }

    Integer database(String name) {
        return (Integer) first(DATABASE_BY_NAME, name);
    }

    String databaseName(int number) {
        return (String) first(DATABASE_BY_NUMBER, number);
    }

    /** Number of an object of the current database; null when there is none of this name and type. */
    Integer object(ObjectName name, String type) {
        boolean elsewhere = name.before(2) != null
                && !name.before(2).equals(session.connection().database());
        if (elsewhere || name.before(1) != null && !name.before(1).equalsIgnoreCase("dbo")) {
            return null;
        }
        Integer number = asks(type, "SQ") ? (Integer) first(QUEUE_BY_NAME, name.last()) : null;
        if (number == null && asks(type, "P")) {
            number = session.connection()
                    .catalog()
                    .procedure(name.last())
                    .map(ObjectNumbers::of)
                    .orElse(null);
        }
        return number == null && asks(type, "U") ? table(name.last()) : number;
    }

    private static boolean asks(String type, String one) {
        return type == null || type.trim().equalsIgnoreCase(one);
    }

    /** Name of an object of the current database; null when there is none of this number. */
    String objectName(int number) {
        String queue = (String) first(QUEUE_BY_NUMBER, number);
        if (queue != null) {
            return queue;
        }
        String procedure = session.connection().catalog().procedures().stream()
                .filter(each -> of(each) == number)
                .map(ProcedureDefinition::name)
                .findFirst()
                .orElse(null);
        return procedure != null ? procedure : tableName(number);
    }

    private static int of(ProcedureDefinition procedure) {
        return own(procedure.name());
    }

    /** A number that stays with what it is made of; below zero, where the catalog has none. */
    private static int own(String identity) {
        return identity.hashCode() | Integer.MIN_VALUE;
    }

    private Integer table(String name) {
        return tables((found, id) -> found.equalsIgnoreCase(name) ? (Integer) own(id) : null);
    }

    private String tableName(int number) {
        return tables((found, id) -> own(id) == number ? found : null);
    }

    private interface Chosen<T> {
        T of(String name, String id);
    }

    private <T> T tables(Chosen<T> chosen) {
        try (PreparedStatement statement = sql().prepareStatement(TABLES);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                T result = chosen.of(rows.getString(1), rows.getString(2));
                if (result != null) {
                    return result;
                }
            }
            return null;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private Object first(String query, Object parameter) {
        try (PreparedStatement statement = sql().prepareStatement(query)) {
            statement.setObject(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getObject(1) : null;
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private Connection sql() {
        return session.connection().sql();
    }

    private static BrokerException failed(SQLException e) {
        return new BrokerException(ErrorNumbers.STORE_FAILED, "The catalog can't be read: " + e.getMessage(), e);
    }
}
