package org.parley.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.LocalTransactionException;
import jakarta.resource.spi.ManagedConnectionFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.ErrorNumbers;

class HandleTest {

    private static final UUID ENDPOINT = new UUID(0, 1);

    private final FakeChannel channel = new FakeChannel("parley", null);
    private final List<String> events = new ArrayList<>();
    private final BrokerManagedConnectionFactory factory = new BrokerManagedConnectionFactory();
    private final DataManagedConnectionFactory dataFactory = new DataManagedConnectionFactory();
    private final ParleyManagedConnection managed =
            new ParleyManagedConnection(factory, channel, factory.request(null, null));
    private final ParleyManagedConnection managedData =
            new ParleyManagedConnection(dataFactory, channel, dataFactory.request(null, null));
    private final BrokerConnectionFactory broker =
            (BrokerConnectionFactory) factory.createConnectionFactory(new Pool());
    private final DataSource data = (DataSource) dataFactory.createConnectionFactory(new Pool());
    private ResourceException exhausted;

    /** A pool of one connection for each factory. */
    private final class Pool implements ConnectionManager {

        private static final long serialVersionUID = 1L;

        @Override
        public Object allocateConnection(ManagedConnectionFactory asking, ConnectionRequestInfo info)
                throws ResourceException {
            if (exhausted != null) {
                throw exhausted;
            }
            return (asking == factory ? managed : managedData).getConnection(null, info);
        }
    }

    @BeforeEach
    void listen() {
        ConnectionEventListener listener = new ConnectionEventListener() {
            @Override
            public void connectionClosed(ConnectionEvent event) {
                events.add("closed");
                assertThat(event.getConnectionHandle()).isInstanceOf(Attached.class);
            }

            @Override
            public void connectionErrorOccurred(ConnectionEvent event) {
                events.add("error " + ((BrokerException) event.getException()).number());
            }

            @Override
            public void localTransactionStarted(ConnectionEvent event) {
                events.add("started");
            }

            @Override
            public void localTransactionCommitted(ConnectionEvent event) {
                events.add("committed");
            }

            @Override
            public void localTransactionRolledback(ConnectionEvent event) {
                events.add("rolled back");
            }
        };
        managed.addConnectionEventListener(listener);
        managedData.addConnectionEventListener(listener);
    }

    static void assertClosed(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(BrokerException.class)
                .extracting("number")
                .isEqualTo(ErrorNumbers.CLOSED);
    }

    @Test
    void closedHandleTellsTheContainerOnceAndIsOfNoUse() {
        BrokerConnection connection = broker.getConnection();
        Conversation conversation = connection.conversation(ENDPOINT);
        Connection sql = connection.sql();
        connection.close();
        connection.close();
        assertThat(events).containsExactly("closed");
        assertClosed(connection::database);
        assertClosed(connection::sql);
        assertClosed(conversation::state);
        assertThatThrownBy(sql::createStatement).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getSQLState()).isEqualTo("08003");
            assertThat(e.getErrorCode()).isEqualTo(ErrorNumbers.CLOSED);
        });
    }

    @Test
    void conversationOfASessionEndsWithTheSessionOnly() {
        BrokerConnection connection = broker.getConnection();
        Conversation conversation = connection.begin(Dialog.between("a", "b"));
        assertThat(conversation.handle()).isEqualTo(FakeChannel.BEGUN);
        conversation.close();
        conversation.send("type", "body");
        assertThat(events).isEmpty();
        assertThat(managed.isBoundTo(null)).isTrue();
    }

    @Test
    void begunDialogIsAManagedConnectionOfItsOwn() {
        Conversation conversation = broker.begin(Dialog.between("a", "b"));
        assertThat(managed.isBoundTo(FakeChannel.BEGUN)).isTrue();
        conversation.end();
        conversation.close();
        assertThat(events).containsExactly("closed");
        assertClosed(conversation::end);
        assertThat(channel.trace.stream().filter(call -> call.equals("conversation.end")))
                .hasSize(1);
    }

    @Test
    void failedBeginGivesTheConnectionBack() {
        channel.error = new BrokerException(8423, "no service");
        assertThatThrownBy(() -> broker.begin(Dialog.between("a", "b"))).isSameAs(channel.error);
        assertThat(events).containsExactly("closed");
        assertThat(managed.isIdle()).isTrue();
    }

    @Test
    void conversationBindsItsConnection() {
        broker.conversation(ENDPOINT);
        assertThat(managed.isBoundTo(ENDPOINT)).isTrue();
        assertThatThrownBy(() -> broker.conversation(null)).extracting("number").isEqualTo(8418);
    }

    @Test
    void cleanupTakesTheHandlesAway() throws Exception {
        BrokerConnection connection = broker.getConnection();
        managed.cleanup();
        assertClosed(connection::database);
        connection.close();
        assertThat(events).isEmpty();
        assertThat(channel.trace).contains("cleanup");
    }

    @Test
    void handleMovesToAnotherConnection() throws Exception {
        BrokerConnection connection = broker.getConnection();
        Connection sql = connection.sql();
        FakeChannel otherChannel = new FakeChannel("parley", null);
        ParleyManagedConnection other = new ParleyManagedConnection(factory, otherChannel, factory.request(null, null));
        other.associateConnection(connection);
        connection.catalog();
        sql.createStatement();
        assertThat(otherChannel.trace).contains("session.catalog", "session.sql");
        assertThat(channel.trace).isEmpty();
        assertThat(managed.isIdle()).isTrue();
        assertThat(other.isIdle()).isFalse();
        assertThatThrownBy(() -> other.associateConnection("handle")).isInstanceOf(ResourceException.class);
    }

    @Test
    void brokenStorePoisonsTheConnectionOnce() {
        BrokerConnection connection = broker.getConnection();
        channel.error = new BrokerException(8426, "unknown conversation");
        assertThatThrownBy(connection::endpoints).isSameAs(channel.error);
        assertThat(events).isEmpty();
        assertThat(managed.isValid()).isTrue();
        channel.error = new BrokerException(ErrorNumbers.STORE_FAILED, "disk");
        assertThatThrownBy(connection::endpoints).isSameAs(channel.error);
        assertThatThrownBy(connection::endpoints).isSameAs(channel.error);
        assertThat(events).containsExactly("error " + ErrorNumbers.STORE_FAILED);
        assertThat(managed.isValid()).isFalse();
    }

    @Test
    void dataSourceGivesTheSameBranch() throws Exception {
        Connection connection = data.getConnection();
        connection.createStatement();
        assertThat(channel.trace).containsExactly("session.sql", "sql.createStatement");
        connection.close();
        connection.close();
        assertThat(events).containsExactly("closed");
        assertThat(connection.isClosed()).isTrue();
        assertThat(connection.isValid(1)).isFalse();
    }

    @Test
    void containersRefusalKeepsTheAdaptersError() {
        exhausted = new ResourceException("pool", new RuntimeException(new BrokerException(911, "no database 'x'")));
        assertThatThrownBy(broker::getConnection)
                .isInstanceOf(BrokerException.class)
                .hasMessage("no database 'x'")
                .extracting("number")
                .isEqualTo(911);
        assertThatThrownBy(data::getConnection)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(911));
        exhausted = new ResourceException("no connection in 30 s");
        assertThatThrownBy(broker::getConnection).hasMessageContaining("no connection in 30 s");
    }

    @Test
    void localTransactionOfTheContainer() throws Exception {
        managed.getLocalTransaction().begin();
        managed.getLocalTransaction().rollback();
        assertThat(channel.trace).containsExactly("beginManaged", "rollback");
        assertThat(events).isEmpty();
        channel.error = new BrokerException(ErrorNumbers.TRANSACTION_ENDED, "rolled back");
        assertThatThrownBy(managed.getLocalTransaction()::commit)
                .isInstanceOf(LocalTransactionException.class)
                .hasCause(channel.error);
    }

    @Test
    void handlesThatContainersMakeByThemselvesAreClosed() {
        assertClosed(new BrokerConnectionHandle()::database);
        assertThat(new SqlHandle().isClosed()).isTrue();
    }
}
