package org.parley.engine.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.parley.testkit.Eventually.eventually;

import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.ErrorNumbers;
import org.parley.InDoubtBranch;
import org.parley.InDoubtBranch.State;
import org.parley.LocalConnection;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.fault.NextFault;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;

/** An outcome that is on disk and not in memory, told by a transaction manager or decided by an operator, is read anew from disk. */
class FailureAtOutcomeTest {

    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);
    private static final TestXid XID = TestXid.of(1, 1);
    private static final String TEXT = XidText.of(XID);

    @RegisterExtension
    @Order(1)
    final NextFault fault = new NextFault();

    @RegisterExtension
    @Order(2)
    final ExpenseHome home = new ExpenseHome();

    private LocalConnection client;

    @BeforeEach
    void prepare() throws Exception {
        client = home.connect();
        XAResource resource = client.channel().xaResource();
        resource.start(XID, XAResource.TMNOFLAGS);
        client.begin(Expenses.dialog()).send(Expenses.SUBMIT, "<a/>");
        resource.end(XID, XAResource.TMSUCCESS);
        assertThat(resource.prepare(XID)).isEqualTo(XAResource.XA_OK);
    }

    private XAResource manager() {
        return home.parley().server().recoveryResources().get(0);
    }

    private void awaitReopening() {
        home.heard().await("failed " + ExpenseHome.DATABASE);
        eventually()
                .holds("the database to be open again", () -> client.channel().isValid());
    }

    private List<State> known() {
        return client.inDoubtBranches().stream().map(InDoubtBranch::state).toList();
    }

    private void decide(boolean commit) {
        if (commit) {
            client.commitInDoubt(TEXT);
        } else {
            client.rollbackInDoubt(TEXT);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDecisionThatIsOnDiskThoughItsCommitFailedIsCarriedOut(boolean commit) throws Exception {
        fault.atInThisThread(FaultPoint.STORE_COMMITTED, new StoreException(Kind.UNAVAILABLE, "asked for", null));
        Failing.with(ErrorNumbers.STORE_FAILED, () -> decide(commit));
        awaitReopening();
        assertThat(known()).containsExactly(commit ? State.HEURISTICALLY_COMMITTED : State.HEURISTICALLY_ROLLED_BACK);
        assertThat(client.receive(THERE)).hasSize(commit ? 1 : 0);
        Throwable told = catchThrowable(() -> manager().commit(XID, false));
        assertThat(((XAException) told).errorCode).isEqualTo(commit ? XAException.XA_HEURCOM : XAException.XA_HEURRB);
        manager().forget(XID);
    }

    @Test
    void aDecisionThatIsNotOnDiskIsNone() throws Exception {
        fault.atInThisThread(FaultPoint.STORE_COMMITS, new StoreException(Kind.UNAVAILABLE, "asked for", null));
        Failing.with(ErrorNumbers.STORE_FAILED, () -> decide(false));
        awaitReopening();
        assertThat(known()).containsExactly(State.PREPARED);
        manager().commit(XID, false);
        assertThat(client.receive(THERE)).hasSize(1);
    }

    @Test
    void anOutcomeThatMemoryCouldNotTakeIsReadAnew() throws Exception {
        home.restart();
        client = home.connect();
        fault.atInThisThread(FaultPoint.OUTCOME_BEGINS, new IllegalStateException("asked for"));
        Throwable told = catchThrowable(() -> manager().commit(XID, false));
        assertThat(((XAException) told).errorCode).isEqualTo(XAException.XAER_RMFAIL);
        awaitReopening();
        assertThat(client.receive(THERE)).hasSize(1);
        assertThat(client.inDoubtBranches()).isEmpty();
    }
}
