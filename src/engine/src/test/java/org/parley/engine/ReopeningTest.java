package org.parley.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.testkit.Eventually.eventually;

import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.ActivationStatus;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.Dialog;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;
import org.parley.engine.tx.TestXid;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;
import org.parley.spi.Health;
import org.parley.spi.ServerConfig;
import org.parley.testkit.SettableClock;

/** A database whose store has failed is opened again, whenever it failed; a store that is gone already fails nobody. */
class ReopeningTest {

    private static final String DATABASE = "orders";
    private static final TestXid XID = TestXid.of(1, 1);

    @TempDir
    Path home;

    private final SettableClock clock = new SettableClock();
    private final Heard heard = new Heard();
    private volatile Predicate<FaultPoint> fails = point -> false;
    private Parley parley;
    private LocalConnection connection;
    private Conversation dialog;

    @BeforeEach
    void open() {
        FaultPoint.arm(point -> {
            if (fails.test(point)) {
                throw new StoreException(Kind.UNAVAILABLE, "made to fail at " + point, null);
            }
        });
        parley = Parley.open(ServerConfig.of(home).withClock(clock).withListener(heard));
        connection = parley.connect(DATABASE);
        connection.catalog().define("""
                CREATE QUEUE Shop; CREATE SERVICE [//shop] ON QUEUE Shop;
                CREATE QUEUE Store; CREATE SERVICE [//store] ON QUEUE Store ([DEFAULT]);
                """);
        dialog = connection.begin(Dialog.between("//shop", "//store"));
        dialog.send("DEFAULT", "first");
    }

    @AfterEach
    void close() {
        FaultPoint.arm(null);
        parley.close();
    }

    /** It fails there once, and nowhere else. */
    private void failAt(FaultPoint where) {
        CountDownLatch once = new CountDownLatch(1);
        fails = point -> point == where && once(once);
    }

    private static synchronized boolean once(CountDownLatch latch) {
        boolean first = latch.getCount() > 0;
        latch.countDown();
        return first;
    }

    private void storeFails() {
        assertThatThrownBy(() -> dialog.send("DEFAULT", "lost or not"))
                .isInstanceOfSatisfying(
                        BrokerException.class, e -> assertThat(e.number()).isEqualTo(ErrorNumbers.OUTCOME_UNKNOWN));
    }

    private void prepare(LocalConnection in) throws XAException {
        XAResource resource = in.channel().xaResource();
        resource.start(XID, XAResource.TMNOFLAGS);
        in.begin(Dialog.between("//shop", "//store")).send("DEFAULT", "prepared");
        resource.end(XID, XAResource.TMSUCCESS);
        resource.prepare(XID);
    }

    private void awaitUp(int failures) {
        eventually()
                .holds(
                        "the database to be up after " + failures + " failures",
                        () -> heard.lines("failed " + DATABASE).size() == failures
                                && parley.server().health().status() == Health.Status.UP);
    }

    /** The dispatcher runs its tasks one after the other: when a later one has run, the earlier ones have. */
    private void awaitDispatched() {
        Activation marker = parley.server()
                .activate(new ActivationConfig("marker", DATABASE, "Marker", 1, 1, null, null), delivery -> {});
        connection.catalog().define("CREATE QUEUE Marker");
        eventually()
                .becomes("the marker", () -> marker.status().state(), state -> state == ActivationStatus.State.ACTIVE);
    }

    @Test
    void aStoreThatFailsWhileItIsBeingOpenedIsOpenedOnceMore() throws Exception {
        String leftover = "engine transaction failed: discarding messages";
        failAt(FaultPoint.ENGINE_BEGUN);
        Conversation ending = connection.begin(Dialog.between("//shop", "//store"));
        ending.send("DEFAULT", "read by nobody");
        try (LocalConnection other = parley.connect(DATABASE)) {
            other.begin();
            other.conversation(targetOf(ending)).end();
            ending.send("DEFAULT", "too late");
            other.commit();
        }
        heard.await(leftover);
        heard.clear();

        failAt(FaultPoint.STORE_COMMITTED);
        CountDownLatch once = new CountDownLatch(1);
        Predicate<FaultPoint> first = fails;
        fails = point -> {
            if (point == FaultPoint.OPEN_RESUMED && once.getCount() > 0) {
                heard.await(leftover);
            }
            return first.test(point) || point == FaultPoint.ENGINE_COMMITTED && once(once);
        };
        storeFails();
        awaitUp(2);
        dialog.send("DEFAULT", "next");
    }

    private UUID targetOf(Conversation conversation) {
        return connection.endpoints(conversation.conversationId()).stream()
                .filter(side -> !side.initiator())
                .map(ConversationEndpoint::handle)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsLeftOfAnEarlierOpeningFailsNobody() throws Exception {
        prepare(connection);
        CountDownLatch there = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        fails = point -> {
            if (point == FaultPoint.PREPARED_COMMITTED) {
                there.countDown();
                await(goOn);
                return true;
            }
            return false;
        };
        XAResource resource = connection.channel().xaResource();
        CompletableFuture<Void> late = CompletableFuture.runAsync(
                () -> assertThatThrownBy(() -> resource.commit(XID, false)).isInstanceOf(XAException.class));
        await(there);
        try (LocalConnection other = parley.connect(DATABASE)) {
            failAt(FaultPoint.STORE_COMMITTED);
            assertThatThrownBy(() -> other.conversation(dialog.handle()).send("DEFAULT", "lost or not"))
                    .isInstanceOf(BrokerException.class);
        }
        awaitUp(1);
        goOn.countDown();
        late.get(20, TimeUnit.SECONDS);
        connection = parley.connect(DATABASE);
        awaitDispatched();
        assertThat(heard.lines("failed " + DATABASE)).hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDatabaseThatFailsToOpenAtLastLeavesNothing() {
        Set<String> before = threads();
        failAt(FaultPoint.OPEN_READY);
        Failing.with(ErrorNumbers.STORE_FAILED, () -> parley.connect("late"));
        assertThat(threads()).isEqualTo(before);
        try (LocalConnection late = parley.connect("late")) {
            assertThat(late.endpoints()).isEmpty();
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("parley-"))
                .collect(Collectors.toSet());
    }
}
