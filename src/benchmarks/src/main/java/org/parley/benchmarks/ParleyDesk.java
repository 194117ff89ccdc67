package org.parley.benchmarks;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import org.parley.Conversation;
import org.parley.ConversationListener;
import org.parley.OnMessage;

/** Replies to each request with its body. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "resourceAdapter", propertyValue = "parley"),
            @ActivationConfigProperty(propertyName = "queue", propertyValue = ParleyClient.REQUESTS),
            @ActivationConfigProperty(propertyName = "maxQueueReaders", propertyValue = AnsweringBeans.READERS)
        })
public class ParleyDesk implements ConversationListener {

    /** In the transaction of its receipt. */
    @OnMessage(ParleyServer.TYPE)
    public void reply(byte[] body, Conversation conversation) {
        conversation.send(ParleyServer.TYPE, body);
    }
}
