package org.parley.engine.store.derby;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.transaction.xa.Xid;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.store.DecisionRow;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.SecurityRows;
import org.parley.engine.store.StorageFault;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;
import org.parley.engine.store.StoreTransaction;
import org.parley.engine.store.StoredEndpoints;
import org.parley.engine.store.StoredState;
import org.parley.engine.store.SystemRows;

/** One Derby database. */
final class DerbyStore implements Store {

    /** A thread that is inside may wait for a lock that a prepared transaction has. */
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final Path database;
    private final Consumer<DerbyStore> onClose;
    private final ConnectionPool pool;
    private final UUID broker;
    private final AtomicBoolean largeBodies = new AtomicBoolean();
    private final InDoubt inDoubt;
    private volatile boolean closed;

    DerbyStore(Place place, Schema schema, Duration lockTimeout, Consumer<DerbyStore> onClose) {
        this.database = place.database();
        this.onClose = onClose;
        this.pool = new ConnectionPool(database);
        this.inDoubt = new InDoubt(database);
        try (EmbedConnection connection = DerbyEngine.connect(database)) {
            refuseReadOnly(connection);
            broker = schema.open(connection, place);
            Settings.apply(connection, lockTimeout);
            TableScan tables = new TableScan(connection);
            largeBodies.set(!tables.isEmpty("BODIES", "ENDPOINT") || !tables.isEmpty("RETAINED_BODIES", "ENDPOINT"));
            connection.rollback();
        } catch (SQLException e) {
            throw Failure.opening(database, e);
        }
    }

    /** A Derby that can't write its files opens them for reading, and says nothing. */
    private void refuseReadOnly(EmbedConnection connection) throws SQLException {
        if (connection.isReadOnly()) {
            throw new StoreException(
                    Kind.UNAVAILABLE,
                    StorageFault.at(database).orElse(StorageFault.READ_ONLY),
                    "Database " + database + " can't be written",
                    null);
        }
    }

    @Override
    public UUID brokerInstance() {
        return broker;
    }

    @Override
    public void renew(UUID other) {
        requireOpen();
        pool.use("Giving database " + database + " another broker instance", connection -> {
            Identity.renew(connection.jdbc(), other);
            return null;
        });
    }

    private static TableScan scan(PhysicalConnection connection) {
        return new TableScan(connection.jdbc());
    }

    @Override
    public StoredState load() {
        requireOpen();
        return pool.use("Reading database " + database, connection -> new StateReader(scan(connection)).read());
    }

    @Override
    public SecurityRows security() {
        requireOpen();
        return pool.use(
                "Reading the users of database " + database, connection -> DerbySecurity.read(scan(connection)));
    }

    @Override
    public StoredEndpoints reload(Collection<Long> endpoints) {
        requireOpen();
        return pool.use("Reading endpoints", connection -> new EndpointReload(connection).read(endpoints));
    }

    @Override
    public long reserveConversations(int count) {
        requireOpen();
        return pool.use("Reserving conversation numbers", connection -> {
            PreparedStatement update = connection.statement(Sql.ADD_TO_COUNTER);
            update.setLong(1, count);
            update.setString(2, Counter.CONVERSATION.name());
            update.executeUpdate();
            PreparedStatement select = connection.statement(Sql.SELECT_COUNTER);
            select.setString(1, Counter.CONVERSATION.name());
            long last;
            try (ResultSet at = select.executeQuery()) {
                at.next();
                last = at.getLong(1);
            }
            connection.jdbc().commit();
            FaultPoint.NUMBERS_RESERVED.reach();
            return last - count + 1;
        });
    }

    @Override
    public StoreTransaction begin() {
        return start(null);
    }

    @Override
    public StoreTransaction begin(Xid carrier) {
        return start(carrier);
    }

    private DerbyTransaction start(Xid xid) {
        requireOpen();
        return new DerbyTransaction(this, pool.take(), xid);
    }

    @Override
    public List<Xid> inDoubt() {
        requireOpen();
        return pool.inside(inDoubt::list);
    }

    @Override
    public List<DecisionRow> decisions() {
        requireOpen();
        return pool.use(
                "Reading the decisions of database " + database,
                connection -> DecisionTable.remembered(scan(connection)));
    }

    @Override
    public void commitInDoubt(Xid xid) {
        requireOpen();
        DerbyTransaction own = prepared(xid);
        if (own == null) {
            pool.inside(() -> {
                inDoubt.commit(xid);
                return null;
            });
        } else {
            own.commitPrepared();
        }
    }

    @Override
    public void rollbackInDoubt(Xid xid) {
        requireOpen();
        DerbyTransaction own = prepared(xid);
        if (own == null) {
            pool.inside(() -> {
                inDoubt.rollback(xid);
                return null;
            });
        } else {
            own.rollback();
        }
    }

    /** A transaction that was prepared on a connection of this store: it must end there, not behind its back. */
    private DerbyTransaction prepared(Xid xid) {
        return live().stream().filter(each -> each.preparedAs(xid)).findAny().orElse(null);
    }

    /** Transactions that have begun and not ended. */
    private List<DerbyTransaction> live() {
        return pool.out().stream()
                .map(PhysicalConnection::transaction)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public List<MessageRow> peek(long endpoint, long from, long to, int most) {
        requireOpen();
        return pool.use(
                "Reading messages",
                connection -> new MessageTable(connection, largeBodies).read(endpoint, from, to, most));
    }

    @Override
    public byte[] peekPiece(long endpoint, long position, int number) {
        requireOpen();
        return pool.use(
                "Reading a piece of a body",
                connection -> piece(connection, Sql.READ_PIECE, endpoint, position, number));
    }

    private byte[] piece(PhysicalConnection connection, Sql sql, long endpoint, long position, int number)
            throws SQLException {
        return new BodyTable(connection, largeBodies).read(sql, endpoint, position, number);
    }

    @Override
    public List<MessageRow> look(long endpoint, long from, long to, int most) {
        requireOpen();
        return pool.use(
                "Looking at messages", connection -> new MessageLook(connection).messages(endpoint, from, to, most));
    }

    @Override
    public byte[] lookAtPiece(long endpoint, long position, int number) {
        requireOpen();
        return pool.use(
                "Looking at a body", connection -> piece(connection, Sql.LOOK_AT_PIECE, endpoint, position, number));
    }

    @Override
    public List<MessageRow> lookAtRetained(long endpoint, boolean sent, long from, long to, int most) {
        requireOpen();
        return pool.use(
                "Looking at retained messages",
                connection -> new RetainedTable(connection, largeBodies).look(endpoint, sent, from, to, most));
    }

    @Override
    public byte[] lookAtRetainedPiece(long endpoint, boolean sent, long order, int number) {
        requireOpen();
        return pool.use(
                "Looking at a retained body",
                connection -> new RetainedTable(connection, largeBodies).piece(endpoint, sent, order, number));
    }

    @Override
    public Map<StoreTransaction, Set<StoreTransaction>> waits() {
        requireOpen();
        return LockWaits.of(pool, live());
    }

    @Override
    public AutocommitSource autocommit() {
        requireOpen();
        return new AutocommitConnection(pool);
    }

    @Override
    public <C> C sqlFace(Class<C> type, SqlHost host) {
        if (type != Connection.class) {
            throw new IllegalArgumentException("The SQL face is a java.sql.Connection, not a " + type.getName() + ".");
        }
        return type.cast(new SqlFace(host));
    }

    @Override
    public void show(SystemRows rows) {
        requireOpen();
        ViewFunctions.open(DerbyEngine.name(database), rows);
    }

    @Override
    public void backup(Path directory) {
        requireOpen();
        pool.use("Copying database " + database, connection -> {
            Backup.write(connection.jdbc(), database, directory);
            return null;
        });
    }

    @Override
    public void ping() {
        requireOpen();
        pool.use("Asking database " + database, connection -> {
            try (ResultSet at = connection.statement(Sql.PING).executeQuery()) {
                return at.next();
            }
        });
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            ViewFunctions.close(DerbyEngine.name(database));
            pool.close(LONGEST_CLOSE);
            DerbyEngine.close(database);
        } finally {
            onClose.accept(this);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreException(Kind.UNAVAILABLE, "Database " + database + " is closed.", null);
        }
    }

    ConnectionPool pool() {
        return pool;
    }

    AtomicBoolean largeBodies() {
        return largeBodies;
    }
}
