package org.parley.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.engine.ExpenseHome;
import org.parley.engine.security.FewerRounds;

/** The statements on what belongs to the server and on keys, run as scripts. */
@ExtendWith(FewerRounds.class)
class ServerStatementsTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    @TempDir
    Path elsewhere;

    private LocalConnection dbo;

    @BeforeEach
    void open() {
        dbo = home.connect();
    }

    @AfterEach
    void close() {
        dbo.close();
    }

    @Test
    void aServerIsMadeReadyForItsNetwork() {
        Script.run(dbo, """
                USE master;
                GO
                IF NOT EXISTS (SELECT * FROM sys.symmetric_keys WHERE symmetric_key_id = 101)
                    CREATE MASTER KEY ENCRYPTION BY PASSWORD = N'a long and secret one';
                GO
                CREATE CERTIFICATE ShopCertificate WITH SUBJECT = 'shop.example.org', EXPIRY_DATE = '12/31/2099';
                CREATE LOGIN FarBroker WITH PASSWORD = N'login secret';
                CREATE ENDPOINT BrokerEndpoint STATE = STARTED
                    AS TCP (LISTENER_PORT = 4022, LISTENER_IP = (10.0.0.1))
                    FOR SERVICE_BROKER (AUTHENTICATION = CERTIFICATE ShopCertificate WINDOWS KERBEROS,
                        ENCRYPTION = SUPPORTED ALGORITHM AES RC4, MESSAGE_FORWARDING = ENABLED,
                        MESSAGE_FORWARD_SIZE = 20);
                GRANT CONNECT ON ENDPOINT::BrokerEndpoint TO FarBroker;
                GO
                USE msdb;
                CREATE ROUTE Desk WITH SERVICE_NAME = '//Adventure-Works.com/Expenses', ADDRESS = 'LOCAL';
                GO
                USE db;
                CREATE USER far FOR LOGIN FarBroker;
                """);
        assertThat(Script.rows(
                        dbo,
                        "SELECT e.name, t.port, t.ip_address, e.connection_auth_desc, e.encryption_algorithm_desc,"
                                + " e.message_forwarding_size FROM sys.service_broker_endpoints AS e"
                                + " JOIN sys.tcp_endpoints AS t ON t.endpoint_id = e.endpoint_id"))
                .containsExactly("BrokerEndpoint|4022|10.0.0.1|CERTIFICATE, KERBEROS|NONE, AES, RC4|20");
        assertThat(Script.rows(dbo, "USE master; SELECT name, key_length FROM sys.certificates"))
                .containsExactly("ShopCertificate|2048");
        assertThat(Script.error(dbo, "DROP CERTIFICATE ShopCertificate"))
                .startsWith("15352 ")
                .contains("'ShopCertificate'", "'BrokerEndpoint'");
        assertThat(Script.error(dbo, "ALTER ENDPOINT BrokerEndpoint AUTHORIZATION FarBroker STATE = STARTED"))
                .startsWith("40517 ");
        Script.run(dbo, """
                ALTER AUTHORIZATION ON ENDPOINT::BrokerEndpoint TO FarBroker;
                ALTER ENDPOINT BrokerEndpoint STATE = DISABLED FOR SERVICE_BROKER (ENCRYPTION = DISABLED);
                ALTER LOGIN FarBroker DISABLE;
                """);
        assertThat(Script.rows(
                        dbo,
                        "SELECT state_desc, encryption_algorithm, connection_auth FROM sys.service_broker_endpoints"))
                .containsExactly("DISABLED|0|9");
        assertThat(Script.rows(
                        dbo,
                        "SELECT p.name FROM sys.endpoints AS e JOIN sys.server_principals AS p"
                                + " ON p.principal_id = e.principal_id"))
                .containsExactly("FarBroker");
        assertThat(Script.rows(dbo, "SELECT name, is_disabled FROM sys.server_principals"))
                .containsExactly("FarBroker|1");
    }

    @Test
    void endpointsAreNotDefinedInsideATransaction() {
        String create = "CREATE ENDPOINT e AS TCP (LISTENER_PORT = 4022) FOR SERVICE_BROKER ();";
        assertThat(Script.error(dbo, "BEGIN TRANSACTION; " + create))
                .isEqualTo(
                        "574 CREATE ENDPOINT is not allowed inside a transaction: it takes effect at once, for the whole"
                                + " server. End the transaction first.");
        Script.run(dbo, "ROLLBACK;" + create);
        assertThat(Script.error(dbo, "BEGIN TRANSACTION; ALTER ENDPOINT e STATE = STARTED"))
                .startsWith("574 ALTER ENDPOINT");
        assertThat(Script.error(dbo, "DROP ENDPOINT e")).startsWith("574 DROP ENDPOINT");
        Script.run(dbo, "ROLLBACK; DROP ENDPOINT e;");
    }

    @Test
    void aMasterKeyIsOpenInItsSessionAndDatabase() {
        Script.run(dbo, """
                CREATE MASTER KEY ENCRYPTION BY PASSWORD = N'a secret';
                ALTER MASTER KEY DROP ENCRYPTION BY SERVICE MASTER KEY;
                """);
        String create = "CREATE CERTIFICATE c WITH SUBJECT = 'c';";
        assertThat(Script.error(dbo, create)).startsWith("15581 ");
        assertThat(Script.error(dbo, "OPEN MASTER KEY DECRYPTION BY PASSWORD = N'no secret'"))
                .startsWith("15313 ")
                .doesNotContain("secret'");
        Script.run(dbo, "OPEN MASTER KEY DECRYPTION BY PASSWORD = N'a secret'");
        assertThat(Script.error(
                        dbo,
                        "USE msdb; CREATE MASTER KEY ENCRYPTION BY PASSWORD = N'other secret';"
                                + " ALTER MASTER KEY DROP ENCRYPTION BY SERVICE MASTER KEY; " + create))
                .startsWith("15581 ");
        Script.run(dbo, "USE db; " + create + " CLOSE MASTER KEY;");
        assertThat(Script.error(dbo, "CLOSE MASTER KEY")).startsWith("15315 ");
        assertThat(Script.error(dbo, "DROP MASTER KEY")).startsWith("15580 ").contains("'c'");
    }

    @Test
    void masterAndMsdbStay() {
        for (String database : new String[] {"master", "msdb", "Master", "tempdb", "model"}) {
            assertThat(Script.error(dbo, "DROP DATABASE " + database)).startsWith("3708 ");
            assertThat(Script.error(dbo, "CREATE DATABASE " + database)).startsWith("1801 ");
        }
        assertThat(Script.error(dbo, "USE tempdb")).startsWith("911 ");
        assertThat(Script.error(dbo, "ALTER DATABASE master SET ENABLE_BROKER"))
                .isEqualTo(
                        "5058 Option ENABLE_BROKER can't be set in database 'master': it doesn't deliver messages, for"
                                + " ever.");
        assertThat(Script.error(dbo, "ALTER DATABASE master SET NEW_BROKER")).startsWith("5058 Option NEW_BROKER");
        assertThat(Script.rows(
                        dbo,
                        "USE msdb; SELECT name, is_broker_enabled, is_trustworthy_on FROM sys.databases"
                                + " WHERE name IN ('master', 'msdb') ORDER BY name"))
                .containsExactly("master|0|0", "msdb|1|1");
    }

    @Test
    void aDatabaseIsMadeAsTheBrokerThatOthersKnow() {
        String broker = "a326e034-d4cf-4e8b-8d98-4d7e1926c904";
        Script.run(dbo, "CREATE DATABASE Desk WITH BROKER_INSTANCE = '" + broker + "', TRUSTWORTHY ON");
        assertThat(Script.rows(
                        dbo,
                        "SELECT service_broker_guid, is_broker_enabled, is_trustworthy_on FROM sys.databases"
                                + " WHERE name = 'Desk'"))
                .singleElement()
                .asString()
                .isEqualToIgnoringCase(broker + "|1|1");
        assertThat(Script.error(dbo, "CREATE DATABASE Twin WITH BROKER_INSTANCE = '" + broker + "'"))
                .startsWith("9772 ")
                .contains("'Twin'", "'Desk'", broker);
        assertThat(Script.error(dbo, "CREATE DATABASE Twin WITH BROKER_INSTANCE = 'Desk'"))
                .startsWith("8169 ");
        assertThat(Script.rows(dbo, "SELECT name FROM sys.databases WHERE name = 'Twin'"))
                .isEmpty();
    }

    @Test
    void whatHasComeIntoTheHomeIsAttached() throws Exception {
        assertThat(Script.error(dbo, "CREATE DATABASE Lost FOR ATTACH"))
                .startsWith("5120 ")
                .contains("'Lost'");
        try (Parley other = Parley.open(elsewhere)) {
            other.connect("Guest").execute("CREATE QUEUE Luggage");
        }
        Files.move(elsewhere.resolve("Guest"), home.home().resolve("Guest"));
        Script.run(dbo, "CREATE DATABASE Guest FOR ATTACH");
        assertThat(Script.rows(dbo, "SELECT is_broker_enabled FROM sys.databases WHERE name = 'Guest'"))
                .containsExactly("0");
        Script.run(dbo, "ALTER DATABASE Guest SET ENABLE_BROKER; USE Guest");
        assertThat(Script.rows(dbo, "SELECT name FROM sys.service_queues WHERE name = 'Luggage'"))
                .containsExactly("Luggage");
        assertThat(Script.error(dbo, "CREATE DATABASE Guest FOR ATTACH")).startsWith("1801 ");
    }
}
