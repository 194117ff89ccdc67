package org.parley.engine.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.InDoubtBranch;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreTransaction;
import org.parley.engine.store.derby.DerbyStores;
import org.parley.spi.EngineListener;
import org.parley.testkit.SettableClock;

/** A time-out that comes while the store prepares; design.md, "The branch": it never touches a prepared branch. */
class LateTimeoutTest {

    @TempDir
    Path home;

    private final SettableClock clock = new SettableClock();

    @Test
    void aTimeOutDuringPrepareIsTooLate() throws Exception {
        try (DerbyStores stores = new DerbyStores(home);
                Store store = stores.open(home.resolve("db"), Duration.ofSeconds(1))) {
            EndpointTable table = new EndpointTable();
            WaitGraph graph = new WaitGraph(store, table);
            BranchContext context = new BranchContext(
                    "db",
                    slowlyPreparing(store),
                    table,
                    clock,
                    Duration.ofSeconds(1),
                    new EngineListener() {},
                    nothingToDo(),
                    new ManifestSlots(List.of()));
            BranchTable branches = new BranchTable(context, graph, none(), new Decisions(store, failure -> {}));
            BranchResource resource = new BranchResource(() -> branches, () -> null);
            TestXid xid = TestXid.of(1, 1);
            resource.setTransactionTimeout(10);
            resource.start(xid, XAResource.TMNOFLAGS);
            resource.attached().store().setTimer(4, 4);
            resource.end(xid, XAResource.TMSUCCESS);
            assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
            resource.commit(xid, false);
            assertThat(store.load().timers()).containsEntry(4L, 4L);
        }
    }

    /** The store's own, but its transactions let a minute pass before they are prepared. */
    private Store slowlyPreparing(Store store) {
        return (Store) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    Object result = invoke(store, method, arguments);
                    return result instanceof StoreTransaction begun ? slowlyPreparing(begun) : result;
                });
    }

    private StoreTransaction slowlyPreparing(StoreTransaction begun) {
        return (StoreTransaction) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StoreTransaction.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepare")) {
                        clock.advance(Duration.ofMinutes(1));
                    }
                    return invoke(begun, method, arguments);
                });
    }

    private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Aftermath nothingToDo() {
        return (Aftermath) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Aftermath.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "rollBack" -> ((Branch) arguments[0]).closeIfFree();
                        default ->
                            throw new AssertionError(
                                    "Nothing is left to be done, but " + method.getName() + " is asked for.");
                    }
                    return null;
                });
    }

    private static InDoubt none() {
        return new InDoubt() {
            @Override
            public boolean knows(Xid xid) {
                return false;
            }

            @Override
            public boolean end(Xid xid, boolean commit, Consumer<InDoubtBranch> note) {
                return false;
            }

            @Override
            public List<InDoubtBranch> list() {
                return List.of();
            }
        };
    }
}
