package org.parley.tests.payara.probe;

import jakarta.ejb.MessageDriven;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.parley.Conversation;
import org.parley.ConversationListener;
import org.parley.OnMessage;

/**
 * Echoes. Its activation properties are in the deployment descriptor, another one for each test. At the first {@link #STAY}
 * of this process it stays longer than the adapter waits for it.
 */
@MessageDriven
public class ProbeBean implements ConversationListener {

    /** The text at which it stays. */
    public static final String STAY = "stay";

    /** What it prints then. */
    public static final String STAYS = "#stays";

    private static final int SECONDS = 15;

    @OnMessage("DEFAULT")
    public void echo(String text, Conversation conversation) throws InterruptedException {
        conversation.send("DEFAULT", text);
        if (text.equals(STAY) && System.getProperties().putIfAbsent(STAYS, STAY) == null) {
            System.out.println(STAYS);
            new CountDownLatch(1).await(SECONDS, TimeUnit.SECONDS);
        }
    }
}
