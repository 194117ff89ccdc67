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
import org.parley.tests.crash.app.Stuck;

/** Notes each message and answers it. */
@MessageDriven(
        name = "DeskBean",
        activationConfig = @ActivationConfigProperty(propertyName = "queue", propertyValue = Setup.DESK))
public class DeskBean implements ConversationListener {

    @Resource(name = "jdbc/second")
    private DataSource second;

    @OnMessage("DEFAULT")
    public void take(String text, Conversation conversation) throws SQLException, InterruptedException {
        try (Connection ledger = second.getConnection()) {
            Ledger.DONE.note(ledger, "handled " + text);
        }
        conversation.send("DEFAULT", text);
        Stuck.stay(text);
    }
}
