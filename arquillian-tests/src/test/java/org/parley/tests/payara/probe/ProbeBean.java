package org.parley.tests.payara.probe;

import jakarta.ejb.MessageDriven;
import org.parley.Conversation;
import org.parley.ConversationListener;
import org.parley.OnMessage;

/** Echoes. Its activation properties are in the deployment descriptor, another one for each test. */
@MessageDriven
public class ProbeBean implements ConversationListener {

    @OnMessage("DEFAULT")
    public void echo(String text, Conversation conversation) {
        conversation.send("DEFAULT", text);
    }
}
