package org.parley.ra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.testkit.Eventually.eventually;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.SecurityException;
import jakarta.resource.spi.security.PasswordCredential;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.security.auth.Subject;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.ConversationListener;
import org.parley.Dialog;
import org.parley.OnMessage;
import org.parley.ra.container.Bean;
import org.parley.ra.container.SmallContainer;
import org.parley.ra.inbound.ParleyActivationSpec;
import org.parley.ra.outbound.BrokerManagedConnectionFactory;

/** What a recovering transaction manager is told after a crash that left a delivery and an application's branch in doubt. */
class RecoveryTest {

    private static final String DEFINITIONS = """
            parley=CREATE QUEUE Work; CREATE SERVICE worker ON QUEUE Work ([DEFAULT]);
            other=CREATE QUEUE Work; CREATE SERVICE worker ON QUEUE Work ([DEFAULT]);
            """;
    private static final int SCAN = XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN;

    @TempDir
    Path home;

    private final SmallContainer container = new SmallContainer();
    private ParleyResourceAdapter adapter;

    /** Takes what it gets. */
    public static class Worker extends Bean implements ConversationListener {

        final List<String> seen = new CopyOnWriteArrayList<>();

        @OnMessage("DEFAULT")
        public void work(String text) {
            seen.add(text);
        }
    }

    @BeforeEach
    void leaveInDoubt() throws Exception {
        SmallContainer dying = new SmallContainer();
        adapter = started(dying);
        dying.inTransaction(() -> send(dying, "parley", "delivered"));
        dying.diesBetweenPhases();
        assertThatThrownBy(() -> dying.inTransaction(() -> send(dying, "other", "sent")))
                .hasMessage("Between the phases.");
        activated(dying);
        eventually().becomes("branches in doubt", () -> inDoubt().size(), n -> n == 2);
        adapter.stop();
        dying.close();
        adapter = started(container);
    }

    @AfterEach
    void stop() {
        adapter.stop();
        container.close();
    }

    private ParleyResourceAdapter started(SmallContainer in) throws Exception {
        ParleyResourceAdapter started = new ParleyResourceAdapter();
        started.setHome(home.toString());
        started.setDatabases("parley,other");
        started.setDefinitions(DEFINITIONS);
        started.start(in);
        return started;
    }

    private BrokerManagedConnectionFactory factory(String database) throws Exception {
        BrokerManagedConnectionFactory factory = new BrokerManagedConnectionFactory();
        factory.setResourceAdapter(adapter);
        factory.setDatabase(database);
        return factory;
    }

    private void send(SmallContainer in, String database, String text) throws Exception {
        BrokerConnectionFactory broker =
                (BrokerConnectionFactory) factory(database).createConnectionFactory(in.connections());
        try (BrokerConnection connection = broker.getConnection()) {
            connection.begin(Dialog.between("worker", "worker")).send("DEFAULT", text);
        }
    }

    private Worker activated(SmallContainer in) throws Exception {
        Worker worker = new Worker();
        ParleyActivationSpec spec = new ParleyActivationSpec();
        spec.setResourceAdapter(adapter);
        spec.setQueue("Work");
        adapter.endpointActivation(Bean.factory(in, Worker.class, () -> worker, true), spec);
        return worker;
    }

    private List<Xid> inDoubt() {
        List<Xid> xids = new ArrayList<>();
        try {
            for (XAResource resource : adapter.getXAResources(new ActivationSpec[0])) {
                xids.addAll(List.of(resource.recover(SCAN)));
            }
        } catch (ResourceException | XAException e) {
            throw new IllegalStateException(e);
        }
        return xids;
    }

    @Test
    void branchesOfAllDatabasesAreToldBeforeAnyEndpointIsActive() throws Exception {
        assertThat(inDoubt()).hasSize(2);
        for (XAResource resource : adapter.getXAResources(null)) {
            for (Xid xid : resource.recover(SCAN)) {
                resource.commit(xid, false);
            }
        }
        assertThat(inDoubt()).isEmpty();
    }

    @Test
    void poolTellsTheBranchOfADeliveryAndItsRollbackBringsTheMessageAgain() throws Exception {
        Worker worker = activated(container);
        XAResource resource =
                factory("parley").createManagedConnection(null, null).getXAResource();

        Xid[] found = resource.recover(SCAN);
        assertThat(found).hasSize(1);
        assertThat(worker.seen).isEmpty();

        resource.rollback(found[0]);
        eventually().becomes("deliveries", () -> worker.seen, seen -> seen.contains("delivered"));
        assertThat(resource.recover(SCAN)).isEmpty();
        assertThatThrownBy(() -> resource.commit(found[0], false))
                .isInstanceOfSatisfying(
                        XAException.class, e -> assertThat(e.errorCode).isEqualTo(XAException.XAER_NOTA));
    }

    @Test
    void credentialThatAServerWantsForItsRecoveryIsNotAsked() throws Exception {
        BrokerManagedConnectionFactory factory = factory("parley");
        PasswordCredential credential = new PasswordCredential("recovery", "recovery".toCharArray());
        credential.setManagedConnectionFactory(factory);
        Subject subject = new Subject(false, Set.of(), Set.of(), Set.of(credential));

        ManagedConnection managed = factory.createManagedConnection(subject, null);
        assertThat(managed.getXAResource().recover(SCAN)).hasSize(1);
        assertThatThrownBy(() -> managed.getConnection(subject, null)).isInstanceOf(SecurityException.class);
        managed.destroy();
    }

    @Test
    void activationHasTheContainerBeginToRecover() throws Exception {
        assertThat(container.terminators()).isZero();
        activated(container);
        assertThat(container.terminators()).isEqualTo(1);
    }
}
