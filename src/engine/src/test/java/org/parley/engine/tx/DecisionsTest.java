package org.parley.engine.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.Conversation;
import org.parley.ErrorNumbers;
import org.parley.InDoubtBranch;
import org.parley.InDoubtBranch.State;
import org.parley.LocalConnection;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;
import org.parley.engine.store.DecisionRow;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreTransaction;
import org.parley.engine.store.derby.DerbyStores;
import org.parley.spi.Health;

/** Outcomes that an operator decides: at once true, remembered until the transaction manager forgets them; decision 0048. */
class DecisionsTest {

    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);
    private static final TestXid XID = TestXid.of(1, 1);
    private static final String TEXT = "1267:010201:01";

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private LocalConnection client;
    private LocalConnection desk;

    @BeforeEach
    void connect() {
        client = home.connect();
        desk = home.connect();
    }

    private void restart() {
        home.restart();
        connect();
    }

    private XAResource manager() {
        return home.parley().server().recoveryResources().get(0);
    }

    private void prepareSend() throws Exception {
        prepareSend(XID);
    }

    private void prepareSend(TestXid xid) throws Exception {
        XAResource resource = client.channel().xaResource();
        resource.start(xid, XAResource.TMNOFLAGS);
        Conversation conversation = client.begin(Expenses.dialog());
        conversation.send(Expenses.SUBMIT, "<a/>");
        conversation.send(Expenses.NOTE, "b");
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
    }

    private static void fails(int code, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(XAException.class).hasCauseInstanceOf(Exception.class);
        assertThat(((XAException) thrown).errorCode).as(thrown.toString()).isEqualTo(code);
    }

    private void decide(boolean commit) {
        if (commit) {
            client.commitInDoubt(TEXT);
        } else {
            client.rollbackInDoubt(TEXT);
        }
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void aDecisionIsTrueAtOnceAndRememberedUntilForgotten(boolean commit, boolean restarts) throws Exception {
        prepareSend();
        Instant prepared = home.clock().instant();
        if (restarts) {
            restart();
        }
        home.clock().advance(Duration.ofMinutes(5));
        assertThat(client.inDoubtBranches())
                .containsExactly(new InDoubtBranch(TEXT, State.PREPARED, prepared, 2, 2, 0, null, null));
        assertThat(home.parley().server().health().status()).isEqualTo(Health.Status.DEGRADED);
        decide(commit);
        assertThat(desk.receive(THERE)).hasSize(commit ? 2 : 0);
        assertThat(home.heard().lines("decided"))
                .containsExactly("decided " + TEXT + (commit ? " committed" : " rolled back") + " by dbo");
        assertThat(home.parley().server().health().status()).isEqualTo(Health.Status.UP);
        Failing.with(ErrorNumbers.NOT_IN_DOUBT, () -> client.rollbackInDoubt(TEXT));
        int code = commit ? XAException.XA_HEURCOM : XAException.XA_HEURRB;
        for (int i = 0; i < 2; i++) {
            assertThat(manager().recover(XAResource.TMSTARTRSCAN))
                    .singleElement()
                    .matches(XID::sameAs);
            fails(code, () -> manager().commit(XID, false));
            fails(code, () -> manager().rollback(XID));
            assertThat(client.inDoubtBranches()).singleElement().satisfies(branch -> {
                assertThat(branch.state())
                        .isEqualTo(commit ? State.HEURISTICALLY_COMMITTED : State.HEURISTICALLY_ROLLED_BACK);
                assertThat(branch.decidedBy()).isEqualTo("dbo");
                assertThat(branch.decidedAt()).isEqualTo(prepared.plus(Duration.ofMinutes(5)));
                assertThat(branch.sent()).isEqualTo(2);
            });
            restart();
        }
        manager().forget(XID);
        assertThat(manager().recover(XAResource.TMSTARTRSCAN)).isEmpty();
        assertThat(client.inDoubtBranches()).isEmpty();
        fails(XAException.XAER_NOTA, () -> manager().commit(XID, false));
        restart();
        assertThat(client.inDoubtBranches()).isEmpty();
        assertThat(records()).isEqualTo(1);
    }

    /** What was forgotten stays as a record. */
    private int records() throws SQLException {
        try (Statement statement = client.sql().createStatement();
                ResultSet at = statement.executeQuery(
                        "SELECT COUNT(*) FROM PARLEY_STORE.DECISIONS WHERE DECIDED_BY = 'dbo' AND FORGOTTEN > 0 WITH UR")) {
            at.next();
            return at.getInt(1);
        }
    }

    @Test
    void theViewShowsWhoAndWhen() throws Exception {
        prepareSend();
        home.clock().advance(Duration.ofSeconds(90));
        client.rollbackInDoubt(TEXT);
        try (Statement statement = client.sql().createStatement();
                ResultSet at = statement.executeQuery("SELECT XID, STATE_DESC, AGE_SECONDS, GROUP_COUNT, SENT_MESSAGES,"
                        + " DECIDED_BY, {fn TIMESTAMPDIFF(SQL_TSI_SECOND, PREPARED_AT, DECIDED_AT)}"
                        + " FROM PARLEY.IN_DOUBT_BRANCHES")) {
            assertThat(at.next()).isTrue();
            assertThat(List.of(
                            at.getString(1),
                            at.getString(2),
                            at.getInt(3),
                            at.getInt(4),
                            at.getInt(5),
                            at.getString(6),
                            at.getInt(7)))
                    .isEqualTo(List.of(TEXT, "HEURISTICALLY_ROLLED_BACK", 90, 2, 2, "dbo", 90));
        }
    }

    /** A transaction manager that tells the outcome within a moment is no trouble. */
    @Test
    void aBranchThatHasJustBeenPreparedIsShownAndHealthIsUp() throws Exception {
        prepareSend();
        assertThat(client.inDoubtBranches()).hasSize(1);
        assertThat(home.parley().server().health().status()).isEqualTo(Health.Status.UP);
        home.clock().advance(Duration.ofMinutes(1));
        assertThat(home.parley().server().health().reasons())
                .singleElement()
                .asString()
                .contains("1 transactions in doubt");
        client.channel().xaResource().commit(XID, false);
        assertThat(client.inDoubtBranches()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "77", "1:2", "x:01:01", "1267:0102:zz", "1267:01:01:01", "1267:010201:02"})
    void whatIsNotInDoubtIsTold(String xid) {
        Failing.with(ErrorNumbers.NOT_IN_DOUBT, () -> client.commitInDoubt(xid));
        Failing.with(ErrorNumbers.NOT_IN_DOUBT, () -> client.rollbackInDoubt(xid));
        Failing.with(ErrorNumbers.NOT_IN_DOUBT, () -> client.forgetInDoubt(xid));
    }

    @Test
    void onlyOwnersOfTheDatabaseSeeAndDecide() throws Exception {
        client.catalog().createUser("clerk");
        prepareSend();
        try (LocalConnection clerk = home.parley().connect(ExpenseHome.DATABASE, "clerk", null)) {
            assertThat(clerk.inDoubtBranches()).isEmpty();
            Failing.with(15247, () -> clerk.commitInDoubt(TEXT));
            Failing.with(15247, () -> clerk.forgetInDoubt(TEXT));
        }
        client.rollbackInDoubt(TEXT);
        client.forgetInDoubt(TEXT);
        assertThat(client.inDoubtBranches()).isEmpty();
    }

    /** The process ended between the decision and the end of the branch: the next one ends it so. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDecisionIsNeverHalfDone(boolean commit) throws Exception {
        prepareSend();
        home.whileClosed(path -> {
            try (DerbyStores stores = new DerbyStores(path);
                    Store store = stores.open(path.resolve(ExpenseHome.DATABASE), Duration.ofSeconds(1))) {
                StoreTransaction transaction = store.begin();
                transaction.insertDecision(new DecisionRow(XID, commit, "dbo", 2, 1, 1, 2, 0));
                transaction.commit();
            }
        });
        connect();
        assertThat(client.inDoubtBranches())
                .extracting(InDoubtBranch::state)
                .doesNotContain(State.PREPARED)
                .hasSize(1);
        assertThat(desk.receive(THERE)).hasSize(commit ? 2 : 0);
        manager().forget(XID);
    }

    /** Of two that decide at once, one is told that it comes too late; the branch has one outcome. */
    @Test
    void aDecisionAndTheTransactionManagerAtOnce() throws Exception {
        for (int round = 1; round <= 20; round++) {
            TestXid xid = TestXid.of(round, 1);
            prepareSend(xid);
            Other<Void> operator = Other.runs("operator", () -> client.rollbackInDoubt(XidText.of(xid)));
            Throwable told = catchThrowable(() -> manager().commit(xid, false));
            boolean decided = catchThrowable(operator::result) == null;
            if (decided) {
                assertThat(((XAException) told).errorCode).isEqualTo(XAException.XA_HEURRB);
                manager().forget(xid);
            } else {
                assertThat(told).isNull();
            }
            assertThat(desk.receive(THERE)).hasSize(decided ? 0 : 2);
        }
    }
}
