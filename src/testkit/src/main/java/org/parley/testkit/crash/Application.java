package org.parley.testkit.crash;

import static org.parley.testkit.Eventually.eventually;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.spi.BrokerClock;
import org.parley.spi.BrokerServer;
import org.parley.spi.EngineListener;
import org.parley.spi.Health;
import org.parley.spi.ServerConfig;

/** The application: two broker databases, a database of its own, a transaction manager. */
final class Application implements AutoCloseable {

    static final String NEAR = "near";
    static final String FAR = "far";

    private static final int RECOVERY_PASSES = 2;

    private final BrokerClock clock;
    private final Transactions transactions;
    private final OwnDatabase ownDatabase;
    private final Acknowledged acknowledged;
    private final Parley parley;
    private final AtomicInteger openings = new AtomicInteger();
    private final AtomicLong serials = new AtomicLong();
    private final LongAdder engineNanos = new LongAdder();

    /** Opens everything as it was left, or for the first time. */
    Application(CrashHome home, Transactions transactions) throws Exception {
        this.transactions = transactions;
        clock = new AcceleratedClock(home.start());
        ownDatabase = new OwnDatabase(home.ownDatabase());
        acknowledged = new Acknowledged(home.acknowledged());
        long begin = System.nanoTime();
        parley = Parley.open(ServerConfig.of(home.broker())
                .withClock(clock)
                .withLockTimeout(Duration.ofMinutes(2))
                .withListener(new EngineListener() {
                    @Override
                    public void databaseOpened(String database, UUID broker, long millis) {
                        if (database.equals(NEAR)) {
                            openings.incrementAndGet();
                        }
                    }
                }));
        try {
            parley.server().ensureDatabase(NEAR);
            parley.server().ensureDatabase(FAR);
            engineNanos.add(System.nanoTime() - begin);
            transactions.recoverFrom(this::resources);
            define(NEAR);
            define(FAR);
            onTables(connection -> serials.accumulateAndGet(StepTable.lastSerial(connection), Math::max));
        } catch (Exception | Error e) {
            closeAfter(e);
            throw e;
        }
    }

    /** An engine that is left open would be in the way of whatever comes next in this process. */
    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (ReflectiveOperationException | SQLException | IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void define(String database) throws SQLException {
        try (LocalConnection connection = parley.connect(database)) {
            if (!connection.catalog().services().isEmpty()) {
                return;
            }
            StringBuilder script = new StringBuilder("ALTER DATABASE CURRENT SET TRUSTWORTHY ON;");
            script.append("CREATE MESSAGE TYPE ").append(Flow.MESSAGE).append(" VALIDATION = NONE;");
            script.append("CREATE CONTRACT ").append(Flow.CONTRACT).append(" (step SENT BY ANY);");
            for (Flow flow : Flow.values()) {
                script.append(database.equals(NEAR) ? flow.initiatorScript() : "");
                script.append(database.equals(flow.target()) ? flow.targetScript() : "");
            }
            StepTable.create(connection.sql());
            connection.catalog().define(script.toString());
        }
    }

    BrokerServer server() {
        return parley.server();
    }

    LocalConnection connect(String database) {
        return parley.connect(database);
    }

    OwnDatabase ownDatabase() {
        return ownDatabase;
    }

    Transactions transactions() {
        return transactions;
    }

    Acknowledged acknowledged() {
        return acknowledged;
    }

    /** A number for a row: larger than those of all rows before. */
    long nextSerial() {
        return serials.incrementAndGet();
    }

    /** How often the near database has been opened. */
    int openings() {
        return openings.get();
    }

    /** How long the engine has worked to open and to recover; what else a transaction manager does isn't in it. */
    Duration engineTime() {
        return Duration.ofNanos(engineNanos.sum());
    }

    private List<XAResource> resources() throws SQLException {
        List<XAResource> all = new ArrayList<>();
        parley.server().recoveryResources().forEach(each -> all.add(new TimedResource(each, engineNanos)));
        XAConnection connection = ownDatabase.connect();
        all.add(connection.getXAResource());
        return all;
    }

    /** Transactions that are prepared in any of the resources. */
    List<Xid> inDoubt() throws SQLException, XAException {
        List<Xid> all = new ArrayList<>();
        for (XAResource resource : resources()) {
            all.addAll(List.of(resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN)));
        }
        return all;
    }

    /**
     * Lets the transaction manager recover, in two passes at most; says how many were needed. A database that is just being
     * opened again can't be recovered, and a machine under load takes its time for that.
     */
    int recover() throws Exception {
        int passes = 0;
        while (passes < RECOVERY_PASSES && somethingInDoubt()) {
            awaitDatabases();
            transactions.recover();
            passes++;
        }
        awaitDatabases();
        List<Xid> left = inDoubt();
        if (!left.isEmpty()) {
            throw new AssertionError(left.size() + " transactions are in doubt after " + passes + " passes: " + left);
        }
        return passes;
    }

    private void awaitDatabases() {
        eventually()
                .holds("databases to be open", () -> parley.server().health().status() != Health.Status.DOWN);
    }

    private boolean somethingInDoubt() {
        try {
            return !inDoubt().isEmpty();
        } catch (SQLException | XAException | RuntimeException e) {
            // a place that is made to fail while it is asked: what there is, the passes find
            return true;
        }
    }

    /** All rows of all tables; those of one step and stream are in the order of their commits. */
    List<Row> rows() throws SQLException {
        List<Row> rows = new ArrayList<>();
        onTables(connection -> rows.addAll(StepTable.read(connection)));
        return rows;
    }

    void clear() throws Exception {
        onTables(StepTable::clear);
        acknowledged.clear();
    }

    @FunctionalInterface
    private interface TableWork {
        void run(Connection connection) throws SQLException;
    }

    private void onTables(TableWork work) throws SQLException {
        XAConnection physical = ownDatabase.connect();
        try (Connection connection = physical.getConnection()) {
            work.run(connection);
        } finally {
            physical.close();
        }
        for (String database : List.of(NEAR, FAR)) {
            try (LocalConnection connection = parley.connect(database)) {
                work.run(connection.sql());
            }
        }
    }

    @Override
    public void close() throws ReflectiveOperationException, SQLException, IOException {
        try {
            parley.close();
        } finally {
            ownDatabase.close();
            acknowledged.close();
            clock.close();
        }
    }
}
