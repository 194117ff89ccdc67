package org.parley.benchmarks;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.Conversation;
import org.parley.Dialog;

/** Asks through Parley; each method is a transaction. */
@Stateless
public class ParleyClient {

    static final String REQUESTS = "Requests";
    static final String ANSWERS = "Answers";

    private static final String DEFINITIONS =
            """
            CREATE MESSAGE TYPE [%s] VALIDATION = NONE;
            CREATE CONTRACT Asking ([%s] SENT BY ANY);
            CREATE QUEUE [%s];
            CREATE SERVICE Desk ON QUEUE [%s] (Asking);
            CREATE QUEUE [%s];
            CREATE SERVICE Client ON QUEUE [%s];
            """.formatted(ParleyServer.TYPE, ParleyServer.TYPE, REQUESTS, REQUESTS, ANSWERS, ANSWERS);

    @Resource(lookup = "eis/parley")
    private BrokerConnectionFactory factory;

    /** Defines the queues that the beans wait for. */
    public void define() {
        try (BrokerConnection connection = factory.getConnection()) {
            connection.catalog().define(DEFINITIONS);
        }
    }

    /** Begins a dialog with those who answer. */
    public UUID begin() {
        try (Conversation dialog =
                factory.begin(Dialog.between("Client", "Desk").on("Asking"))) {
            return dialog.handle();
        }
    }

    /** Sends a request. */
    public void ask(UUID dialog, byte[] body) {
        try (Conversation conversation = factory.conversation(dialog)) {
            conversation.send(ParleyServer.TYPE, body);
        }
    }

    /** Counts what is left in a table. */
    public long rows(String table) throws SQLException {
        try (BrokerConnection connection = factory.getConnection();
                Statement statement = connection.sql().createStatement()) {
            return Rows.count(statement, table);
        }
    }

    /** What the database says of its durability, or null. */
    public String durability() throws SQLException {
        try (BrokerConnection connection = factory.getConnection();
                Statement statement = connection.sql().createStatement()) {
            return LogForce.durability(statement);
        }
    }
}
