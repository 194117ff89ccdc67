package org.parley.benchmarks;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.Queue;
import org.apache.activemq.artemis.jms.client.ActiveMQQueue;

/** Replies to each request with its body. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "resourceAdapter", propertyValue = "artemis"),
            @ActivationConfigProperty(propertyName = "useJNDI", propertyValue = "false"),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
            @ActivationConfigProperty(propertyName = "destination", propertyValue = ArtemisClient.REQUESTS),
            @ActivationConfigProperty(propertyName = "maxSession", propertyValue = AnsweringBeans.READERS)
        })
public class ArtemisDesk implements MessageListener {

    private static final Queue CLIENT = new ActiveMQQueue(ArtemisClient.ANSWERS);

    @Resource(lookup = "eis/artemis")
    private ConnectionFactory connections;

    /** In the transaction of its receipt. */
    @Override
    public void onMessage(Message message) {
        try {
            ArtemisClient.send(connections, CLIENT, message.getBody(byte[].class));
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }
}
