package org.parley.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements that a Derby database executes, as Derby writes them to its own file when it is told to. */
final class StatementLog {

    private static final Pattern EXECUTED = Pattern.compile(
            "\\(DATABASE = ([^)]*)\\), \\(DRDAID = \\w+\\), Executing prepared statement: "
                    + "(?:(INSERT) INTO|(DELETE) FROM|(UPDATE)|(SELECT)\\b.*?\\bFROM)\\s+(?:\\w+\\.)?(\\w+)",
            Pattern.DOTALL);
    private static final int TABLE = 6;

    private final Path database;
    private final Path file;

    /** What connections write that are made from now on. */
    StatementLog(Path database, Path file) throws SQLException {
        this.database = database;
        this.file = file;
        try (Connection connection = DerbyDatabase.connectTo(database);
                Statement statement = connection.createStatement()) {
            statement.execute("CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.language.logStatementText', 'true')");
            connection.commit();
        }
    }

    /** How often each kind of statement has been executed so far: its verb, and its table. */
    Map<String, Integer> executed() throws IOException {
        Map<String, Integer> executed = new TreeMap<>();
        Matcher each = EXECUTED.matcher(Files.readString(file));
        while (each.find()) {
            if (each.group(1).equals(database.toAbsolutePath().toString())) {
                executed.merge(verb(each) + " " + each.group(TABLE), 1, Integer::sum);
            }
        }
        return executed;
    }

    private static String verb(Matcher statement) {
        int group = 2;
        while (statement.group(group) == null) {
            group++;
        }
        return statement.group(group);
    }
}
