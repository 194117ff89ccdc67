package org.parley.tests.crash.desk;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.parley.Conversation;
import org.parley.ConversationListener;
import org.parley.OnMessage;
import org.parley.tests.crash.app.Ledger;
import org.parley.tests.crash.app.Setup;

/** Notes each answer; the last ends the dialog. */
@MessageDriven(
        name = "AnswerBean",
        activationConfig = @ActivationConfigProperty(propertyName = "queue", propertyValue = Setup.ASKER))
public class AnswerBean implements ConversationListener {

    @Resource(name = "jdbc/second")
    private DataSource second;

    @OnMessage("DEFAULT")
    public void take(String text, Conversation conversation) throws SQLException {
        try (Connection ledger = second.getConnection()) {
            Ledger.DONE.note(ledger, "answered " + text);
        }
        if (text.endsWith(" " + (Setup.MESSAGES - 1))) {
            conversation.end();
        }
    }
}
