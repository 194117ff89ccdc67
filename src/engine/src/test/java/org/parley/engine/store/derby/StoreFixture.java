package org.parley.engine.store.derby;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import javax.transaction.xa.Xid;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Store;

/** A home with one open database. */
final class StoreFixture implements AutoCloseable {

    final Path home;
    private final Duration lockTimeout;
    private DerbyStores stores;
    private Store store;

    /** With a lock time-out so long that a loaded machine doesn't reach it. */
    StoreFixture(Path home) {
        this(home, Duration.ofSeconds(60));
    }

    StoreFixture(Path home, Duration lockTimeout) {
        this.home = home;
        this.lockTimeout = lockTimeout;
        open();
    }

    private void open() {
        stores = new DerbyStores(home);
        store = stores.open(database(), lockTimeout);
    }

    Store store() {
        return store;
    }

    Path database() {
        return home.resolve("orders");
    }

    DerbyStores stores() {
        return stores;
    }

    /** Closes everything and opens it again. */
    Store reopen() {
        stores.close();
        open();
        return store;
    }

    static EndpointRow endpoint(long id) {
        return new EndpointRow(
                id,
                new UUID(1, id),
                new UUID(2, id),
                70_001,
                70_002,
                new UUID(3, id),
                "//far/service",
                null,
                true,
                5,
                Long.MAX_VALUE,
                EndpointRow.Stage.OPEN,
                0);
    }

    static MessageRow message(long endpoint, long position, byte[] body) {
        return new MessageRow(endpoint, position, 70_003, position, 1000 * endpoint + position, 42, body, 0);
    }

    static Xid xid(int number) {
        return new TestXid(4711, new byte[] {1, (byte) number}, new byte[] {2, (byte) number});
    }

    /** Does something on a thread of its own. */
    static <T> Future<T> async(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "store-test");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    record TestXid(int getFormatId, byte[] getGlobalTransactionId, byte[] getBranchQualifier) implements Xid {}

    @Override
    public void close() {
        stores.close();
    }
}
