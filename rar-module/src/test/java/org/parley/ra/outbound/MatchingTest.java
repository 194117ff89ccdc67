package org.parley.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.SecurityException;
import jakarta.resource.spi.TransactionSupport.TransactionSupportLevel;
import jakarta.resource.spi.security.PasswordCredential;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.security.auth.Subject;
import org.junit.jupiter.api.Test;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

class MatchingTest {

    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private final BrokerManagedConnectionFactory factory = new BrokerManagedConnectionFactory();

    private ParleyManagedConnection connection(String database, String user, UUID endpoint) {
        FakeChannel channel = new FakeChannel(database, user);
        channel.bind(endpoint);
        return new ParleyManagedConnection(
                factory, channel, new ParleyRequest(database, user, user == null ? null : "", user != null, endpoint));
    }

    private Object match(ParleyRequest request, ParleyManagedConnection... candidates) {
        return factory.matchManagedConnections(new LinkedHashSet<>(List.of(candidates)), null, request);
    }

    @Test
    void exactEndpointBeforeAnyIdleOne() {
        ParleyManagedConnection unbound = connection("parley", null, null);
        ParleyManagedConnection bound = connection("parley", null, ONE);
        assertThat(match(factory.request(null, ONE), unbound, bound)).isSameAs(bound);
        assertThat(match(factory.request(null, null), bound, unbound)).isSameAs(unbound);
        assertThat(match(factory.request(null, OTHER), bound)).isSameAs(bound);
    }

    @Test
    void usedConnectionIsNotBoundAnew() throws Exception {
        ParleyManagedConnection used = connection("parley", null, ONE);
        used.getConnection(null, factory.request(null, ONE));
        assertThat(match(factory.request(null, OTHER), used)).isNull();
        assertThat(match(factory.request(null, ONE), used)).isSameAs(used);
    }

    @Test
    void otherDatabaseOrUserNeverMatches() {
        assertThat(match(factory.request(null, null), connection("other", null, null)))
                .isNull();
        assertThat(match(factory.request("ann", null), connection("parley", null, null)))
                .isNull();
        assertThat(match(factory.request("ann", null), connection("parley", "ann", null)))
                .isNotNull();
        assertThat(factory.matchManagedConnections(Set.of("another adapter's"), null, null))
                .isNull();
    }

    @Test
    void anotherPasswordNeverMatches() {
        ParleyManagedConnection ofAnn = connection("parley", "ann", null);
        assertThat(match(factory.request("ann", "", null), ofAnn)).isSameAs(ofAnn);
        assertThat(match(factory.request("ann", "guess", null), ofAnn)).isNull();
        assertThat(factory.request("ann", "guess", null).toString()).doesNotContain("guess");
    }

    @Test
    void idleConnectionTakesTheRequestedEndpoint() throws Exception {
        ParleyManagedConnection idle = connection("parley", null, ONE);
        idle.getConnection(null, factory.request(null, OTHER));
        assertThat(idle.isBoundTo(OTHER)).isTrue();
    }

    @Test
    void anotherIdentityIsRefused() {
        ParleyManagedConnection ofOwner = connection("parley", null, null);
        assertThatThrownBy(() -> ofOwner.getConnection(null, factory.request("ann", null)))
                .isInstanceOf(SecurityException.class)
                .hasMessageContaining("'ann'");
    }

    /** As TomEE has it, which gives all in a transaction the same one. */
    @Test
    void connectionOfSomebodyElseIsNotUsed() {
        ParleyManagedConnection ofOwner = connection("parley", null, null);
        BrokerConnectionFactory broker = (BrokerConnectionFactory) factory.createConnectionFactory(
                (asking, info) -> ofOwner.getConnection(null, factory.request(null, null)));
        assertThatThrownBy(() -> broker.getConnection("ann", ""))
                .isInstanceOfSatisfying(
                        BrokerException.class,
                        refused -> assertThat(refused.number()).isEqualTo(ErrorNumbers.LOGIN_FAILED))
                .hasMessageContaining("'ann'");
        assertThat(ofOwner.isIdle()).isTrue();
    }

    /** In the other order: the rights of who has said a user's name and password are not everybody's. */
    @Test
    void connectionOfANamedUserIsNotUsedWithoutAName() {
        ParleyManagedConnection ofAnn = connection("parley", "ann", null);
        BrokerConnectionFactory broker = (BrokerConnectionFactory) factory.createConnectionFactory(
                (asking, info) -> ofAnn.getConnection(null, factory.request("ann", null)));
        assertThatThrownBy(broker::getConnection)
                .isInstanceOfSatisfying(
                        BrokerException.class,
                        refused -> assertThat(refused.number()).isEqualTo(ErrorNumbers.LOGIN_FAILED))
                .hasMessageContaining("names no user");
        assertThat(ofAnn.isIdle()).isTrue();
    }

    /** The container's own sign-on is invisible to who asks. */
    @Test
    void connectionOfTheContainersUserIsUsedWithoutAName() {
        ParleyManagedConnection ofContainer = new ParleyManagedConnection(
                factory,
                new FakeChannel("parley", "ann"),
                factory.request(null, null).as("ann", "secret"));
        BrokerConnectionFactory broker = (BrokerConnectionFactory) factory.createConnectionFactory(
                (asking, info) -> ofContainer.getConnection(subject("ann", "secret"), info));
        try (BrokerConnection connection = broker.getConnection()) {
            assertThat(connection).isNotNull();
        }
        assertThat(match(factory.request("ann", "secret", null), ofContainer)).isNull();
    }

    private Subject subject(String user, String password) {
        PasswordCredential credential = new PasswordCredential(user, password.toCharArray());
        credential.setManagedConnectionFactory(factory);
        return new Subject(false, Set.of(), Set.of(), Set.of(credential));
    }

    @Test
    void identityOfApplicationThenContainerThenConfiguration() {
        PasswordCredential credential = new PasswordCredential("container", new char[0]);
        credential.setManagedConnectionFactory(factory);
        Subject subject = new Subject(false, Set.of(), Set.of(), Set.of(credential));
        factory.setUser("configured");
        credential.setManagedConnectionFactory(factory);
        assertThat(factory.requestOf(subject, factory.request("application", null))
                        .user())
                .isEqualTo("application");
        assertThat(factory.requestOf(subject, factory.request(null, null)).user())
                .isEqualTo("container");
        assertThat(factory.requestOf(null, factory.request(" ", null)).user()).isEqualTo("configured");
        factory.setUser("");
        assertThat(factory.requestOf(null, null).user()).isNull();
    }

    @Test
    void invalidConnectionsAreFound() {
        FakeChannel broken = new FakeChannel("parley", null);
        broken.valid = false;
        ParleyManagedConnection invalid = new ParleyManagedConnection(factory, broken, factory.request(null, null));
        ParleyManagedConnection valid = connection("parley", null, null);
        assertThat((Set<?>) factory.getInvalidConnections(Set.of(invalid, valid)))
                .hasSize(1)
                .first()
                .isSameAs(invalid);
    }

    @Test
    void requestsAndFactoriesAreEqualByValue() {
        assertThat(factory.request("ann", ONE))
                .isEqualTo(factory.request("ann", ONE))
                .hasSameHashCodeAs(factory.request("ann", ONE));
        BrokerManagedConnectionFactory same = new BrokerManagedConnectionFactory();
        assertThat(factory).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(new DataManagedConnectionFactory());
        same.setDatabase("other");
        assertThat(factory).isNotEqualTo(same);
    }

    @Test
    void transactionLevelDecidesWhatTheContainerGets() throws Exception {
        ParleyManagedConnection connection = connection("parley", null, null);
        assertThat(factory.getTransactionSupport()).isEqualTo(TransactionSupportLevel.XATransaction);
        assertThat(connection.getXAResource()).isNotNull();
        factory.setTransactionLevel("LocalTransaction");
        assertThatThrownBy(connection::getXAResource).isInstanceOf(NotSupportedException.class);
        assertThat(connection.getLocalTransaction()).isNotNull();
        factory.setTransactionLevel("NoTransaction");
        assertThatThrownBy(connection::getLocalTransaction).isInstanceOf(NotSupportedException.class);
        factory.setTransactionLevel("XA");
        assertThatThrownBy(factory::getTransactionSupport)
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("'transactionLevel'")
                .hasMessageContaining("'XA'")
                .hasMessageContaining("XATransaction, LocalTransaction and NoTransaction");
    }

    @Test
    void withoutAdapterOrContainerThereAreNoConnections() {
        assertThatThrownBy(() -> factory.createManagedConnection(null, null)).isInstanceOf(ResourceException.class);
        assertThatThrownBy(factory::createConnectionFactory)
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("org.parley.Parley");
    }
}
