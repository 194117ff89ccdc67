package org.parley.engine.store.derby;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.parley.engine.store.SystemColumn;
import org.parley.engine.store.SystemView;
import org.parley.spi.PackedRows;

/**
 * The definitions of the views of schema PARLEY: over each stands a table function, which is part of the engine's own
 * schema. Times come as texts, which the view makes timestamps of: a {@code java.sql.Timestamp} would lose the hour that
 * the JVM's zone skips in spring.
 */
final class ViewDefinitions {

    /** Schema of the views. */
    static final String SCHEMA = "PARLEY";

    private static final String JAVA = "org.parley.engine.store.derby.ViewFunctions.";

    /** Called by the view of each queue. */
    static final String QUEUE_FUNCTION = SqlRules.SCHEMA + ".QUEUE_ROWS";

    /** Schema of queues, as scripts of Service Broker write it. */
    static final String QUEUE_SCHEMA = "DBO";

    private ViewDefinitions() {}

    /** Makes all of them in a new database. */
    static void create(Connection connection) throws SQLException {
        List<String> all = new ArrayList<>();
        all.add("CREATE SCHEMA " + SCHEMA);
        all.add("CREATE SCHEMA " + QUEUE_SCHEMA);
        for (SystemView view : SystemView.values()) {
            String function = SqlRules.SCHEMA + "." + view.name() + "_ROWS";
            all.add(function(function + "(NAME VARCHAR(128))", view.columns(), "rows"));
            all.add(view(SCHEMA + "." + view.name(), view.columns(), function + "('" + view.name() + "')"));
        }
        all.add(function(QUEUE_FUNCTION + "(ID INT)", SystemView.QUEUE_COLUMNS, "queueRows"));
        all.add("CREATE FUNCTION " + PackedRows.SCHEMA + "." + PackedRows.FUNCTION + "(DATA BLOB) RETURNS TABLE ("
                + UnpackedRows.columns()
                + ") LANGUAGE JAVA PARAMETER STYLE DERBY_JDBC_RESULT_SET NO SQL EXTERNAL NAME '" + JAVA
                + "packedRows'");
        all.add("CREATE FUNCTION " + SCHEMA + ".GET_TRANSMISSION_STATUS(HANDLE VARCHAR(40)) RETURNS VARCHAR(4000)"
                + " LANGUAGE JAVA PARAMETER STYLE JAVA NO SQL EXTERNAL NAME '" + JAVA + "transmissionStatus'");
        try (Statement statement = connection.createStatement()) {
            for (String each : all) {
                statement.execute(each);
            }
        }
    }

    /** The statement that makes a queue's view under a name. */
    static String queueView(String name, int queue) {
        return view(name, SystemView.QUEUE_COLUMNS, queueCall(queue));
    }

    /** What the definitions of a queue's views have in common, and no others have. */
    static String queueCall(int queue) {
        return QUEUE_FUNCTION + "(" + queue + ")";
    }

    private static String function(String signature, List<SystemColumn> columns, String method) {
        return "CREATE FUNCTION " + signature + " RETURNS TABLE ("
                + columns.stream()
                        .map(column -> column.name() + " " + type(column))
                        .collect(Collectors.joining(", "))
                + ") LANGUAGE JAVA PARAMETER STYLE DERBY_JDBC_RESULT_SET NO SQL EXTERNAL NAME '" + JAVA + method + "'";
    }

    private static String view(String name, List<SystemColumn> columns, String call) {
        return "CREATE VIEW " + name + " ("
                + columns.stream().map(SystemColumn::name).collect(Collectors.joining(", "))
                + ") AS SELECT "
                + columns.stream()
                        .map(column -> column.type() == SystemColumn.Type.TIME
                                ? "CAST(" + column.name() + " AS TIMESTAMP)"
                                : column.name())
                        .collect(Collectors.joining(", "))
                + " FROM TABLE (" + call + ") T";
    }

    private static String type(SystemColumn column) {
        return switch (column.type()) {
            case GUID -> "CHAR(36)";
            case NAME -> "VARCHAR(256)";
            case TEXT -> "VARCHAR(4000)";
            case CODE -> "CHAR(2)";
            case SMALL, BIT -> "SMALLINT";
            case INT -> "INT";
            case BIG -> "BIGINT";
            case TIME -> "VARCHAR(29)";
            case BINARY -> "CHAR(6) FOR BIT DATA";
            case BODY -> "BLOB";
        };
    }
}
