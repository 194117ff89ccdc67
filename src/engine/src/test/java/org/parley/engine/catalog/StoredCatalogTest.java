package org.parley.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoredState;
import org.parley.engine.store.derby.DerbyStores;

/** Definitions in a real database, read again after it has been closed. */
class StoredCatalogTest {

    private static final InUse NOTHING_IN_USE = new InUse() {
        @Override
        public boolean service(int id) {
            return false;
        }

        @Override
        public boolean contract(int id) {
            return false;
        }
    };

    @TempDir
    Path home;

    @Test
    void definitionsAndDropsSurviveAClose() {
        String longName = "\u20ac]'\" " + "n".repeat(123);
        CatalogSnapshot before;
        try (DerbyStores stores = new DerbyStores(home)) {
            DatabaseCatalog catalog = open(stores);
            catalog.define(
                    "CREATE MESSAGE TYPE Ask VALIDATION = WELL_FORMED_XML CREATE MESSAGE TYPE ask VALIDATION = EMPTY"
                            + " CREATE CONTRACT Talk (Ask SENT BY INITIATOR, ask SENT BY TARGET, [DEFAULT] SENT BY ANY)"
                            + " CREATE QUEUE Desk WITH STATUS = OFF"
                            + " CREATE SERVICE [" + longName.replace("]", "]]") + "] ON QUEUE Desk (Talk, [DEFAULT])"
                            + " CREATE SERVICE [trailing blank ] ON QUEUE Desk"
                            + " CREATE QUEUE Gone ALTER QUEUE Desk WITH STATUS = ON");
            catalog.dropQueue("Gone");
            before = catalog.snapshot();
            assertThat(before.service(longName)).isPresent();
        }
        try (DerbyStores stores = new DerbyStores(home)) {
            DatabaseCatalog reopened = open(stores);
            CatalogSnapshot after = reopened.snapshot();
            assertThat(after.messageTypes()).containsExactlyInAnyOrderElementsOf(before.messageTypes());
            assertThat(after.contracts()).containsExactlyInAnyOrderElementsOf(before.contracts());
            assertThat(after.queues()).containsExactlyInAnyOrderElementsOf(before.queues());
            assertThat(after.services()).containsExactlyInAnyOrderElementsOf(before.services());
            reopened.define("CREATE QUEUE Gone");
            // seven ids have been given, the last one to the queue that was dropped
            assertThat(reopened.snapshot().queue("Gone").orElseThrow().id()).isEqualTo(CatalogRows.FIRST_USER_ID + 7);
        }
    }

    private DatabaseCatalog open(DerbyStores stores) {
        Store store = stores.open(home.resolve("orders"), Duration.ofSeconds(2));
        StoredState state = store.load();
        return new DatabaseCatalog(
                store, CatalogSnapshot.of(state.catalog()), state.lastCatalogId(), NOTHING_IN_USE, snapshot -> {});
    }
}
