package org.parley.engine.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.engine.store.derby.StoreFixture.async;
import static org.parley.engine.store.derby.StoreFixture.endpoint;
import static org.parley.engine.store.derby.StoreFixture.message;
import static org.parley.engine.store.derby.StoreFixture.xid;
import static org.parley.testkit.Eventually.eventually;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;
import org.parley.engine.store.StoreTransaction;

/** A database is closed while threads are at work in it. */
class StoreClosingTest {

    private static final int THREADS = 4;
    private static final int CLOSINGS = 25;

    @TempDir
    Path home;

    private StoreFixture fixture;

    @BeforeEach
    void open() {
        fixture = new StoreFixture(home);
        StoreTransaction t = fixture.store().begin();
        t.insertEndpoint(endpoint(2));
        t.commit();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Callable<Void> update(StoreTransaction transaction) {
        return () -> {
            transaction.updateEndpoint(2, Stage.ENDED, 1);
            return null;
        };
    }

    @Test
    void whoWaitsForALockIsFreedByTheRollbackOfWhoHasIt() throws Exception {
        StoreTransaction holder = fixture.store().begin();
        update(holder).call();
        StoreTransaction waiter = fixture.store().begin();
        Future<Void> waiting = async(update(waiter));
        eventually().holds("waits", () -> fixture.store().waits().containsKey(waiter));

        fixture.store().close();

        // it had the lock for a moment, or came too late for that
        assertThatThrownBy(() -> {
                    waiting.get(30, TimeUnit.SECONDS);
                    waiter.commit();
                })
                .satisfiesAnyOf(
                        e -> assertThat(e).isInstanceOf(StoreException.class),
                        e -> assertThat(e)
                                .isInstanceOf(ExecutionException.class)
                                .hasCauseInstanceOf(StoreException.class));
        assertThatThrownBy(holder::commit).isInstanceOf(StoreException.class);
        assertThat(stages(fixture.reopen())).containsExactly(Stage.OPEN);
    }

    private static List<Stage> stages(Store store) {
        List<Stage> stages = new ArrayList<>();
        store.load().endpoints().rows().forEach(row -> stages.add(row.stage()));
        return stages;
    }

    @Test
    void whatIsPreparedStaysAndItsOutcomeIsRefused() throws Exception {
        StoreTransaction committed = prepared(1, 1);
        StoreTransaction rolledBack = prepared(2, 2);

        fixture.store().close();

        for (Runnable outcome : List.<Runnable>of(committed::commitPrepared, rolledBack::rollback)) {
            assertThatThrownBy(outcome::run)
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        }
        Store again = fixture.reopen();
        assertThat(again.inDoubt()).hasSize(2);
        again.commitInDoubt(xid(1));
        again.rollbackInDoubt(xid(2));
        assertThat(again.peek(2, 0, 10, 10)).extracting(row -> row.position()).containsExactly(1L);
    }

    private StoreTransaction prepared(int number, long position) throws Exception {
        StoreTransaction transaction = fixture.store().begin(xid(number));
        transaction.insertMessage(message(2, position, new byte[] {7}));
        assertThat(transaction.prepare()).isTrue();
        return transaction;
    }

    @Test
    void nobodyBootsAClosedDatabase() {
        Store store = fixture.store();
        AutocommitConnection alone = (AutocommitConnection) store.autocommit();
        store.close();
        assertThatThrownBy(store::begin).isInstanceOf(StoreException.class);
        assertThatThrownBy(store::inDoubt).isInstanceOf(StoreException.class);
        assertThatThrownBy(alone::jdbc).isInstanceOf(SQLException.class).hasMessageContaining("is closed");
        assertThat(Files.exists(fixture.database().resolve("db.lck"))).isFalse();
    }

    /** Each time some of the threads are in the middle of a statement, of a commit, of a prepare or of its outcome. */
    @Test
    void itIsClosedAgainAndAgainUnderThreadsAtWork() throws Exception {
        AtomicInteger numbers = new AtomicInteger();
        List<Long> acknowledged = Collections.synchronizedList(new ArrayList<>());
        for (int closing = 0; closing < CLOSINGS; closing++) {
            Store store = fixture.store();
            int before = acknowledged.size();
            List<Future<Integer>> working = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                working.add(async(() -> work(store, numbers, acknowledged)));
            }
            eventually().holds("work is done", () -> acknowledged.size() > before + THREADS);
            store.close();
            for (Future<Integer> each : working) {
                each.get(30, TimeUnit.SECONDS);
            }
            Store again = fixture.reopen();
            again.inDoubt().forEach(again::commitInDoubt);
            assertThat(again.peek(2, 0, numbers.get(), numbers.get()))
                    .extracting(row -> row.position())
                    .containsAll(acknowledged);
        }
    }

    /** Writes until it is refused; says how often it has written. */
    private static int work(Store store, AtomicInteger numbers, List<Long> acknowledged) throws Exception {
        for (int count = 0; ; count++) {
            long position = numbers.incrementAndGet();
            try {
                boolean global = position % 2 == 0;
                StoreTransaction transaction = global
                        ? store.begin(new StoreFixture.TestXid(1, new byte[] {5}, bytes(position)))
                        : store.begin();
                transaction.insertMessage(message(2, position, new byte[100]));
                if (global && transaction.prepare()) {
                    transaction.commitPrepared();
                } else {
                    transaction.commit();
                }
                acknowledged.add(position);
            } catch (StoreException | XAException e) {
                return count;
            }
        }
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
