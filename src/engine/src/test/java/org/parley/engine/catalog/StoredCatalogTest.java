package org.parley.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Catalog;
import org.parley.DatabaseOptions;
import org.parley.RouteDefinition;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoredState;
import org.parley.engine.store.derby.DerbyStores;

/** Definitions in a real database, read again after it has been closed. */
class StoredCatalogTest {

    @TempDir
    Path home;

    @Test
    void definitionsAndDropsSurviveAClose() {
        String longName = "\u20ac]'\" " + "n".repeat(123);
        CatalogSnapshot before;
        try (DerbyStores stores = new DerbyStores(home)) {
            DatabaseCatalog database = open(stores);
            Catalog catalog = database.ofOwner();
            catalog.define(
                    "CREATE MESSAGE TYPE Ask VALIDATION = WELL_FORMED_XML CREATE MESSAGE TYPE ask VALIDATION = EMPTY"
                            + " CREATE CONTRACT Talk (Ask SENT BY INITIATOR, ask SENT BY TARGET, [DEFAULT] SENT BY ANY)"
                            + " CREATE QUEUE Desk WITH STATUS = OFF"
                            + " CREATE SERVICE [" + longName.replace("]", "]]") + "] ON QUEUE Desk (Talk, [DEFAULT])"
                            + " CREATE SERVICE [trailing blank ] ON QUEUE Desk"
                            + " CREATE QUEUE Gone ALTER QUEUE Desk WITH STATUS = ON, RETENTION = ON, REDELIVERY_DELAY = 5,"
                            + " POISON_MESSAGE_HANDLING (STATUS = OFF, ACTION = SUSPEND_GROUP),"
                            + " ACTIVATION (PROCEDURE_NAME = dbo.p, MAX_QUEUE_READERS = 3, EXECUTE AS 'u')");
            catalog.define(
                    "CREATE ROUTE r WITH SERVICE_NAME = 's', BROKER_INSTANCE = '6b6fa7e8-0e1c-4bd7-9d9c-6d7a4a4b1c11',"
                            + " LIFETIME = 60, ADDRESS = 'TCP://a:1', MIRROR_ADDRESS = 'TCP://b:2'"
                            + " CREATE BROKER PRIORITY high FOR CONVERSATION SET (CONTRACT_NAME = Talk, PRIORITY_LEVEL = 9)"
                            + " CREATE BROKER PRIORITY low FOR CONVERSATION"
                            + " SET (LOCAL_SERVICE_NAME = [trailing blank ], REMOTE_SERVICE_NAME = 'x', PRIORITY_LEVEL = 1)"
                            + " CREATE USER u CREATE REMOTE SERVICE BINDING b TO SERVICE 'x' WITH USER = u, ANONYMOUS = ON"
                            + " ALTER DATABASE CURRENT SET TRUSTWORTHY ON"
                            + " ALTER DATABASE CURRENT SET DISABLE_BROKER WITH ROLLBACK IMMEDIATE");
            catalog.createMasterKey("secret");
            catalog.dropQueue("Gone");
            before = database.snapshot();
            assertThat(before.service(longName)).isPresent();
        }
        try (DerbyStores stores = new DerbyStores(home)) {
            DatabaseCatalog reopened = open(stores);
            Catalog again = reopened.ofOwner();
            CatalogSnapshot after = reopened.snapshot();
            assertThat(after.messageTypes()).containsExactlyInAnyOrderElementsOf(before.messageTypes());
            assertThat(after.contracts()).containsExactlyInAnyOrderElementsOf(before.contracts());
            assertThat(after.queues()).containsExactlyInAnyOrderElementsOf(before.queues());
            assertThat(after.services()).containsExactlyInAnyOrderElementsOf(before.services());
            assertThat(after.routeRows()).containsExactlyInAnyOrderElementsOf(before.routeRows());
            assertThat(again.routes())
                    .extracting(RouteDefinition::name, RouteDefinition::address)
                    .containsExactly(tuple("AutoCreatedLocal", "LOCAL"), tuple("r", "TCP://a:1"));
            assertThat(after.priorities()).hasSize(2).containsExactlyInAnyOrderElementsOf(before.priorities());
            assertThat(after.bindings()).hasSize(1).containsExactlyInAnyOrderElementsOf(before.bindings());
            assertThat(after.options()).isEqualTo(new DatabaseOptions(false, true, false, true));
            again.createMasterKey("secret");
            again.define("CREATE QUEUE Gone");
            // eleven ids have been given, and none to two objects
            assertThat(reopened.snapshot().queue("Gone").orElseThrow().id()).isEqualTo(CatalogRows.FIRST_USER_ID + 11);
        }
    }

    private DatabaseCatalog open(DerbyStores stores) {
        Store store = stores.open(home.resolve("orders"), Duration.ofSeconds(2));
        StoredState state = store.load();
        return new DatabaseCatalog(
                store,
                CatalogSnapshot.of(state.catalog()),
                state.lastCatalogId(),
                new DatabaseCatalog.Moments(InstantSource.fixed(Instant.ofEpochMilli(1_000_000)), () -> 4711),
                (now, swap) -> swap.run());
    }
}
