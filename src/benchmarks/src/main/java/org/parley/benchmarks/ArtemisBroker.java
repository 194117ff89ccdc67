package org.parley.benchmarks;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.io.aio.AIOSequentialFileFactory;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Apache Artemis in this JVM, with its journal on the disk to be measured, tuned to it. */
final class ArtemisBroker implements Contender.Equipment {

    /** Kept here, or its level would be lost: as the broker's own configuration has it, above all without an audit. */
    private static final Logger LOG = Logger.getLogger("org.apache.activemq");

    private static final long PATIENCE_MILLIS = 10_000;

    private static final AtomicInteger BROKERS = new AtomicInteger();

    private final Configuration configuration;
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final ActiveMQConnectionFactory connections;
    private final List<XAConnection> open = new ArrayList<>();

    ArtemisBroker(Path folder) throws Exception {
        LOG.setLevel(Level.SEVERE);
        String address = "vm://" + BROKERS.incrementAndGet();
        configuration = configuration(folder.resolve(Contender.ARTEMIS)).addAcceptorConfiguration("in-vm", address);
        broker.setConfiguration(configuration);
        broker.start();
        connections = new ActiveMQConnectionFactory(address);
    }

    /** Its defaults, but for what a production set-up is told to measure and the parts that nobody uses here. */
    private static Configuration configuration(Path home) throws IOException {
        boolean aio = AIOSequentialFileFactory.isSupported();
        Files.createDirectories(home);
        int perForce = (int) DiskForce.nanos(home);
        Configuration configuration = new ConfigurationImpl()
                .setJournalDirectory(home.resolve("journal").toString())
                .setBindingsDirectory(home.resolve("bindings").toString())
                .setLargeMessagesDirectory(home.resolve("large").toString())
                .setPagingDirectory(home.resolve("paging").toString())
                .setSecurityEnabled(false)
                .setPersistenceEnabled(true)
                .addAddressSetting(
                        "#", new AddressSettings().setAutoDeleteQueues(false).setAutoDeleteAddresses(false))
                .setJournalType(aio ? JournalType.ASYNCIO : JournalType.NIO);
        return aio
                ? configuration.setJournalBufferTimeout_AIO(perForce)
                : configuration.setJournalBufferTimeout_NIO(perForce);
    }

    /** A started connection, closed with the broker. */
    XAConnection connect() throws JMSException {
        XAConnection connection = connections.createXAConnection();
        open.add(connection);
        connection.start();
        return connection;
    }

    static BytesMessage message(Session session, byte[] body) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(body);
        return message;
    }

    /** The body of the next message, which must come. */
    static byte[] receive(MessageConsumer consumer) throws JMSException {
        BytesMessage message = (BytesMessage) consumer.receive(PATIENCE_MILLIS);
        if (message == null) {
            throw new IllegalStateException("A message was due; none came.");
        }
        byte[] body = new byte[Math.toIntExact(message.getBodyLength())];
        message.readBytes(body);
        return body;
    }

    @Override
    public void check(List<String> emptied) {
        if (!configuration.isPersistenceEnabled()
                || !configuration.isJournalDatasync()
                || !configuration.isJournalSyncTransactional()
                || !configuration.isJournalSyncNonTransactional()) {
            throw new IllegalStateException("Artemis would not force its journal at each commit.");
        }
        broker.getActiveMQServer()
                .getPostOffice()
                .getAllBindings()
                .filter(binding -> binding.getBindable() instanceof Queue)
                .map(binding -> (Queue) binding.getBindable())
                .forEach(queue -> Bodies.requireCount(0, queue.getMessageCount()));
    }

    @Override
    public void close() {
        try {
            for (XAConnection connection : open) {
                connection.close();
            }
            connections.close();
            broker.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Stopping Artemis: " + e, e);
        }
    }
}
