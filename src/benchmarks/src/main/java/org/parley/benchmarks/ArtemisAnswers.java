package org.parley.benchmarks;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Receives the replies. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "resourceAdapter", propertyValue = "artemis"),
            @ActivationConfigProperty(propertyName = "useJNDI", propertyValue = "false"),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
            @ActivationConfigProperty(propertyName = "destination", propertyValue = ArtemisClient.ANSWERS),
            @ActivationConfigProperty(propertyName = "maxSession", propertyValue = AnsweringBeans.READERS)
        })
public class ArtemisAnswers implements MessageListener {

    @Resource
    private TransactionSynchronizationRegistry transaction;

    /** For the thread that waits. */
    @Override
    public void onMessage(Message message) {
        try {
            Replies.IN_ARTEMIS.receivedIn(transaction, message.getBody(byte[].class));
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }
}
