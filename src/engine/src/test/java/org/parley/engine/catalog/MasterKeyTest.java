package org.parley.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Catalog;
import org.parley.CertificateDefinition;
import org.parley.CertificateSource.Made;
import org.parley.engine.security.FewerRounds;
import org.parley.engine.security.MasterKey;
import org.parley.engine.security.SelfSigned;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.CatalogRows.CertificateRow;

/** The master key and what it encrypts change together or not at all. */
@ExtendWith(FewerRounds.class)
class MasterKeyTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final byte[] SERVER_KEY = MasterKey.random();

    @TempDir
    Path directory;

    private final RememberingStore storage = new RememberingStore();

    /** A database of a server that has a key and no master. */
    private static final class Database implements DatabaseCatalog.Database {

        @Override
        public void show(CatalogSnapshot now, Runnable swap) {
            swap.run();
        }

        @Override
        public HomeServer server() {
            return new HomeServer() {

                @Override
                public DatabaseCatalog master() {
                    throw new AssertionError("nothing of the server is defined");
                }

                @Override
                public Optional<CatalogSnapshot> definitions() {
                    return Optional.empty();
                }

                @Override
                public Optional<byte[]> key() {
                    return Optional.of(SERVER_KEY);
                }
            };
        }
    }

    private Catalog catalog(CatalogRows rows) {
        return new DatabaseCatalog(
                        storage.store(),
                        CatalogSnapshot.of(rows),
                        CatalogRows.FIRST_USER_ID + rows.all().size(),
                        new DatabaseCatalog.Moments(InstantSource.fixed(NOW), () -> 0),
                        new Database())
                .ofOwner();
    }

    @Test
    void aFailedRegenerationLeavesEveryPrivateKeyReadable() {
        Catalog catalog = catalog(new CatalogRows(List.of()));
        catalog.createMasterKey("a secret");
        catalog.createCertificate("c", new Made("c", null, null, null), true);
        catalog.createCertificate("d", new Made("d", null, null, null), true);
        for (int write = 1; write <= 3; write++) {
            storage.failingWrite = write;
            assertThatThrownBy(() -> catalog.regenerateMasterKey("new secret", false))
                    .hasFieldOrPropertyWithValue("number", 1205)
                    .hasMessageContaining("nothing has changed");
            assertThat(storage.rolledBack).isEqualTo(write);
            for (String name : List.of("c", "d")) {
                String file = directory.resolve(name + write).toString();
                catalog.backupCertificate(name, file + ".cer", file + ".key", "file secret");
            }
        }
        storage.failingWrite = Integer.MAX_VALUE;
        catalog.regenerateMasterKey("new secret", false);
        assertThatThrownBy(() -> catalog.openMasterKey("a secret")).hasFieldOrPropertyWithValue("number", 15313);
    }

    @Test
    void aPrivateKeyOfAnotherMasterKeyIsGivenUpOnlyByForce() {
        SelfSigned made = SelfSigned.make("c", NOW, NOW.plusSeconds(3600));
        byte[] sealed = MasterKey.seal(MasterKey.random(), made.privateKey());
        Catalog catalog = catalog(new CatalogRows(
                List.of(new CertificateRow(CatalogRows.FIRST_USER_ID, "c", made.certificate(), sealed, true))));
        catalog.createMasterKey("a secret");
        assertThatThrownBy(() -> catalog.regenerateMasterKey("new secret", false))
                .hasFieldOrPropertyWithValue("number", 15320)
                .hasMessage(
                        "The private key of certificate 'c' can't be decrypted by the master key; FORCE gives it up.");
        assertThat(catalog.certificates()).singleElement().matches(CertificateDefinition::privateKey);
        catalog.regenerateMasterKey("new secret", true);
        assertThat(catalog.certificates()).singleElement().matches(each -> !each.privateKey());
    }
}
