package org.parley.engine.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.engine.store.derby.StoreFixture.message;
import static org.parley.testkit.Eventually.eventually;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreTransaction;

class DerbyStoresTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path home;

    @TempDir
    Path otherHome;

    @Test
    void closeLeavesNothingBehindAndTheNextOpenWorks() throws Exception {
        Set<Thread> ofOthers = Thread.getAllStackTraces().keySet();
        for (int round = 0; round < 3; round++) {
            Properties before = (Properties) System.getProperties().clone();
            try (DerbyStores stores = new DerbyStores(home)) {
                Store store = stores.open(home.resolve("a"), SECOND);
                StoreTransaction t = store.begin();
                t.insertMessage(message(1, round, null));
                t.commit();
                assertThat(store.peek(1, 0, 9, 9)).hasSize(round + 1);
            }
            assertThat(System.getProperties()).isEqualTo(before);
            // Derby tells its daemons to end and doesn't wait for them
            eventually()
                    .becomes(
                            "the engine's threads to end",
                            () -> threadsBut(ofOthers),
                            names -> names.stream()
                                    .noneMatch(name -> name.contains("derby") || name.contains("parley")));
            assertThat(Collections.list(DriverManager.getDrivers()))
                    .noneMatch(driver -> driver.getClass().getName().contains("derby"));
            assertThat(ManagementFactory.getPlatformMBeanServer()
                            .queryNames(new ObjectName("org.apache.derby:*"), null))
                    .isEmpty();
            assertThat(home.resolve("derby.log")).exists();
            assertThat(home.resolve("a/db.lck")).doesNotExist();
        }
    }

    /** An earlier test may have left one that is still on its way out. */
    private static List<String> threadsBut(Set<Thread> ofOthers) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !ofOthers.contains(thread))
                .map(thread -> thread.getName().toLowerCase(java.util.Locale.ROOT))
                .toList();
    }

    @Test
    void homesAreIndependent() {
        try (DerbyStores one = new DerbyStores(home)) {
            Store kept = one.open(home.resolve("a"), SECOND);
            try (DerbyStores two = new DerbyStores(otherHome)) {
                Store other = two.open(otherHome.resolve("a"), SECOND);
                assertThat(other.brokerInstance()).isNotEqualTo(kept.brokerInstance());
            }
            kept.ping();
            StoreTransaction t = kept.begin();
            t.insertMessage(message(1, 0, null));
            t.commit();
        }
    }

    @Test
    void databaseIsOpenOnce() {
        try (DerbyStores one = new DerbyStores(home);
                DerbyStores two = new DerbyStores(home)) {
            Store store = one.open(home.resolve("a"), SECOND);
            assertThatThrownBy(() -> one.open(home.resolve("a"), SECOND)).hasMessageContaining("open");
            assertThatThrownBy(() -> two.open(home.resolve("a"), SECOND)).hasMessageContaining("open");
            store.close();
            two.open(home.resolve("a"), SECOND).ping();
        }
    }

    @Test
    void closedStoreRefuses() {
        DerbyStores stores = new DerbyStores(home);
        Store store = stores.open(home.resolve("a"), SECOND);
        StoreTransaction open = store.begin();
        open.insertMessage(message(1, 0, null));
        store.close();
        assertThatThrownBy(store::begin).isInstanceOf(StoreException.class);
        assertThatThrownBy(store::ping).isInstanceOf(StoreException.class);
        assertThatThrownBy(open::commit)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
        open.rollback();
        assertThat(stores.open(home.resolve("a"), SECOND).peek(1, 0, 9, 9)).isEmpty();
        stores.close();
        stores.close();
        assertThatThrownBy(() -> stores.open(home.resolve("a"), SECOND)).isInstanceOf(StoreException.class);
    }

    @Test
    void newerSchemaIsRefused() throws Exception {
        try (DerbyStores stores = new DerbyStores(home)) {
            stores.open(home.resolve("a"), SECOND).close();
            try (EmbedConnection connection = DerbyEngine.connect(home.resolve("a"));
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE PARLEY_STORE.DATABASE SET SCHEMA_VERSION = 99");
                connection.commit();
            }
            assertThatThrownBy(() -> stores.open(home.resolve("a"), SECOND))
                    .isInstanceOfSatisfying(
                            BrokerException.class, e -> assertThat(e.number()).isEqualTo(ErrorNumbers.NEWER_SCHEMA))
                    .hasMessageContaining(home.resolve("a").toString())
                    .hasMessageContaining("99")
                    .hasMessageContaining(String.valueOf(Schema.CURRENT.version()));
        }
    }

    @Test
    void schemaThatWasNeverReleasedIsRefused() throws Exception {
        Path database = home.resolve("a");
        try (DerbyStores stores = new DerbyStores(home)) {
            stores.open(database, SECOND).close();
            change(database, "ALTER TABLE PARLEY_STORE.QUEUES DROP COLUMN RETENTION");
            try (Store store = stores.open(database, SECOND)) {
                assertThatThrownBy(store::load)
                        .isInstanceOfSatisfying(
                                BrokerException.class,
                                e -> assertThat(e.number()).isEqualTo(ErrorNumbers.OTHER_SCHEMA))
                        .hasMessageContaining(database.toString())
                        .hasMessageContaining("column RETENTION in table QUEUES");
            }
            change(database, "DROP TABLE PARLEY_STORE.BODIES");
            assertThatThrownBy(() -> stores.open(database, SECOND))
                    .isInstanceOfSatisfying(
                            BrokerException.class, e -> assertThat(e.number()).isEqualTo(ErrorNumbers.OTHER_SCHEMA))
                    .hasMessageContaining("table BODIES");
        }
    }

    private static void change(Path database, String sql) throws SQLException {
        try (EmbedConnection connection = DerbyEngine.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }

    @Test
    void newScriptsAreAppliedOnceAndAllTogether() throws Exception {
        try (DerbyStores stores = new DerbyStores(home)) {
            stores.open(home.resolve("a"), SECOND).close();
        }
        Schema broken = SchemaUpgradeTest.scripts("test-adds.sql", "test-breaks.sql");
        try (DerbyStores stores = new DerbyStores(home, broken)) {
            assertThatThrownBy(() -> stores.open(home.resolve("a"), SECOND))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("NO_SUCH_TABLE");
        }
        Schema newer = SchemaUpgradeTest.scripts("test-adds.sql");
        try (DerbyStores stores = new DerbyStores(home, newer)) {
            stores.open(home.resolve("a"), SECOND).close();
            stores.open(home.resolve("a"), SECOND).ping();
            Store fresh = stores.open(home.resolve("b"), SECOND);
            assertThat(fresh.load().lastConversation()).isZero();
        }
        try (DerbyStores stores = new DerbyStores(home)) {
            assertThatThrownBy(() -> stores.open(home.resolve("a"), SECOND))
                    .isInstanceOfSatisfying(
                            BrokerException.class, e -> assertThat(e.number()).isEqualTo(ErrorNumbers.NEWER_SCHEMA));
        }
    }

    @Test
    void databaseThatDerbyHasShutDownComesBack() throws Exception {
        try (DerbyStores stores = new DerbyStores(home)) {
            Store store = stores.open(home.resolve("a"), SECOND);
            StoreTransaction prepared = store.begin(StoreFixture.xid(1));
            prepared.insertMessage(message(1, 0, null));
            assertThat(prepared.prepare()).isTrue();
            StoreTransaction open = store.begin();
            open.insertMessage(message(1, 1, null));
            DerbyEngine.shutdown(home.resolve("a"));

            assertThatThrownBy(() -> open.insertMessage(message(1, 2, null)))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
            open.rollback();
            store.ping();
            assertThat(store.inDoubt()).hasSize(1);
            store.commitInDoubt(StoreFixture.xid(1));
            assertThat(store.load().endpoints().ranges())
                    .singleElement()
                    .satisfies(range -> assertThat(range.last()).isZero());
        }
    }

    @Test
    void openAndLoadWaitForNoLock() throws Exception {
        try (DerbyStores stores = new DerbyStores(home)) {
            stores.open(home.resolve("a"), SECOND).close();
            EmbedConnection connection = DerbyEngine.connect(home.resolve("a"));
            try (Statement statement = connection.createStatement()) {
                new PhysicalConnection(connection).makeGlobal(StoreFixture.xid(1));
                statement.execute("UPDATE PARLEY_STORE.DATABASE SET SCHEMA_VERSION = SCHEMA_VERSION");
                statement.execute("UPDATE PARLEY_STORE.COUNTERS SET LAST_GIVEN = 70000 WHERE NAME = 'CATALOG'");
                statement.execute(
                        "INSERT INTO PARLEY_STORE.REMOTE_SERVICE_BINDINGS VALUES (70000, 'b', 's', 'u', TRUE)");
                connection.xa_prepare();
            }
            DerbyEngine.shutdown(home.resolve("a"));
            try (Store store = stores.open(home.resolve("a"), SECOND)) {
                assertThat(store.inDoubt()).hasSize(1);
                assertThat(store.load().catalog().of(CatalogRows.BindingRow.class))
                        .hasSize(1);
                assertThat(store.load().lastCatalogId()).isEqualTo(70000);
                assertThat(store.reserveConversations(1)).isEqualTo(1);
            }
        }
    }

    @Test
    void whatAKillLeavesWhileADatabaseIsMadeGoes() throws IOException {
        Path template = home.resolve(".template");
        Files.createDirectories(template.resolve("new-half/log"));
        Files.createFile(template.resolve("new-half/log/log1.dat"));
        Files.createDirectories(template.resolve("schema-0/seg0"));
        Files.createDirectories(home.resolve("a"));
        try (DerbyStores stores = new DerbyStores(home)) {
            stores.open(home.resolve("a"), SECOND).ping();
        }
        try (Stream<Path> left = Files.list(template)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .allMatch(name -> name.equals("schema-" + Schema.CURRENT.version()));
        }
    }

    @Test
    void directoryOfSomethingElseIsRefusedAndLeftAlone() throws IOException {
        Files.createDirectories(home.resolve("a"));
        Files.createFile(home.resolve("a/precious"));
        try (DerbyStores stores = new DerbyStores(home)) {
            assertThatThrownBy(() -> stores.open(home.resolve("a"), SECOND))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(home.resolve("a").toString());
        }
        assertThat(home.resolve("a/precious")).exists();
    }

    @Test
    void logThatIsNotForcedIsRefused() throws IOException {
        System.setProperty("derby.system.durability", "test");
        try {
            assertThatThrownBy(() -> new DerbyStores(home)).hasMessageContaining("derby.system.durability");
        } finally {
            System.clearProperty("derby.system.durability");
        }
        Files.writeString(otherHome.resolve("derby.properties"), "derby.system.durability=test\n");
        assertThatThrownBy(() -> new DerbyStores(otherHome))
                .isInstanceOfSatisfying(
                        BrokerException.class, e -> assertThat(e.number()).isEqualTo(ErrorNumbers.BAD_PROPERTY))
                .hasMessageContaining("derby.properties");
    }

    @Test
    void lockTimeoutIsTakenFromTheConfiguration() throws Exception {
        try (DerbyStores stores = new DerbyStores(home)) {
            stores.open(home.resolve("a"), Duration.ofMillis(2500)).close();
            assertThat(property("derby.locks.waitTimeout")).isEqualTo("3");
            stores.open(home.resolve("a"), Duration.ofMillis(1)).close();
            assertThat(property("derby.locks.waitTimeout")).isEqualTo("1");
            // below every time-out: with one as long, both transactions of a dead-lock would be lost
            assertThat(property("derby.locks.deadlockTimeout")).isEqualTo("0");
        }
    }

    private String property(String key) throws Exception {
        try (Connection connection = DerbyEngine.connect(home.resolve("a"));
                Statement statement = connection.createStatement();
                java.sql.ResultSet at =
                        statement.executeQuery("VALUES SYSCS_UTIL.SYSCS_GET_DATABASE_PROPERTY('" + key + "')")) {
            at.next();
            String value = at.getString(1);
            connection.rollback();
            return value;
        } finally {
            DerbyEngine.shutdown(home.resolve("a"));
        }
    }

    @Test
    void semicolonInTheHomeIsRefused() {
        assertThatThrownBy(() -> new DerbyStores(home.resolve("a;create=true")))
                .isInstanceOfSatisfying(
                        BrokerException.class, e -> assertThat(e.number()).isEqualTo(ErrorNumbers.BAD_PROPERTY));
    }
}
