package org.parley.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/** How often the table of messages is asked for rows, as Derby writes down when it is told to. */
public final class MessageReads {

    private static final Pattern READ =
            Pattern.compile("Executing prepared statement: SELECT POSITION, [A-Z_, ]+ FROM PARLEY_STORE\\.MESSAGES\\b");

    private final Path file;

    /** Those of a home, which is restarted: connections that it has already write nothing. */
    public MessageReads(ExpenseHome home) throws SQLException {
        file = home.home().resolve("derby.log");
        try (Connection connection =
                        DriverManager.getConnection("jdbc:derby:" + home.home().resolve(ExpenseHome.DATABASE));
                Statement statement = connection.createStatement()) {
            statement.execute("CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.language.logStatementText', 'true')");
        }
        home.restart();
    }

    /** So often up to now. */
    public int count() throws IOException {
        return (int) READ.matcher(Files.readString(file)).results().count();
    }
}
