package org.parley.engine.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.parley.testkit.Eventually.eventually;

import java.nio.file.Path;
import java.time.Duration;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.Receive;
import org.parley.engine.fault.FaultPoint;
import org.parley.spi.ServerConfig;
import org.parley.testkit.SettableClock;

/**
 * An Xid that is used again right after its commit in two phases: what is left of the first transaction is never taken for
 * the second one's.
 */
class XidUsedAgainTest {

    private static final TestXid XID = TestXid.of(1, 1);

    @TempDir
    Path home;

    private final SettableClock clock = new SettableClock();
    private volatile boolean engineFails = true;
    private Parley parley;
    private LocalConnection connection;
    private XAResource resource;

    @BeforeEach
    void open() {
        FaultPoint.arm(point -> {
            if (engineFails && point == FaultPoint.ENGINE_BEGUN) {
                throw new IllegalStateException("made to fail");
            }
        });
        start();
        connection.catalog().define("""
                CREATE QUEUE Shop; CREATE SERVICE [//shop] ON QUEUE Shop;
                CREATE QUEUE Store; CREATE SERVICE [//store] ON QUEUE Store ([DEFAULT]);
                """);
    }

    private void start() {
        parley = Parley.open(ServerConfig.of(home).withClock(clock));
        connection = parley.connect("orders");
        resource = connection.channel().xaResource();
    }

    @AfterEach
    void close() {
        FaultPoint.arm(null);
        parley.close();
    }

    private void transaction() throws XAException {
        resource.start(XID, XAResource.TMNOFLAGS);
        connection.begin(Dialog.between("//shop", "//store")).send("DEFAULT", "x");
        resource.end(XID, XAResource.TMSUCCESS);
        resource.prepare(XID);
        resource.commit(XID, false);
    }

    private void isRefused() {
        XAException refused = catchThrowableOfType(XAException.class, () -> resource.start(XID, XAResource.TMNOFLAGS));
        assertThat(refused.errorCode).isEqualTo(XAException.XAER_DUPID);
        assertThat(refused).hasCauseInstanceOf(Exception.class);
        // another one of the same global transaction has another manifest
        TestXid other = TestXid.of(1, 2);
        try {
            resource.start(other, XAResource.TMNOFLAGS);
            resource.end(other, XAResource.TMSUCCESS);
            resource.rollback(other);
        } catch (XAException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void itIsRefusedUntilTheManifestIsGone() throws Exception {
        transaction();
        isRefused();
        // what a crash would leave
        parley.close();
        start();
        isRefused();

        engineFails = false;
        clock.awaitAlarms(1);
        clock.advance(Duration.ofSeconds(1));
        eventually().passes(() -> {
            try {
                transaction();
            } catch (XAException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(connection.receive(Receive.from("Store"))).hasSize(1);
        assertThat(connection.receive(Receive.from("Store"))).hasSize(1);
        assertThat(connection.receive(Receive.from("Store"))).isEmpty();
    }
}
