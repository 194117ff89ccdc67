package org.parley.tests.ladder.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.parley.Conversation;
import org.parley.ConversationListener;
import org.parley.Message;
import org.parley.OnMessage;

/** Writes, answers and then throws, twice for each message that asks for it; the third time it returns. */
@MessageDriven(activationConfig = @ActivationConfigProperty(propertyName = "queue", propertyValue = FailingBean.QUEUE))
public class FailingBean implements ConversationListener {

    /** Its queue. */
    public static final String QUEUE = "Failing";

    /** Text that makes it throw a runtime exception. */
    public static final String UNCHECKED = "unchecked";

    /** Text that makes it throw a checked exception. */
    public static final String CHECKED = "checked";

    /** Each call: sequence number and text. */
    public static final List<String> CALLS = new CopyOnWriteArrayList<>();

    private static final int FAILURES = 2;

    @Resource(name = "eis/parleyData")
    private DataSource tables;

    /** An application exception, on which a container commits. */
    public static final class Rejection extends Exception {

        private static final long serialVersionUID = 1;

        Rejection(String message) {
            super(message);
        }
    }

    @OnMessage(Exchange.TYPE)
    public void take(Message message, Conversation conversation) throws SQLException, Rejection {
        String text = message.text();
        String call = message.sequenceNumber() + " " + text;
        CALLS.add(call);
        try (Connection connection = tables.getConnection()) {
            Ledger.write(connection, QUEUE, text);
        }
        conversation.send(Exchange.TYPE, text);
        boolean fails = CALLS.stream().filter(call::equals).count() <= FAILURES;
        if (fails && text.equals(UNCHECKED)) {
            throw new IllegalStateException("Asked for by the ladder.");
        }
        if (fails && text.equals(CHECKED)) {
            throw new Rejection("Asked for by the ladder.");
        }
    }
}
