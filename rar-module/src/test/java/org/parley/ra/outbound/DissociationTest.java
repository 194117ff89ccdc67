package org.parley.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.ra.outbound.HandleTest.assertClosed;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.LazyAssociatableConnectionManager;
import jakarta.resource.spi.LazyEnlistableConnectionManager;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.ErrorNumbers;

/** Containers that take connections away from handles between uses, and that enlist at the first use. */
class DissociationTest {

    private static final UUID ENDPOINT = new UUID(0, 1);

    private final List<String> asked = new ArrayList<>();
    private final FakeChannel first = new FakeChannel("parley", null);
    private final FakeChannel second = new FakeChannel("parley", null);
    private ResourceException refusal;

    private static ParleyManagedConnection connection(ManagedConnectionFactory factory, FakeChannel channel) {
        ParleyManagedConnectionFactory ours = (ParleyManagedConnectionFactory) factory;
        return new ParleyManagedConnection(ours, channel, ours.request(null, null));
    }

    /** Gives the connections of two channels in turn. */
    private class Plain implements ConnectionManager {

        private static final long serialVersionUID = 1L;

        final transient Deque<ParleyManagedConnection> pool = new ArrayDeque<>();

        @Override
        public Object allocateConnection(ManagedConnectionFactory factory, ConnectionRequestInfo info)
                throws ResourceException {
            if (pool.isEmpty()) {
                pool.add(connection(factory, first));
                pool.add(connection(factory, second));
            }
            return pool.getFirst().getConnection(null, info);
        }

        /** Takes the first connection away from its handles, and lies the other one on top. */
        void dissociate() throws Exception {
            ParleyManagedConnection taken = pool.removeFirst();
            taken.dissociateConnections();
            taken.cleanup();
            pool.addLast(taken);
        }
    }

    /** With both optimizations. */
    private final class Lazy extends Plain
            implements LazyAssociatableConnectionManager, LazyEnlistableConnectionManager {

        private static final long serialVersionUID = 1L;

        @Override
        public void associateConnection(Object handle, ManagedConnectionFactory factory, ConnectionRequestInfo info)
                throws ResourceException {
            asked.add("associate");
            if (refusal != null) {
                throw refusal;
            }
            pool.getFirst().associateConnection(handle);
        }

        @Override
        public void inactiveConnectionClosed(Object handle, ManagedConnectionFactory factory) {
            asked.add("inactive closed");
        }

        @Override
        public void lazyEnlist(ManagedConnection managed) throws ResourceException {
            asked.add("enlist");
            if (refusal != null) {
                throw refusal;
            }
            first.needsEnlistment = false;
        }
    }

    private static BrokerConnectionFactory broker(ConnectionManager connections) {
        return (BrokerConnectionFactory) new BrokerManagedConnectionFactory().createConnectionFactory(connections);
    }

    @Test
    void handleGetsAnotherConnectionAtItsNextUse() throws Exception {
        Lazy connections = new Lazy();
        BrokerConnection connection = broker(connections).getConnection();
        connections.dissociate();
        assertThat(asked).isEmpty();
        connection.catalog();
        assertThat(asked).containsExactly("associate");
        assertThat(second.trace).contains("session.catalog");
        assertThat(first.trace).containsExactly("cleanup");
        connection.close();
        assertThat(asked).containsExactly("associate");
        assertClosed(connection::catalog);
    }

    @Test
    void dataSourceHandleTooAndItIsNotClosedMeanwhile() throws Exception {
        Lazy connections = new Lazy();
        DataSource data = (DataSource) new DataManagedConnectionFactory().createConnectionFactory(connections);
        Connection connection = data.getConnection();
        connections.dissociate();
        assertThat(connection.isClosed()).isFalse();
        connection.createStatement();
        assertThat(second.trace).contains("sql.createStatement");
    }

    @Test
    void conversationStaysBoundWhereverItGoes() throws Exception {
        Lazy connections = new Lazy();
        Conversation begun = broker(connections).begin(Dialog.between("a", "b"));
        connections.dissociate();
        begun.end();
        assertThat(second.boundTo()).isEqualTo(FakeChannel.BEGUN);
        assertThat(first.boundTo()).isNull();
        Conversation found = broker(connections).conversation(ENDPOINT);
        connections.dissociate();
        found.end();
        assertThat(first.boundTo()).isEqualTo(ENDPOINT);
    }

    @Test
    void inactiveHandleTellsTheContainerWhenItIsClosed() throws Exception {
        Lazy connections = new Lazy();
        BrokerConnection connection = broker(connections).getConnection();
        connections.dissociate();
        connection.close();
        connection.close();
        assertThat(asked).containsExactly("inactive closed");
        assertClosed(connection::catalog);
    }

    @Test
    void withoutLazyAssociationADissociatedHandleIsClosed() throws Exception {
        Plain connections = new Plain();
        BrokerConnection connection = broker(connections).getConnection();
        connections.dissociate();
        assertClosed(connection::catalog);
    }

    @Test
    void refusedAssociationSaysWhy() throws Exception {
        Lazy connections = new Lazy();
        BrokerConnection connection = broker(connections).getConnection();
        connections.dissociate();
        refusal = new ResourceException("the pool is exhausted");
        assertThatThrownBy(connection::catalog)
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("the pool is exhausted");
        refusal = null;
        connection.catalog();
        assertThat(second.trace).contains("session.catalog");
    }

    @Test
    void connectionIsEnlistedBeforeItsFirstWorkOnly() {
        BrokerConnection connection = broker(new Lazy()).getConnection();
        connection.catalog();
        assertThat(asked).isEmpty();
        first.needsEnlistment = true;
        connection.catalog();
        connection.catalog();
        assertThat(asked).containsExactly("enlist");
    }

    @Test
    void refusedEnlistmentNamesItsNumber() {
        BrokerConnection connection = broker(new Lazy()).getConnection();
        first.needsEnlistment = true;
        refusal = new ResourceException("no transaction of mine");
        assertThatThrownBy(connection::catalog)
                .hasMessageContaining("no transaction of mine")
                .extracting("number")
                .isEqualTo(ErrorNumbers.NOT_ENLISTED);
        assertThat(first.trace).isEmpty();
    }

    @Test
    void withoutLazyEnlistmentTheEngineDecides() {
        BrokerConnection connection = broker(new Plain()).getConnection();
        first.needsEnlistment = true;
        connection.catalog();
        assertThat(first.trace).contains("session.catalog");
    }
}
