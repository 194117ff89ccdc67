package org.parley.benchmarks;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.transaction.TransactionSynchronizationRegistry;
import org.parley.ConversationListener;
import org.parley.OnMessage;

/** Receives the replies. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "resourceAdapter", propertyValue = "parley"),
            @ActivationConfigProperty(propertyName = "queue", propertyValue = ParleyClient.ANSWERS),
            @ActivationConfigProperty(propertyName = "maxQueueReaders", propertyValue = AnsweringBeans.READERS)
        })
public class ParleyAnswers implements ConversationListener {

    @Resource
    private TransactionSynchronizationRegistry transaction;

    /** For the thread that waits. */
    @OnMessage(ParleyServer.TYPE)
    public void receive(byte[] body) {
        Replies.IN_PARLEY.receivedIn(transaction, body);
    }
}
