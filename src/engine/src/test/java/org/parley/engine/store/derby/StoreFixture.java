package org.parley.engine.store.derby;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import javax.transaction.xa.Xid;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Store;

/** A home with one open database. */
final class StoreFixture implements AutoCloseable {

    final Path home;
    private DerbyStores stores;
    private Store store;

    StoreFixture(Path home) {
        this.home = home;
        open();
    }

    private void open() {
        stores = new DerbyStores(home);
        store = stores.open(database(), Duration.ofSeconds(1));
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
        return new MessageRow(endpoint, position, 70_003, position, 1000 * endpoint + position, 42, body);
    }

    static Xid xid(int number) {
        return new TestXid(4711, new byte[] {1, (byte) number}, new byte[] {2, (byte) number});
    }

    record TestXid(int getFormatId, byte[] getGlobalTransactionId, byte[] getBranchQualifier) implements Xid {}

    @Override
    public void close() {
        stores.close();
    }
}
