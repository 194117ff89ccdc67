package org.parley.engine.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.LocalConnection;
import org.parley.Receive;
import org.parley.SuspendedGroup;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;

/**
 * A prepared branch that had received and is rolled back counts as any; service-broker.md, section 12. One that is rolled back
 * after a restart doesn't: who had received was done with it.
 */
class PreparedRollbacksTest {

    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private LocalConnection client;
    private LocalConnection desk;
    private int lastXid;

    @BeforeEach
    void connect() {
        client = home.connect();
        desk = home.connect();
    }

    private void alter(String option) {
        client.catalog().define("ALTER QUEUE ExpenseQueue WITH " + option);
    }

    private void rollbacks(int times) {
        for (int i = 0; i < times; i++) {
            desk.begin();
            assertThat(desk.receive(THERE.top(1))).hasSize(1);
            desk.rollback();
        }
    }

    private TestXid prepareReceive() throws Exception {
        TestXid xid = TestXid.of(++lastXid, 1);
        XAResource resource = desk.channel().xaResource();
        resource.start(xid, XAResource.TMNOFLAGS);
        assertThat(desk.receive(THERE.top(1))).hasSize(1);
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        return xid;
    }

    private void rollBack(TestXid xid, boolean restarts) throws Exception {
        if (restarts) {
            home.restart();
            connect();
            home.parley().server().recoveryResources().get(0).rollback(xid);
        } else {
            desk.channel().xaResource().rollback(xid);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itSuspendsItsGroup(boolean restarts) throws Exception {
        alter("POISON_MESSAGE_HANDLING (ACTION = SUSPEND_GROUP)");
        UUID group = group(Expenses.submit(client, "<a/>").conversationId());
        rollBack(prepareReceive(), restarts);
        rollbacks(restarts ? 4 : 3);
        assertThat(client.suspendedGroups()).isEmpty();
        rollbacks(1);
        assertThat(client.suspendedGroups()).extracting(SuspendedGroup::groupId).containsExactly(group);
    }

    private UUID group(UUID conversation) {
        return client.endpoints(conversation).get(1).groupId();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itTurnsItsQueueOff(boolean restarts) throws Exception {
        Expenses.submit(client, "<a/>");
        rollBack(prepareReceive(), restarts);
        rollbacks(restarts ? 4 : 3);
        assertThat(home.heard().lines("queue off")).isEmpty();
        rollbacks(1);
        home.heard().await("queue off: " + Expenses.DESK_QUEUE);
    }

    /** A crash that finds many readers between the phases isn't a row of failures. */
    @Test
    void aCrashAtWorkLeavesTheQueueOn() throws Exception {
        List<TestXid> prepared = new ArrayList<>();
        for (int reader = 0; reader < 6; reader++) {
            Expenses.submit(client, "<a/>");
            prepared.add(prepareReceive());
        }
        home.restart();
        connect();
        for (TestXid xid : prepared) {
            home.parley().server().recoveryResources().get(0).rollback(xid);
        }
        for (int reader = 0; reader < 6; reader++) {
            assertThat(desk.receive(THERE)).hasSize(1);
        }
        assertThat(home.heard().lines("queue off")).isEmpty();
    }

    @Test
    void theFifthOneOfASuspendedGroupInDoubtIsKnownAfterTheRestart() throws Exception {
        alter("POISON_MESSAGE_HANDLING (ACTION = SUSPEND_GROUP)");
        UUID conversation = Expenses.submit(client, "<a/>").conversationId();
        rollbacks(5);
        UUID group = group(conversation);
        home.heard().await("suspended: " + group);
        TestXid xid = TestXid.of(++lastXid, 1);
        XAResource resource = desk.channel().xaResource();
        resource.start(xid, XAResource.TMNOFLAGS);
        assertThat(desk.receive(THERE.ofGroup(group))).hasSize(1);
        resource.end(xid, XAResource.TMSUCCESS);
        resource.prepare(xid);
        home.restart();
        connect();
        assertThat(client.suspendedGroups()).extracting(SuspendedGroup::groupId).containsExactly(group);
        home.parley().server().recoveryResources().get(0).rollback(xid);
        assertThat(desk.receive(THERE)).isEmpty();
        client.resumeGroup(group);
        assertThat(desk.receive(THERE)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itDelaysItsGroup(boolean restarts) throws Exception {
        alter("REDELIVERY_DELAY = 1000");
        Expenses.submit(client, "<a/>");
        rollBack(prepareReceive(), restarts);
        if (!restarts) {
            assertThat(desk.receive(THERE)).isEmpty();
            home.clock().advance(Duration.ofSeconds(1));
        }
        assertThat(desk.receive(THERE)).hasSize(1);
    }
}
