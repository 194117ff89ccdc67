package org.parley.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.Catalog;
import org.parley.CertificateSource.Made;
import org.parley.LocalConnection;
import org.parley.LoginDefinition;
import org.parley.NetworkEndpointDefinition;
import org.parley.NetworkEndpointDefinition.Algorithm;
import org.parley.NetworkEndpointDefinition.Authentication;
import org.parley.NetworkEndpointDefinition.Encryption;
import org.parley.NetworkEndpointDefinition.State;
import org.parley.Permission;
import org.parley.PermissionDefinition;
import org.parley.Securable;
import org.parley.engine.ExpenseHome;

/** The network endpoint and the logins of the server, from master and from another database. */
class NetworkObjectsTest {

    private static final NetworkEndpointDefinition DEFAULTS = new NetworkEndpointDefinition("BrokerEndpoint", 4022);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

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

    private static char[] password(String text) {
        return text.toCharArray();
    }

    private static void refused(int number, String text, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasFieldOrPropertyWithValue("number", number)
                .hasMessageContaining(text)
                .hasMessageNotContaining("secret");
    }

    private static NetworkEndpointDefinition endpoint(
            String name, int port, String address, List<Authentication> ways, String certificate, int size) {
        return new NetworkEndpointDefinition(
                name,
                null,
                State.STARTED,
                port,
                address,
                ways,
                certificate,
                Encryption.SUPPORTED,
                List.of(Algorithm.AES, Algorithm.RC4),
                true,
                size);
    }

    private static NetworkEndpointDefinition with(int port, String address, int size) {
        return endpoint("BrokerEndpoint", port, address, List.of(Authentication.NTLM), null, size);
    }

    private void masterHasCertificate(String name) {
        try (LocalConnection master = home.parley().connect("master")) {
            master.catalog().createMasterKey("a secret");
            master.catalog().createCertificate(name, new Made(name, null, null, null), true);
        }
    }

    @Test
    void thereIsOneEndpointForTheWholeServer() {
        catalog().define(DEFAULTS);
        catalog().define(DEFAULTS);
        refused(
                7862,
                "'BrokerEndpoint', and 'other'",
                () -> catalog().define(new NetworkEndpointDefinition("other", 4023)));
        refused(7862, "'BrokerEndpoint'", () -> catalog().define(with(4022, null, 10)));
        for (String database : List.of("master", "other", ExpenseHome.DATABASE)) {
            try (LocalConnection each = home.parley().connect(database)) {
                assertThat(each.catalog().networkEndpoint()).contains(DEFAULTS);
            }
        }
        NetworkEndpointDefinition changed = with(32767, "10.0.0.1", 1);
        catalog().alter(changed);
        restart();
        assertThat(catalog().networkEndpoint()).contains(changed);
        refused(15151, "'other'", () -> catalog().alter(new NetworkEndpointDefinition("other", 4022)));
        refused(15151, "'other'", () -> catalog().dropNetworkEndpoint("other"));
        catalog().dropNetworkEndpoint("BrokerEndpoint");
        restart();
        assertThat(catalog().networkEndpoint()).isEmpty();
    }

    @Test
    void whatAnEndpointSaysIsChecked() {
        refused(
                5837,
                "LISTENER_PORT = 1023; allowed are 1024 to 32767",
                () -> catalog().define(with(1023, null, 10)));
        refused(5837, "LISTENER_PORT = 32768", () -> catalog().define(with(32768, null, 10)));
        refused(5839, "MESSAGE_FORWARD_SIZE = 0", () -> catalog().define(with(4022, null, 0)));
        refused(
                5838,
                "CERTIFICATE",
                () -> catalog().define(endpoint("e", 4022, null, List.of(Authentication.CERTIFICATE), null, 10)));
        refused(
                5838,
                "NTLM, KERBEROS",
                () -> catalog()
                        .define(endpoint(
                                "e", 4022, null, List.of(Authentication.NTLM, Authentication.KERBEROS), null, 10)));
        refused(5838, "[]", () -> catalog().define(endpoint("e", 4022, null, List.of(), null, 10)));
        refused(
                15151,
                "certificate 'c'",
                () -> catalog().define(endpoint("e", 4022, null, List.of(Authentication.CERTIFICATE), "c", 10)));
        refused(1038, "endpoint", () -> catalog().define(new NetworkEndpointDefinition("", 4022)));
        assertThat(catalog().networkEndpoint()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0", "10.0.0.256", "1.2.3.4.", "::zz", "", "example.org", "01.2.3.4x"})
    void addressesAreInDigits(String address) {
        refused(7887, "LISTENER_IP = '" + address + "'", () -> catalog().define(with(4022, address, 10)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "255.255.255.255", "::1", "fe80::1", "::ffff:10.0.0.1"})
    void bothKindsOfAddressesAreTaken(String address) {
        catalog().define(with(4022, address, 10));
        assertThat(catalog().networkEndpoint()).contains(with(4022, address, 10));
    }

    @Test
    void anEndpointHoldsItsCertificateAndItsOwner() {
        masterHasCertificate("c");
        NetworkEndpointDefinition wanted =
                endpoint("e", 4022, null, List.of(Authentication.CERTIFICATE, Authentication.NEGOTIATE), "c", 10);
        catalog().define(wanted);
        catalog().createLogin("net", password("login secret"));
        catalog().alterAuthorization(Securable.endpoint("e"), "net");
        refused(15141, "'net' owns endpoint 'e'", () -> catalog().dropLogin("net"));
        try (LocalConnection master = home.parley().connect("master")) {
            refused(15352, "endpoint 'e'", () -> master.catalog().dropCertificate("c"));
        }
        catalog().alter(wanted);
        assertThat(catalog().networkEndpoint().orElseThrow().owner()).isEqualTo("net");
        catalog().dropNetworkEndpoint("e");
        catalog().dropLogin("net");
        try (LocalConnection master = home.parley().connect("master")) {
            master.catalog().dropCertificate("c");
        }
    }

    @Test
    void loginsProveThemselvesByPasswordOrCertificate() {
        masterHasCertificate("c");
        catalog().createLogin("anna", password("login secret"));
        catalog().createLogin("anna", password("login secret"));
        refused(15025, "'anna'", () -> catalog().createLogin("anna", password("other secret")));
        refused(15247, "1 to 128", () -> catalog().createLogin("ben", password("")));
        refused(15151, "certificate 'x'", () -> catalog().createLoginFromCertificate("far", "x"));
        catalog().createLoginFromCertificate("far", "c");
        catalog().createLoginFromCertificate("far", "c");
        refused(33234, "'far'", () -> catalog().setLoginPassword("far", password("a secret")));
        catalog().enableLogin("far", false);
        restart();
        assertThat(catalog().logins())
                .containsExactly(
                        new LoginDefinition("anna", true, null, true), new LoginDefinition("far", false, "c", false));
        try (LocalConnection master = home.parley().connect("master")) {
            refused(15559, "login 'far'", () -> master.catalog().dropCertificate("c"));
        }
        for (String unknown : List.of("x", "dbo")) {
            refused(15151, "'" + unknown + "'", () -> catalog().dropLogin(unknown));
            refused(15151, "'" + unknown + "'", () -> catalog().enableLogin(unknown, true));
            refused(15151, "'" + unknown + "'", () -> catalog().setLoginPassword(unknown, password("a secret")));
        }
        catalog().dropLogin("far");
        catalog().dropLogin("anna");
        assertThat(catalog().logins()).isEmpty();
    }

    @Test
    void aUserProvesItselfByItsLogin() {
        refused(15007, "'anna'", () -> catalog().createUserForLogin("her", "anna"));
        catalog().createLogin("anna", password("login secret"));
        catalog().createUserForLogin("her", "anna");
        catalog().createUserForLogin("her", "anna");
        refused(15063, "'her' does already", () -> catalog().createUserForLogin("other", "anna"));
        refused(15023, "'dbo'", () -> catalog().createUserForLogin("dbo", "anna"));
        refused(33234, "ALTER LOGIN", () -> catalog().setPassword("her", password("a secret")));
        restart();
        assertThat(catalog().users()).anyMatch(user -> user.name().equals("her") && "anna".equals(user.login()));
        connect("her", "login secret");
        refused(18456, "'her'", () -> connect("her", "wrong"));
        refused(18456, "'her'", () -> connect("her", null));
        catalog().setLoginPassword("anna", password("new secret"));
        refused(18456, "'her'", () -> connect("her", "login secret"));
        catalog().enableLogin("anna", false);
        refused(18456, "'her'", () -> connect("her", "new secret"));
        catalog().enableLogin("anna", true);
        connect("her", "new secret");
        catalog().dropLogin("anna");
        refused(18456, "'her'", () -> connect("her", "new secret"));
    }

    private void connect(String user, String password) {
        try (LocalConnection theirs = home.parley().connect(ExpenseHome.DATABASE, user, password)) {
            assertThat(theirs.catalog().options()).isNotNull();
        }
    }

    @Test
    void connectIsGrantedToLogins() {
        catalog().define(DEFAULTS);
        catalog().createLogin("net", password("login secret"));
        Securable endpoint = Securable.endpoint("BrokerEndpoint");
        catalog().grant(Permission.CONNECT, endpoint, "net", "public");
        refused(15151, "login 'nobody'", () -> catalog().grant(Permission.CONNECT, endpoint, "nobody"));
        refused(15151, "'x'", () -> catalog().grant(Permission.CONNECT, Securable.endpoint("x"), "net"));
        refused(4606, "SEND", () -> catalog().grant(Permission.SEND, endpoint, "net"));
        refused(4606, "CONNECT", () -> catalog().grant(Permission.CONNECT, Securable.queue("ExpenseQueue"), "public"));
        restart();
        try (LocalConnection master = home.parley().connect("master")) {
            assertThat(master.catalog().permissions())
                    .containsExactly(
                            new PermissionDefinition("net", Permission.CONNECT, endpoint, true),
                            new PermissionDefinition("public", Permission.CONNECT, endpoint, true));
            catalog().dropLogin("net");
            assertThat(master.catalog().permissions()).hasSize(1);
            catalog().dropNetworkEndpoint("BrokerEndpoint");
            assertThat(master.catalog().permissions()).isEmpty();
        }
    }

    @Test
    void theServerIsItsOwners() {
        catalog().define(DEFAULTS);
        catalog().createUser("anna");
        catalog().addRoleMember("db_owner", "anna");
        try (LocalConnection anna = home.parley().connect(ExpenseHome.DATABASE, "anna", null)) {
            Catalog hers = anna.catalog();
            refused(15247, "'anna'", () -> hers.dropNetworkEndpoint("BrokerEndpoint"));
            refused(15247, "'anna'", () -> hers.createLogin("x", password("a secret")));
            refused(
                    15247,
                    "'anna'",
                    () -> hers.grant(Permission.CONNECT, Securable.endpoint("BrokerEndpoint"), "public"));
            assertThat(hers.networkEndpoint()).isEmpty();
            assertThat(hers.logins()).isEmpty();
            assertThat(rows(anna, "SELECT NAME FROM PARLEY.ENDPOINTS")).isEmpty();
        }
        try (LocalConnection master = home.parley().connect("master")) {
            master.catalog().createUser("ben");
            try (LocalConnection ben = home.parley().connect("master", "ben", null)) {
                refused(15247, "'ben'", () -> ben.catalog().dropNetworkEndpoint("BrokerEndpoint"));
                assertThat(ben.catalog().networkEndpoint()).isEmpty();
                assertThat(rows(ben, "SELECT NAME FROM PARLEY.ENDPOINTS")).isEmpty();
                master.catalog().addRoleMember("db_owner", "ben");
                assertThat(ben.catalog().networkEndpoint()).contains(DEFAULTS);
                assertThat(rows(ben, "SELECT NAME FROM PARLEY.ENDPOINTS")).containsExactly("BrokerEndpoint");
                ben.catalog().dropNetworkEndpoint("BrokerEndpoint");
            }
        }
    }

    private static List<String> rows(LocalConnection connection, String sql) {
        try (Statement statement = connection.sql().createStatement();
                ResultSet at = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (at.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= at.getMetaData().getColumnCount(); i++) {
                    values.add(at.getString(i));
                }
                rows.add(String.join("|", values));
            }
            return rows;
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void viewsShowThemWithoutPasswordsAndKeys() {
        masterHasCertificate("c");
        catalog()
                .define(endpoint(
                        "e", 4022, "10.0.0.1", List.of(Authentication.CERTIFICATE, Authentication.KERBEROS), "c", 20));
        catalog().createLogin("anna", password("login secret"));
        catalog().createLoginFromCertificate("far", "c");
        catalog().enableLogin("far", false);
        assertThat(rows(
                        dbo,
                        "SELECT NAME, PRINCIPAL_ID, PROTOCOL, PROTOCOL_DESC, TYPE, TYPE_DESC, STATE, STATE_DESC,"
                                + " IS_ADMIN_ENDPOINT, IS_MESSAGE_FORWARDING_ENABLED, MESSAGE_FORWARDING_SIZE,"
                                + " CONNECTION_AUTH, CONNECTION_AUTH_DESC, ENCRYPTION_ALGORITHM,"
                                + " ENCRYPTION_ALGORITHM_DESC FROM PARLEY.SERVICE_BROKER_ENDPOINTS"))
                .containsExactly(
                        "e|1|2|TCP|3|SERVICE_BROKER|0|STARTED|0|1|20|9|CERTIFICATE, KERBEROS|8|NONE, AES, RC4");
        assertThat(rows(dbo, "SELECT PORT, IS_DYNAMIC_PORT, IP_ADDRESS FROM PARLEY.TCP_ENDPOINTS"))
                .containsExactly("4022|0|10.0.0.1");
        assertThat(rows(dbo, "SELECT NAME, TYPE_DESC, IS_DISABLED FROM PARLEY.SERVER_PRINCIPALS ORDER BY NAME"))
                .containsExactly("anna|SQL_LOGIN|0", "far|CERTIFICATE_MAPPED_LOGIN|1");
        assertThat(rows(dbo, "SELECT NAME FROM PARLEY.SQL_LOGINS")).containsExactly("anna");
        assertThat(rows(dbo, "SELECT NAME FROM PARLEY.CERTIFICATES")).isEmpty();
        assertThat(rows(dbo, "SELECT NAME FROM PARLEY.SYMMETRIC_KEYS")).isEmpty();
        try (LocalConnection master = home.parley().connect("master")) {
            assertThat(rows(
                            master,
                            "SELECT C.NAME, PVT_KEY_ENCRYPTION_TYPE_DESC, SUBJECT, KEY_LENGTH, E.NAME"
                                    + " FROM PARLEY.CERTIFICATES C JOIN PARLEY.SERVICE_BROKER_ENDPOINTS E"
                                    + " ON C.CERTIFICATE_ID = E.CERTIFICATE_ID"))
                    .containsExactly("c|ENCRYPTED_BY_MASTER_KEY|CN=c|2048|e");
            assertThat(rows(master, "SELECT NAME, SYMMETRIC_KEY_ID FROM PARLEY.SYMMETRIC_KEYS"))
                    .containsExactly("##MS_DatabaseMasterKey##|101");
        }
    }
}
