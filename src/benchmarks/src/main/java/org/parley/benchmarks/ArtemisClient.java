package org.parley.benchmarks;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import org.apache.activemq.artemis.jms.client.ActiveMQQueue;

/** Asks through Artemis; each method is a transaction. */
@Stateless
public class ArtemisClient {

    static final String REQUESTS = "Requests";
    static final String ANSWERS = "Answers";

    private static final Queue DESK = new ActiveMQQueue(REQUESTS);

    @Resource(lookup = "eis/artemis")
    private ConnectionFactory connections;

    /** Sends a request. */
    public void ask(byte[] body) throws JMSException {
        send(connections, DESK, body);
    }

    /** With a connection from the pool, as beans do. */
    static void send(ConnectionFactory connections, Queue queue, byte[] body) throws JMSException {
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession();
                MessageProducer producer = session.createProducer(queue)) {
            producer.send(ArtemisBroker.message(session, body));
        }
    }
}
