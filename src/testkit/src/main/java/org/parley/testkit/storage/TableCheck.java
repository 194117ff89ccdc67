package org.parley.testkit.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.derby.jdbc.EmbeddedDriver;

/** Lets Derby compare each table of a database with its indexes, while no server has the database open. */
final class TableCheck {

    private static final String URL = "jdbc:derby:";
    private static final String LOG = "derby.stream.error.file";

    private TableCheck() {}

    /** What is wrong with which table, or why the database can't be opened. */
    static List<String> of(Path database) {
        List<String> wrong = new ArrayList<>();
        Properties attributes = new Properties();
        attributes.setProperty("databaseName", database.toAbsolutePath().toString());
        System.setProperty(LOG, database.resolveSibling("derby.log").toString());
        try (Connection connection = new EmbeddedDriver().connect(URL, attributes)) {
            for (String[] table : tables(connection)) {
                try (Statement check = connection.createStatement();
                        ResultSet row = check.executeQuery(
                                "VALUES SYSCS_UTIL.SYSCS_CHECK_TABLE('" + table[0] + "', '" + table[1] + "')")) {
                    row.next();
                } catch (SQLException e) {
                    wrong.add("Table " + table[0] + "." + table[1] + " of " + database + ": " + e.getMessage());
                }
            }
        } catch (SQLException e) {
            String first = e.getMessage().lines().findFirst().orElse("");
            SQLException why = e.getNextException();
            wrong.add(first
                    + (why == null
                            ? ""
                            : " / " + why.getMessage().lines().findFirst().orElse("")));
        } finally {
            System.clearProperty(LOG);
            end();
        }
        return wrong;
    }

    private static List<String[]> tables(Connection connection) throws SQLException {
        List<String[]> tables = new ArrayList<>();
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT SCHEMANAME, TABLENAME FROM SYS.SYSSCHEMAS S"
                        + " JOIN SYS.SYSTABLES T ON S.SCHEMAID = T.SCHEMAID WHERE TABLETYPE = 'T'")) {
            while (row.next()) {
                tables.add(new String[] {row.getString(1), row.getString(2)});
            }
        }
        return tables;
    }

    /** Ends Derby as a whole: it reads where its files are, and on which storage, when it starts. */
    private static void end() {
        Properties attributes = new Properties();
        attributes.setProperty("shutdown", "true");
        attributes.setProperty("deregister", "true");
        try {
            new EmbeddedDriver().connect(URL, attributes);
        } catch (SQLException e) {
            // that is how Derby says that it has done so
            System.getLogger(TableCheck.class.getName()).log(System.Logger.Level.DEBUG, "Shut down", e);
        }
    }
}
