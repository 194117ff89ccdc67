package org.parley.engine.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.engine.store.derby.StoreFixture.endpoint;
import static org.parley.engine.store.derby.StoreFixture.message;
import static org.parley.engine.store.derby.StoreFixture.xid;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.transaction.xa.Xid;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.store.ManifestRow;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreTransaction;

/** A database of any earlier version is brought up to date, also with transactions in doubt; decision 0051. */
class SchemaUpgradeTest {

    private static final int VERSION = Schema.CURRENT.version();
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Schema FIRST = new Schema(List.of("0001-first.sql"));
    private static final String ADDS = "test-adds.sql";
    private static final String CHANGES = "test-changes.sql";

    @TempDir
    Path home;

    @BeforeEach
    void prepareInEachTable() throws Exception {
        try (DerbyStores stores = new DerbyStores(home)) {
            Store store = stores.open(home.resolve("a"), SECOND);
            StoreTransaction sent = store.begin();
            sent.insertEndpoint(endpoint(1));
            sent.insertMessage(message(1, 0, new byte[100]));
            sent.commit();
            StoreTransaction prepared = store.begin(xid(1));
            prepared.insertEndpoint(endpoint(2));
            prepared.insertMessage(message(2, 0, new byte[100]));
            prepared.setTimer(2, 1);
            assertThat(prepared.deleteMessages(1, 0, 0)).isEqualTo(1);
            assertThat(prepared.prepare()).isTrue();
        }
    }

    /** Those that there are, and others. */
    static Schema scripts(String... added) {
        return new Schema(Stream.concat(Stream.of("0001-first.sql", "0002-manifest-slots.sql"), Stream.of(added))
                .toList());
    }

    private int version() throws Exception {
        // Derby takes the place of its log file from the first who starts it
        try (DerbyStores running = new DerbyStores(home)) {
            assertThat(running.inHome()).containsExactly("a");
            return seen();
        }
    }

    private int seen() throws Exception {
        try (EmbedConnection connection = DerbyEngine.connect(home.resolve("a"));
                Statement statement = connection.createStatement();
                ResultSet at = statement.executeQuery("SELECT SCHEMA_VERSION FROM PARLEY_STORE.DATABASE WITH UR")) {
            at.next();
            int version = at.getInt(1);
            connection.rollback();
            return version;
        } finally {
            DerbyEngine.shutdown(home.resolve("a"));
        }
    }

    /** What is added lies beside what prepared transactions hold; they are in doubt afterwards as before. */
    @Test
    void addsWhileTransactionsAreInDoubt() throws Exception {
        try (DerbyStores stores = new DerbyStores(home, scripts(ADDS))) {
            Store store = stores.open(home.resolve("a"), SECOND);
            assertThat(store.inDoubt()).hasSize(1);
            store.commitInDoubt(xid(1));
            assertThat(store.peek(1, 0, 9, 9)).isEmpty();
            assertThat(store.peek(2, 0, 9, 9)).hasSize(1);
            store.close();
            assertThat(version()).isEqualTo(VERSION + 1);
        }
    }

    /** All or nothing: what could be added without the prepared transaction isn't there either. */
    @Test
    void changesWaitForTheOutcome() throws Exception {
        Schema newer = scripts(ADDS, CHANGES);
        try (DerbyStores stores = new DerbyStores(home, newer)) {
            assertThatThrownBy(() -> stores.open(home.resolve("a"), Duration.ofHours(1)))
                    .isInstanceOfSatisfying(
                            BrokerException.class, e -> assertThat(e.number()).isEqualTo(ErrorNumbers.UPGRADE_WAITS))
                    .hasMessageContaining("1 prepared transactions");
            assertThat(version()).isEqualTo(VERSION);
        }
        try (DerbyStores before = new DerbyStores(home)) {
            before.open(home.resolve("a"), SECOND).rollbackInDoubt(xid(1));
        }
        try (DerbyStores stores = new DerbyStores(home, newer)) {
            Store store = stores.open(home.resolve("a"), SECOND);
            assertThat(store.peek(1, 0, 9, 9)).hasSize(1);
            store.close();
            assertThat(version()).isEqualTo(VERSION + 2);
        }
    }

    static List<List<String>> versions() {
        return List.of(List.of(), List.of(ADDS));
    }

    /** From each version to the last, in one step. */
    @ParameterizedTest
    @MethodSource("versions")
    void upgradesFromEachVersion(List<String> seen) throws Exception {
        try (DerbyStores old = new DerbyStores(home, scripts(seen.toArray(String[]::new)))) {
            Store store = old.open(home.resolve("a"), SECOND);
            store.commitInDoubt(xid(1));
        }
        assertThat(version()).isEqualTo(VERSION + seen.size());
        try (DerbyStores stores = new DerbyStores(home, scripts(ADDS, CHANGES))) {
            stores.open(home.resolve("a"), SECOND).close();
            stores.open(home.resolve("a"), SECOND).close();
        }
        assertThat(version()).isEqualTo(VERSION + 2);
    }

    /** They had a table from which they were deleted; those of prepared transactions are found where they are written over now. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manifestsOfTheFirstVersion(boolean commit) throws Exception {
        Path database = home.resolve("first");
        try (DerbyStores old = new DerbyStores(home, FIRST)) {
            try (EmbedConnection connection = DerbyEngine.create(database)) {
                FIRST.create(connection);
            } finally {
                DerbyEngine.shutdown(database);
            }
            Store store = old.open(database, SECOND);
            manifestOfTheFirstVersion(store, 1).commit();
            assertThat(manifestOfTheFirstVersion(store, 2).prepare()).isTrue();
            assertThat(manifestOfTheFirstVersion(store, 3).prepare()).isTrue();
        }
        try (DerbyStores stores = new DerbyStores(home)) {
            Store store = stores.open(database, SECOND);
            assertThat(store.inDoubt()).hasSize(2);
            assertThat(store.load().manifests()).hasSize(3);
            ManifestRow row = manifest(store, xid(2));
            assertThat(row.content()).isEqualTo(new byte[] {2});
            if (commit) {
                store.commitInDoubt(xid(2));
            } else {
                store.rollbackInDoubt(xid(2));
            }
            // it is in its slot whatever has become of its transaction, and is written over
            assertThat(manifest(store, xid(2)).content()).isEqualTo(new byte[] {2});
            assertThat(row.belongsTo(row.left())).isTrue();
            StoreTransaction next = store.begin(xid(4));
            next.writeManifest(new ManifestRow(row.slot(), 4, xid(4), row.left(), new byte[] {4}));
            next.commit();
            assertThat(store.load().manifests()).hasSize(3);
            assertThat(manifest(store, xid(4)).content()).isEqualTo(new byte[] {4});
        }
    }

    private static StoreTransaction manifestOfTheFirstVersion(Store store, int number) throws SQLException {
        DerbyTransaction transaction = (DerbyTransaction) store.begin(xid(number));
        try (PreparedStatement insert =
                transaction.jdbc().prepareStatement("INSERT INTO PARLEY_STORE.MANIFESTS VALUES (?, ?, ?, ?, ?)")) {
            byte[] global = xid(number).getGlobalTransactionId();
            byte[] qualifier = xid(number).getBranchQualifier();
            insert.setInt(1, Scatter.of(global, qualifier));
            insert.setBytes(2, global);
            insert.setBytes(3, qualifier);
            insert.setInt(4, xid(number).getFormatId());
            insert.setBytes(5, new byte[] {(byte) number});
            insert.executeUpdate();
        }
        return transaction;
    }

    private static ManifestRow manifest(Store store, Xid xid) {
        return store.load().manifests().stream()
                .filter(row -> row.belongsTo(xid))
                .findAny()
                .orElseThrow();
    }
}
