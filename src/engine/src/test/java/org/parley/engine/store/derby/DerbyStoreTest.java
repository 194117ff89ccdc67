package org.parley.engine.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.engine.store.derby.StoreFixture.endpoint;
import static org.parley.engine.store.derby.StoreFixture.message;
import static org.parley.engine.store.derby.StoreFixture.xid;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.ContractDefinition.SentBy;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.QueueDefinition;
import org.parley.RouteDefinition;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.ManifestRow;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Positions;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreTransaction;
import org.parley.engine.store.StoredEndpoints.MessageRange;
import org.parley.engine.store.StoredState;

class DerbyStoreTest {

    private static final CatalogRows.RouteRow LOCAL_ROUTE =
            new CatalogRows.RouteRow(1, new RouteDefinition("AutoCreatedLocal", null, "LOCAL"));

    @TempDir
    Path home;

    private StoreFixture fixture;

    @BeforeEach
    void open() {
        fixture = new StoreFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void keepsItsBrokerInstanceAndGivesEachDatabaseItsOwn() {
        UUID broker = fixture.store().brokerInstance();
        UUID other = fixture.stores()
                .open(home.resolve("other"), java.time.Duration.ofSeconds(1))
                .brokerInstance();
        assertThat(broker).isNotNull().isNotEqualTo(other);
        assertThat(fixture.reopen().brokerInstance()).isEqualTo(broker);
    }

    @Test
    void freshDatabaseIsEmpty() {
        StoredState state = fixture.store().load();
        assertThat(state.endpoints().rows()).isEmpty();
        assertThat(state.endpoints().ranges()).isEmpty();
        assertThat(state.lastConversation()).isZero();
        assertThat(state.lastQueuingOrder()).isZero();
        assertThat(state.lastCatalogId()).isEqualTo(CatalogRows.FIRST_USER_ID - 1);
    }

    /** Whoever has such a message deletes its row alone. */
    @Test
    void whatAlwaysLiesBesideItsRowDoes() {
        assertThat(MessageRow.ALWAYS_BESIDE).isLessThanOrEqualTo(MessageTable.LONGEST_BESIDE);
    }

    @Test
    void endpointsAndMessagesComeBack() {
        StoreTransaction t = fixture.store().begin();
        t.insertEndpoint(endpoint(2));
        t.insertEndpoint(endpoint(3));
        t.updateEndpoint(3, EndpointRow.Stage.ENDED, 7);
        t.insertMessage(message(2, Positions.FAR_ERROR, bytes(3)));
        t.insertMessage(message(3, 4, bytes(500)));
        t.insertMessage(message(3, 5, null));
        t.insertMessage(message(3, 6, bytes(MessageTable.LONGEST_BESIDE)));
        t.insertMessage(message(3, 7, bytes(MessageTable.LONGEST_BESIDE + 1)));
        t.setTimer(2, 17);
        t.setTimer(2, 18);
        t.setTimer(3, 19);
        t.clearTimer(3);
        t.clearTimer(3);
        t.commit();

        StoredState state = fixture.reopen().load();
        assertThat(state.endpoints().rows()).hasSize(2).contains(endpoint(2));
        assertThat(state.endpoints().rows())
                .filteredOn(row -> row.id() == 3)
                .singleElement()
                .satisfies(row -> assertThat(row.stage()).isEqualTo(EndpointRow.Stage.ENDED))
                .satisfies(row -> assertThat(row.received()).isEqualTo(7));
        assertThat(state.endpoints().ranges())
                .containsExactlyInAnyOrder(
                        new MessageRange(2, -1, -1, 0, 1999, false, false, true),
                        new MessageRange(3, 4, 7, 4, 3004, false, false, false));
        assertThat(state.lastQueuingOrder()).isEqualTo(3007);
        assertThat(state.timers()).isEqualTo(Map.of(2L, 18L));

        List<MessageRow> rows = fixture.store().peek(3, 4, 7, 10);
        assertThat(rows).extracting(MessageRow::position).containsExactly(4L, 5L, 6L, 7L);
        assertThat(rows.get(0).body()).isEqualTo(bytes(500));
        assertThat(rows.get(1).body()).isNull();
        assertThat(rows.get(2).body()).isEqualTo(bytes(MessageTable.LONGEST_BESIDE));
        assertThat(rows.get(3).body()).isNull();
        assertThat(rows.get(3).bodyApart()).isTrue();
        assertThat(fixture.store().peekBody(rows.get(3)).bytes()).isEqualTo(bytes(MessageTable.LONGEST_BESIDE + 1));
        assertThat(fixture.store().peek(3, 4, 7, 2))
                .extracting(MessageRow::position)
                .containsExactly(4L, 5L);

        StoreTransaction d = fixture.store().begin();
        assertThat(d.deleteMessages(3, 4, 6)).isEqualTo(3);
        assertThat(d.readMessages(3, 4, 7, 10)).hasSize(1);
        assertThat(d.deleteMessages(3, 4, 7)).isEqualTo(1);
        d.deleteEndpoint(3);
        d.deleteEndpoint(3);
        d.commit();
        assertThat(fixture.reopen().load().endpoints().rows()).containsExactly(endpoint(2));
    }

    @Test
    void rollbackLeavesNothing() {
        StoreTransaction t = fixture.store().begin();
        t.insertEndpoint(endpoint(2));
        t.insertMessage(message(3, 0, bytes(40_000)));
        t.rollback();
        t.rollback();
        StoredState state = fixture.store().load();
        assertThat(state.endpoints().rows()).isEmpty();
        assertThat(state.endpoints().ranges()).isEmpty();
    }

    @Test
    void globalTransactionCommitsInOnePhase() throws Exception {
        StoreTransaction t = fixture.store().begin(xid(1));
        t.insertMessage(message(3, 0, bytes(5)));
        t.commit();
        assertThat(fixture.store().inDoubt()).isEmpty();
        assertThat(fixture.store().peek(3, 0, 9, 9)).hasSize(1);

        StoreTransaction nothing = fixture.store().begin(xid(2));
        assertThat(nothing.readMessages(3, 0, 0, 1)).hasSize(1);
        assertThat(nothing.prepare()).isFalse();
        nothing.rollback();
    }

    @Test
    void globalTransactionCommitsInTwoPhases() throws Exception {
        StoreTransaction t = fixture.store().begin(xid(1));
        t.insertMessage(message(3, 0, bytes(5)));
        ManifestRow manifest = new ManifestRow(1, 7, xid(1), null, bytes(50_000));
        t.writeManifest(manifest);
        assertThat(t.prepare()).isTrue();
        assertThat(fixture.store().inDoubt()).singleElement().matches(manifest::belongsTo);
        t.commitPrepared();
        assertThat(fixture.store().inDoubt()).isEmpty();
        assertThat(fixture.store().peek(3, 0, 9, 9)).hasSize(1);

        assertThat(manifest()).satisfies(row -> assertThat(row.content()).isEqualTo(bytes(50_000)));

        StoreTransaction back = fixture.store().begin(xid(1));
        back.deleteMessages(3, 0, 0);
        assertThat(back.prepare()).isTrue();
        back.rollback();
        assertThat(fixture.store().inDoubt()).isEmpty();
        assertThat(fixture.store().peek(3, 0, 9, 9)).hasSize(1);
    }

    private ManifestRow manifest() {
        List<ManifestRow> rows = fixture.store().load().manifests();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    @Test
    void aManifestIsWrittenOver() throws Exception {
        StoreTransaction first = fixture.store().begin(xid(1));
        first.writeManifest(new ManifestRow(3, 7, xid(1), null, bytes(50_000)));
        assertThat(first.prepare()).isTrue();
        first.commitPrepared();
        assertThat(manifest().left()).isNull();

        StoreTransaction second = fixture.store().begin(xid(2));
        assertThat(second.hasWritten()).isFalse();
        second.writeManifest(new ManifestRow(3, 8, xid(2), xid(1), bytes(5)));
        assertThat(second.hasWritten()).isTrue();
        assertThat(second.prepare()).isTrue();
        fixture.reopen();
        assertThat(manifest()).satisfies(row -> {
            assertThat(row.slot()).isEqualTo(3);
            assertThat(row.number()).isEqualTo(8);
            assertThat(row.belongsTo(xid(2))).isTrue();
            assertThat(row.left().getGlobalTransactionId()).isEqualTo(xid(1).getGlobalTransactionId());
            assertThat(row.content()).isEqualTo(bytes(5));
        });
        fixture.store().rollbackInDoubt(xid(2));
        assertThat(manifest()).satisfies(row -> {
            assertThat(row.number()).isEqualTo(7);
            assertThat(row.belongsTo(xid(1))).isTrue();
            assertThat(row.content()).isEqualTo(bytes(50_000));
        });
    }

    /** It would be prepared without. */
    @Test
    void aManifestThatFindsNoSlotFails() {
        StoreTransaction t = fixture.store().begin(xid(2));
        assertThatThrownBy(() -> t.writeManifest(new ManifestRow(3, 8, xid(2), xid(1), bytes(5))))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
        t.rollback();
    }

    /** As that of a statement of the JDBC face which its thread closes late. */
    @Test
    void aFailureThatComesLateLeavesWhatIsPrepared() throws Exception {
        DerbyTransaction t = (DerbyTransaction) fixture.store().begin(xid(1));
        t.insertEndpoint(endpoint(2));
        assertThat(t.prepare()).isTrue();
        t.failed(new SQLException("No current connection.", "08003", 40_000));
        t.commitPrepared();
        assertThat(fixture.reopen().load().endpoints().rows()).containsExactly(endpoint(2));
    }

    @Test
    void preparedTransactionOutlivesTheEngineAndNothingWaitsForIt() throws Exception {
        StoreTransaction before = fixture.store().begin();
        before.insertMessage(message(5, 0, bytes(5)));
        before.insertMessage(message(5, 1, bytes(5)));
        before.commit();
        for (int number = 1; number <= 2; number++) {
            StoreTransaction t = fixture.store().begin(xid(number));
            t.insertEndpoint(endpoint(10 + number));
            t.insertMessage(message(3, number, bytes(5)));
            t.deleteMessages(5, number - 1, number - 1);
            t.writeManifest(new ManifestRow(number, number, xid(number), null, new byte[1]));
            assertThat(t.prepare()).isTrue();
        }
        fixture.reopen();
        assertThat(fixture.store().inDoubt()).hasSize(2);
        StoredState state = fixture.store().load();
        assertThat(state.manifests()).hasSize(2);
        assertThat(state.endpoints().rows()).hasSize(2);
        assertThat(state.endpoints().ranges()).containsExactly(new MessageRange(3, 1, 2, 2, 3001, false, false, false));

        fixture.store().commitInDoubt(xid(1));
        fixture.store().rollbackInDoubt(xid(2));
        assertThat(fixture.store().inDoubt()).isEmpty();
        assertThat(fixture.store().reload(Set.of(3L, 5L, 11L, 12L)).rows()).containsExactly(endpoint(11));
        assertThat(fixture.store().reload(List.of(3L, 5L)).ranges())
                .containsExactlyInAnyOrder(
                        new MessageRange(3, 1, 1, 1, 3001, false, false, false),
                        new MessageRange(5, 1, 1, 1, 5001, false, false, false));
    }

    @Test
    void definitionsComeBack() {
        CatalogRows.MessageTypeRow type = new CatalogRows.MessageTypeRow(65_536, "//type", Validation.WELL_FORMED_XML);
        CatalogRows.ContractRow contract =
                new CatalogRows.ContractRow(65_537, "//contract", Map.of(65_536, SentBy.INITIATOR, 3, SentBy.ANY));
        CatalogRows.QueueRow queue = queue(new QueueDefinition("q"));
        CatalogRows.ServiceRow service = new CatalogRows.ServiceRow(65_539, "//service", 65_538, Set.of(65_537, 4));
        StoreTransaction t = fixture.store().begin();
        t.catalog().insert(type);
        t.catalog().insert(contract);
        t.catalog().insert(queue);
        t.catalog().insert(service);
        CatalogRows.QueueRow changed = queue(new QueueDefinition("q", false).withRetention(true));
        t.catalog().update(changed);
        t.commit();
        StoredState state = fixture.reopen().load();
        assertThat(state.catalog()).isEqualTo(new CatalogRows(List.of(type, contract, changed, service, LOCAL_ROUTE)));
        assertThat(state.lastCatalogId()).isEqualTo(65_539);

        StoreTransaction d = fixture.store().begin();
        d.catalog().delete(service);
        d.catalog().delete(changed);
        d.catalog().delete(contract);
        d.catalog().delete(type);
        d.commit();
        state = fixture.reopen().load();
        assertThat(state.catalog()).isEqualTo(new CatalogRows(List.of(LOCAL_ROUTE)));
        assertThat(state.lastCatalogId()).isEqualTo(65_539);
    }

    @Test
    void conversationNumbersAreNeverGivenTwice() {
        assertThat(fixture.store().reserveConversations(1000)).isEqualTo(1);
        assertThat(fixture.store().reserveConversations(10)).isEqualTo(1001);
        assertThat(fixture.store().load().lastConversation()).isEqualTo(1010);
        assertThat(fixture.reopen().reserveConversations(1)).isEqualTo(1011);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) length);
        return bytes;
    }

    private static CatalogRows.QueueRow queue(QueueDefinition definition) {
        return new CatalogRows.QueueRow(
                65_538,
                definition,
                definition.on() ? CatalogRows.QueueRow.NEVER : 0,
                Instant.ofEpochMilli(1),
                Instant.ofEpochMilli(2));
    }
}
