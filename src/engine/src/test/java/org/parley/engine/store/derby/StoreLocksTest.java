package org.parley.engine.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.engine.store.derby.StoreFixture.async;
import static org.parley.engine.store.derby.StoreFixture.endpoint;
import static org.parley.engine.store.derby.StoreFixture.message;
import static org.parley.engine.store.derby.StoreFixture.xid;
import static org.parley.testkit.Eventually.eventually;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;
import org.parley.engine.store.StoreTransaction;
import org.parley.engine.store.StoredEndpoints.MessageRange;

class StoreLocksTest {

    @TempDir
    Path home;

    private StoreFixture fixture;

    @BeforeEach
    void open() {
        fixture = new StoreFixture(home);
        StoreTransaction t = fixture.store().begin();
        t.insertEndpoint(endpoint(2));
        t.insertEndpoint(endpoint(4));
        t.commit();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Callable<Void> update(StoreTransaction transaction, long endpoint) {
        return () -> {
            transaction.updateEndpoint(endpoint, Stage.ENDED, 1);
            return null;
        };
    }

    private static StoreException failure(Future<?> work) throws Exception {
        try {
            work.get(90, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return (StoreException) e.getCause();
        }
    }

    /** Waits until Derby's lock table shows the wait. */
    private Map<StoreTransaction, Set<StoreTransaction>> awaitWaits() {
        return eventually().becomes("waits", () -> fixture.store().waits(), waits -> !waits.isEmpty());
    }

    @Test
    void waitsAreSeenOfLocalAndGlobalTransactions() throws Exception {
        StoreTransaction holder = fixture.store().begin(xid(1));
        StoreTransaction waiter = fixture.store().begin();
        holder.updateEndpoint(2, Stage.ENDED, 1);
        assertThat(fixture.store().waits()).isEmpty();
        Future<Void> wait = async(update(waiter, 2));
        assertThat(awaitWaits()).isEqualTo(Map.of(waiter, Set.of(holder)));
        holder.rollback();
        assertThat(failure(wait)).isNull();
        assertThat(fixture.store().waits()).isEmpty();
        waiter.commit();
    }

    /** END deletes what its side has retained while others, anywhere beside it in the index, receive and send. */
    @Test
    void retainedMessagesAreDeletedBesideUncommittedOnesOfOthers() {
        for (long e = 1; e < 400; e += 2) {
            StoreTransaction own = fixture.store().begin();
            own.retain(e, true, message(e ^ 1, 0, null));
            own.commit();
        }
        StoreTransaction others = fixture.store().begin();
        for (long e = 0; e < 400; e += 2) {
            others.insertMessage(message(e, 0, new byte[40_000]));
            others.retain(e, false, message(e, 0, new byte[40_000]));
        }
        for (long e = 1; e < 400; e += 2) {
            StoreTransaction end = fixture.store().begin();
            end.deleteRetained(e);
            end.commit();
            assertThat(fixture.store().lookAtRetained(e, true, 0, Long.MAX_VALUE, 10))
                    .isEmpty();
        }
        assertThat(fixture.store().lookAtRetained(4, false, 0, Long.MAX_VALUE, 10))
                .singleElement()
                .satisfies(seen -> assertThat(seen.bodyApart()).isTrue());
        assertThat(fixture.store().lookAtRetainedPiece(4, false, 4000, 0)).hasSize(40_000);
        others.rollback();
        assertThat(fixture.store().lookAtRetained(4, false, 0, Long.MAX_VALUE, 10))
                .isEmpty();
    }

    @Test
    void deadlockHasOneVictimAndTheOtherGoesOn() throws Exception {
        StoreTransaction first = fixture.store().begin(xid(1));
        StoreTransaction second = fixture.store().begin(xid(2));
        first.updateEndpoint(2, Stage.ENDED, 1);
        second.updateEndpoint(4, Stage.ENDED, 1);
        Future<Void> one = async(update(first, 4));
        Future<Void> two = async(update(second, 2));
        List<StoreTransaction> lost = new ArrayList<>();
        for (Map.Entry<StoreTransaction, Future<Void>> each :
                Map.of(first, one, second, two).entrySet()) {
            StoreException failure = failure(each.getValue());
            if (failure != null) {
                assertThat(failure.kind()).isEqualTo(Kind.DEADLOCK);
                assertThat(each.getKey().lost()).isSameAs(failure);
                lost.add(each.getKey());
            }
        }
        assertThat(lost).hasSize(1);
        StoreTransaction victim = lost.get(0);
        assertThatThrownBy(victim::commit).isSameAs(victim.lost());
        assertThatThrownBy(victim::prepare)
                .isInstanceOfSatisfying(
                        XAException.class, e -> assertThat(e.errorCode).isEqualTo(XAException.XA_RBDEADLOCK))
                .hasCause(victim.lost());
        victim.rollback();
        StoreTransaction other = victim == first ? second : first;
        other.commit();
        assertThat(fixture.store().load().endpoints().rows()).allMatch(row -> row.stage() == Stage.ENDED);
    }

    @Test
    void lockTimeoutRollsEverythingBack() throws Exception {
        fixture.close();
        fixture = new StoreFixture(home, Duration.ofSeconds(1));
        StoreTransaction holder = fixture.store().begin();
        holder.updateEndpoint(2, Stage.ENDED, 1);
        StoreTransaction waiter = fixture.store().begin(xid(1));
        waiter.insertMessage(message(9, 1, null));
        assertThatThrownBy(() -> waiter.updateEndpoint(2, Stage.ENDED, 1))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LOCK_TIMEOUT));
        assertThat(fixture.store().peek(9, 0, 9, 9)).isEmpty();
        assertThatThrownBy(() -> waiter.insertMessage(message(9, 2, null))).isSameAs(waiter.lost());
        waiter.rollback();
        assertThat(fixture.store().peek(9, 0, 9, 9)).isEmpty();
        StoreTransaction again = fixture.store().begin(xid(1));
        again.insertMessage(message(9, 1, null));
        again.commit();
        holder.rollback();
    }

    @Test
    void interruptedWaitLosesTheTransactionOnly() throws Exception {
        StoreTransaction holder = fixture.store().begin();
        holder.updateEndpoint(2, Stage.ENDED, 1);
        StoreTransaction waiter = fixture.store().begin();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        Future<Void> wait = async(() -> {
            thread.complete(Thread.currentThread());
            return update(waiter, 2).call();
        });
        awaitWaits();
        thread.get().interrupt();
        assertThat(failure(wait).kind()).isEqualTo(Kind.ROLLED_BACK);
        waiter.rollback();
        holder.commit();
        fixture.store().ping();
    }

    @Test
    void failedStatementLeavesTheTransactionAlive() {
        StoreTransaction t = fixture.store().begin(xid(1));
        t.insertMessage(message(3, 1, null));
        assertThatThrownBy(() -> t.insertMessage(message(3, 1, null)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STATEMENT))
                .hasCauseInstanceOf(SQLException.class);
        assertThat(t.lost()).isNull();
        t.insertMessage(message(3, 2, null));
        t.commit();
        assertThat(fixture.store().peek(3, 0, 9, 9)).hasSize(2);
    }

    @Test
    void sameXidTwiceIsRefusedAndLeavesTheFirst() {
        StoreTransaction t = fixture.store().begin(xid(1));
        t.insertMessage(message(3, 1, null));
        assertThatThrownBy(() -> fixture.store().begin(xid(1))).isInstanceOf(StoreException.class);
        t.commit();
        fixture.store().begin(xid(1)).rollback();
        fixture.store().begin(xid(1)).rollback();
    }

    @Test
    void manyRowsAreNotEscalatedToATableLock() {
        StoreTransaction many = fixture.store().begin();
        for (int i = 0; i < 6000; i++) {
            many.insertMessage(message(2, i, null));
        }
        StoreTransaction one = fixture.store().begin();
        one.insertMessage(message(3, 1, null));
        one.deleteMessages(3, 0, 5);
        one.commit();
        many.rollback();
    }

    @Test
    void readersOfOneSideDontWaitForTheOther() {
        StoreTransaction before = fixture.store().begin();
        before.insertMessage(message(3, 0, null));
        before.insertMessage(message(3, 1, null));
        before.commit();
        StoreTransaction sender = fixture.store().begin();
        sender.insertMessage(message(3, 2, null));
        sender.insertMessage(message(2, 0, null));
        StoreTransaction receiver = fixture.store().begin();
        assertThat(receiver.readMessages(3, 0, 1, 100)).hasSize(2);
        assertThat(receiver.deleteMessages(3, 0, 1)).isEqualTo(2);
        receiver.insertMessage(message(2, 1, null));
        receiver.commit();
        sender.commit();
    }

    @Test
    void reloadLeavesOutWhatIsUncommittedWithoutWaiting() {
        StoreTransaction before = fixture.store().begin();
        before.insertMessage(message(3, 0, null));
        before.insertMessage(message(3, 1, null));
        before.commit();
        StoreTransaction sender = fixture.store().begin();
        sender.insertMessage(message(3, 2, null));
        sender.insertMessage(message(3, 3, null));
        sender.insertMessage(message(3, -1, null));
        assertThat(fixture.store().reload(List.of(3L)).ranges())
                .containsExactly(new MessageRange(3, 0, 1, 2, 3000, false, false, false));
        sender.commit();
        assertThat(fixture.store().reload(List.of(3L)).ranges())
                .containsExactly(new MessageRange(3, 0, 3, 4, 2999, false, false, true));
    }

    @Test
    void preparedTransactionOfThisProcessCanBeEndedByItsXid() throws Exception {
        for (int round = 1; round <= 2; round++) {
            StoreTransaction t = fixture.store().begin(xid(round));
            t.insertMessage(message(3, round, null));
            assertThat(t.prepare()).isTrue();
            assertThatThrownBy(() -> t.insertMessage(message(3, 9, null))).isInstanceOf(StoreException.class);
        }
        fixture.store().commitInDoubt(xid(1));
        fixture.store().rollbackInDoubt(xid(2));
        assertThat(fixture.store().inDoubt()).isEmpty();
        assertThat(fixture.store().peek(3, 0, 9, 9))
                .singleElement()
                .satisfies(row -> assertThat(row.position()).isEqualTo(1));
        assertThatThrownBy(() -> fixture.store().commitInDoubt(xid(3))).isInstanceOf(StoreException.class);
    }
}
