package org.parley.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Catalog;
import org.parley.CertificateDefinition;
import org.parley.CertificateSource;
import org.parley.CertificateSource.Encoded;
import org.parley.CertificateSource.Made;
import org.parley.LocalConnection;
import org.parley.Permission;
import org.parley.RemoteServiceBindingDefinition;
import org.parley.Securable;
import org.parley.engine.ExpenseHome;
import org.parley.engine.security.FewerRounds;

/** The master key and certificates of a database. */
@ExtendWith(FewerRounds.class)
class KeysTest {

    private static final String PASSWORD = "it's secret";
    private static final CertificateSource SHOP = new Made("shop", null, null, null);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    @TempDir
    Path directory;

    private LocalConnection dbo;

    @BeforeEach
    void open() {
        dbo = home.connect();
    }

    @AfterEach
    void close() {
        dbo.close();
    }

    private Catalog catalog() {
        return dbo.catalog();
    }

    private void restart() {
        dbo.close();
        home.restart();
        dbo = home.connect();
    }

    private LocalConnection connect(String user) {
        return home.parley().connect(ExpenseHome.DATABASE, user, null);
    }

    private static void refused(int number, String text, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasFieldOrPropertyWithValue("number", number)
                .hasMessageContaining(text)
                .hasMessageNotContaining("secret");
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void theServersOwnKeyOpensAMasterKey() {
        catalog().createMasterKey(PASSWORD);
        restart();
        catalog().createCertificate("c", SHOP, true);
        assertThat(catalog().certificates())
                .singleElement()
                .satisfies(each -> assertThat(each.privateKey()).isTrue());
    }

    @Test
    void withoutTheServersOwnKeyASessionOpensIt() {
        catalog().createMasterKey(PASSWORD);
        catalog().encryptMasterKeyByServer(false);
        refused(15558, "isn't encrypted so", () -> catalog().encryptMasterKeyByServer(false));
        refused(15581, "OPEN MASTER KEY", () -> catalog().createCertificate("c", SHOP, true));
        refused(15313, "isn't encrypted by this password", () -> catalog().openMasterKey("other secret"));
        refused(15315, "hasn't opened", () -> catalog().closeMasterKey());
        catalog().openMasterKey(PASSWORD);
        catalog().createCertificate("c", SHOP, true);
        try (LocalConnection other = home.connect()) {
            refused(15581, "OPEN MASTER KEY", () -> other.catalog().createCertificate("d", SHOP, true));
        }
        catalog().closeMasterKey();
        refused(15581, "'d'", () -> catalog().createCertificate("d", SHOP, true));
        catalog().openMasterKey(PASSWORD);
        dbo.close();
        refused(15581, "OPEN MASTER KEY", () -> home.connect().catalog().encryptMasterKeyByServer(true));
    }

    @Test
    void aKeyOfAnotherHomeIsEncryptedByTheServerAnew() throws IOException {
        catalog().createMasterKey(PASSWORD);
        Files.delete(home.home().resolve("parley.key"));
        restart();
        refused(15581, "this server's own key", () -> catalog().createCertificate("c", SHOP, true));
        refused(15329, "FORCE", () -> catalog().regenerateMasterKey("new secret", false));
        catalog().openMasterKey(PASSWORD);
        catalog().encryptMasterKeyByServer(true);
        catalog().closeMasterKey();
        catalog().createCertificate("c", SHOP, true);
    }

    @Test
    void passwordsComeAndGoAndOneStays() {
        refused(15151, "has none", () -> catalog().addMasterKeyPassword("a secret"));
        catalog().createMasterKey(PASSWORD);
        refused(15557, "already", () -> catalog().addMasterKeyPassword(PASSWORD));
        refused(15558, "only one", () -> catalog().dropMasterKeyPassword(PASSWORD));
        catalog().addMasterKeyPassword("second secret");
        catalog().dropMasterKeyPassword(PASSWORD);
        refused(15558, "isn't encrypted by this password", () -> catalog().dropMasterKeyPassword(PASSWORD));
        refused(15313, "password", () -> catalog().openMasterKey(PASSWORD));
        restart();
        catalog().openMasterKey("second secret");
        refused(102, "password of the master key is missing", () -> catalog().addMasterKeyPassword(""));
    }

    @Test
    void aNewMasterKeyKeepsPrivateKeys() {
        catalog().createMasterKey(PASSWORD);
        catalog().createCertificate("c", SHOP, true);
        catalog().openMasterKey(PASSWORD);
        catalog().regenerateMasterKey("new secret", false);
        refused(15313, "password", () -> catalog().openMasterKey(PASSWORD));
        catalog().backupCertificate("c", file("c.cer"), file("c.key"), "file secret");
        catalog().createCertificate("d", SHOP, true);
        restart();
        catalog().backupCertificate("d", file("d.cer"), file("d.key"), "file secret");
    }

    @Test
    void forceGivesUpWhatCantBeDecrypted() {
        catalog().createMasterKey(PASSWORD);
        catalog().createCertificate("c", SHOP, true);
        catalog().encryptMasterKeyByServer(false);
        refused(15329, "FORCE", () -> catalog().regenerateMasterKey("new secret", false));
        catalog().regenerateMasterKey("new secret", true);
        assertThat(catalog().certificates())
                .singleElement()
                .satisfies(each -> assertThat(each.privateKey()).isFalse());
        refused(
                15563,
                "'c' has no private key",
                () -> catalog().backupCertificate("c", file("c.cer"), file("c.key"), "file secret"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aMasterKeyThatIsNeededStays() {
        refused(15151, "has none", () -> catalog().dropMasterKey());
        refused(15581, "CREATE MASTER KEY", () -> catalog().createCertificate("c", SHOP, true));
        catalog().createMasterKey(PASSWORD);
        refused(15578, "another password", () -> catalog().createMasterKey("other secret"));
        catalog().createCertificate("c", SHOP, true);
        refused(15580, "certificate 'c'", () -> catalog().dropMasterKey());
        catalog().dropCertificate("c");
        catalog().dropMasterKey();
        assertThat(catalog().options().masterKey()).isFalse();
    }

    @Test
    void aCertificateIsMadeForAYearFromNowUnlessSaidOtherwise() {
        catalog().createMasterKey(PASSWORD);
        catalog().createCertificate("c", SHOP, true);
        catalog().createCertificate("c", SHOP, true);
        refused(15232, "another certificate 'c'", () -> catalog().createCertificate("c", SHOP, false));
        refused(15232, "'c'", () -> catalog().createCertificate("c", new Made("other", null, null, null), true));
        Instant start = Instant.parse("2030-01-01T00:00:00Z");
        CertificateSource dated = new Made("shop", start, start.plus(Duration.ofDays(2)), null);
        refused(15232, "'c'", () -> catalog().createCertificate("c", dated, true));
        catalog().createCertificate("d", dated, false);
        restart();
        assertThat(catalog().certificates())
                .hasSize(2)
                .satisfiesExactly(
                        c -> {
                            Instant now = home.clock().instant();
                            assertThat(c.startDate()).isBetween(now.minusSeconds(1), now);
                            assertThat(Duration.between(c.startDate(), c.expiryDate())
                                            .toDays())
                                    .isBetween(365L, 366L);
                            assertThat(c.activeForBeginDialog()).isTrue();
                        },
                        d -> assertThat(d)
                                .isEqualTo(new CertificateDefinition(
                                        "d",
                                        "dbo",
                                        "CN=shop",
                                        "CN=shop",
                                        d.serialNumber(),
                                        d.thumbprint(),
                                        start,
                                        start.plus(Duration.ofDays(2)),
                                        false,
                                        true)));
        catalog().setActiveForBeginDialog("d", true);
        assertThat(catalog().certificates()).allMatch(CertificateDefinition::activeForBeginDialog);
        refused(15151, "'e'", () -> catalog().setActiveForBeginDialog("e", true));
    }

    @Test
    void whatNoDialogCouldUseIsRefused() {
        catalog().createMasterKey(PASSWORD);
        refused(9737, "'c'", () -> catalog().createCertificate("c", new Made("shop", null, null, "own secret"), true));
        refused(
                15297,
                "needs a subject",
                () -> catalog().createCertificate("c", new Made(" ", null, null, null), true));
        Instant now = home.clock().instant();
        refused(
                15297,
                "begin before it ends",
                () -> catalog().createCertificate("c", new Made("shop", now, now, null), true));
        refused(
                15208,
                "missing.cer",
                () -> catalog()
                        .createCertificate(
                                "c", new CertificateSource.File(file("missing.cer"), null, null, null), true));
        refused(15297, "'c' is no X.509", () -> catalog().createCertificate("c", new Encoded(new byte[9]), true));
        assertThat(catalog().certificates()).isEmpty();
    }

    @Test
    void certificatesTravelInFiles() throws IOException {
        catalog().createMasterKey(PASSWORD);
        catalog().createCertificate("c", SHOP, true);
        catalog().backupCertificate("c", file("c.cer"), file("c.key"), "file secret");
        refused(15240, "c.cer", () -> catalog().backupCertificate("c", file("c.cer"), null, null));
        refused(102, "password", () -> catalog().backupCertificate("c", file("d.cer"), file("d.key"), null));
        refused(15151, "'x'", () -> catalog().backupCertificate("x", file("x.cer"), null, null));
        CertificateSource inFiles = new CertificateSource.File(file("c.cer"), file("c.key"), "file secret", null);
        refused(15232, "by the name 'c'", () -> catalog().createCertificate("again", inFiles, true));
        try (LocalConnection other = home.parley().connect("other")) {
            refused(15581, "CREATE MASTER KEY", () -> other.catalog().createCertificate("c", inFiles, true));
            other.catalog().createMasterKey("other secret");
            other.catalog().createCertificate("c", inFiles, true);
            other.catalog().createCertificate("c", inFiles, true);
            refused(
                    9737,
                    "'d'",
                    () -> other.catalog()
                            .createCertificate(
                                    "d",
                                    new CertificateSource.File(
                                            file("c.cer"), file("c.key"), "file secret", "own secret"),
                                    true));
            assertThat(other.catalog().certificates())
                    .singleElement()
                    .satisfies(each -> assertThat(each.privateKey()).isTrue());
            other.catalog().dropCertificate("c");
            other.catalog().createCertificate("c", new Encoded(Files.readAllBytes(directory.resolve("c.cer"))), true);
            assertThat(other.catalog().certificates()).singleElement().satisfies(each -> {
                assertThat(each.privateKey()).isFalse();
                assertThat(each.thumbprint())
                        .isEqualTo(catalog().certificates().get(0).thumbprint());
            });
        }
    }

    @Test
    void aUserStandsForACertificateAndHoldsIt() {
        catalog().createMasterKey(PASSWORD);
        catalog().createCertificate("c", SHOP, true);
        refused(15151, "'x'", () -> catalog().createUserForCertificate("far", "x"));
        catalog().createUserForCertificate("far", "c");
        catalog().createUserForCertificate("far", "c");
        refused(15063, "'far' does already", () -> catalog().createUserForCertificate("other", "c"));
        refused(15023, "'far'", () -> catalog().createUser("far"));
        refused(33234, "'c'", () -> catalog().setPassword("far", "a secret".toCharArray()));
        refused(15559, "user 'far'", () -> catalog().dropCertificate("c"));
        refused(28083, "'far'", () -> catalog().define(new RemoteServiceBindingDefinition("b", "//s", "far", false)));
        refused(18456, "'far'", () -> connect("far"));
        restart();
        assertThat(catalog().users()).anyMatch(user -> user.name().equals("far") && "c".equals(user.certificate()));
        catalog().dropUser("far");
        catalog().dropCertificate("c");
        refused(15151, "'c'", () -> catalog().dropCertificate("c"));
    }

    @Test
    void ownersOfCertificatesAreUsers() {
        catalog().createMasterKey(PASSWORD);
        catalog().createUser("anna");
        catalog().createCertificate("c", SHOP, true);
        catalog().alterAuthorization(Securable.certificate("c"), "anna");
        refused(15345, "'db_owner'", () -> catalog().alterAuthorization(Securable.certificate("c"), "db_owner"));
        refused(15138, "'anna'", () -> catalog().dropUser("anna"));
        restart();
        assertThat(catalog().certificates())
                .singleElement()
                .satisfies(each -> assertThat(each.owner()).isEqualTo("anna"));
        try (LocalConnection anna = connect("anna")) {
            anna.catalog().setActiveForBeginDialog("c", false);
            anna.catalog().dropCertificate("c");
        }
        assertThat(catalog().certificates()).isEmpty();
        assertThat(catalog().owners()).isEmpty();
    }

    @Test
    void othersMayNothing() {
        catalog().createMasterKey(PASSWORD);
        catalog().createCertificate("c", SHOP, true);
        catalog().createUser("anna");
        catalog().addRoleMember("db_ddladmin", "anna");
        catalog().createUser("ben");
        try (LocalConnection anna = connect("anna");
                LocalConnection ben = connect("ben")) {
            for (LocalConnection each : new LocalConnection[] {anna, ben}) {
                Catalog theirs = each.catalog();
                refused(15247, "certificates", () -> theirs.createCertificate("d", SHOP, true));
                refused(15247, "master key", () -> theirs.regenerateMasterKey("new secret", true));
                refused(15247, "master key", () -> theirs.openMasterKey(PASSWORD));
                refused(15247, "back up", () -> theirs.backupCertificate("c", file("c.cer"), null, null));
            }
            refused(229, "'c'", () -> ben.catalog().dropCertificate("c"));
            assertThat(ben.catalog().certificates()).isEmpty();
            catalog().grant(Permission.VIEW_DEFINITION, Securable.certificate("c"), "ben");
            assertThat(ben.catalog().certificates()).hasSize(1);
            refused(229, "'c'", () -> ben.catalog().setActiveForBeginDialog("c", false));
        }
        refused(4606, "SEND", () -> catalog().grant(Permission.SEND, Securable.certificate("c"), "ben"));
    }
}
