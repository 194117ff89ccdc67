package org.parley.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parley.ActivationDefinition;
import org.parley.BrokerException;
import org.parley.BrokerPriorityDefinition;
import org.parley.Catalog;
import org.parley.DatabaseOptions;
import org.parley.LocalConnection;
import org.parley.QueueDefinition;
import org.parley.QueueDefinition.PoisonAction;
import org.parley.RemoteServiceBindingDefinition;
import org.parley.RouteDefinition;
import org.parley.ServiceDefinition;
import org.parley.engine.ExpenseHome;

/** Options of queues and databases, routes, bindings and priorities: their rules and numbers, on a real database. */
class OptionsTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private Catalog catalog;

    @BeforeEach
    void connect() {
        catalog = home.connect().catalog();
        catalog.define("CREATE MESSAGE TYPE m CREATE CONTRACT c (m SENT BY ANY) CREATE CONTRACT c2 (m SENT BY ANY)"
                + " CREATE QUEUE q CREATE SERVICE s ON QUEUE q (c)");
    }

    @Test
    void optionsOfAQueueAreAlteredOneByOne() {
        QueueDefinition usual = new QueueDefinition("q");
        assertThat(catalog.queue("q")).contains(usual);
        catalog.define("ALTER QUEUE q WITH RETENTION = ON, POISON_MESSAGE_HANDLING (ACTION = SUSPEND_GROUP)");
        QueueDefinition retaining = usual.withRetention(true).withPoisonAction(PoisonAction.SUSPEND_GROUP);
        assertThat(catalog.queue("q")).contains(retaining);
        catalog.define("ALTER QUEUE q WITH REDELIVERY_DELAY = 1500, ACTIVATION (MAX_QUEUE_READERS = 32767)");
        catalog.define("ALTER QUEUE q WITH ACTIVATION (STATUS = ON, PROCEDURE_NAME = p, EXECUTE AS SELF)");
        assertThat(catalog.queue("q"))
                .contains(retaining
                        .withRedeliveryDelay(Duration.ofMillis(1500))
                        .withActivation(new ActivationDefinition(true, "p", 32_767, "dbo")));
        catalog.define("ALTER QUEUE q WITH ACTIVATION (DROP)");
        catalog.alter(usual.withPoisonHandling(false));
        assertThat(catalog.queue("q")).contains(usual.withPoisonHandling(false));
        home.restart();
        try (LocalConnection again = home.connect()) {
            assertThat(again.catalog().queue("q")).contains(usual.withPoisonHandling(false));
        }
    }

    @Test
    void aRepeatedQueueMustAgreeInWhatItSays() {
        catalog.define("CREATE QUEUE r WITH RETENTION = ON");
        catalog.define("CREATE QUEUE r WITH STATUS = OFF, RETENTION = ON");
        catalog.define(new QueueDefinition("r"));
        assertThat(catalog.queue("r")).contains(new QueueDefinition("r").withRetention(true));
        refused(2714, "CREATE QUEUE r WITH RETENTION = OFF");
        refused(187, "CREATE QUEUE n WITH ACTIVATION (MAX_QUEUE_READERS = 32768)");
        refused(187, "ALTER QUEUE q WITH ACTIVATION (MAX_QUEUE_READERS = 99999999999999999999)");
        refused(102, "ALTER QUEUE q WITH REDELIVERY_DELAY = 2147483648");
    }

    @Test
    void optionsOfTheDatabaseAreStored() {
        assertThat(catalog.options()).isEqualTo(DatabaseOptions.DEFAULT);
        catalog.define("ALTER DATABASE CURRENT SET DISABLE_BROKER WITH ROLLBACK IMMEDIATE;"
                + " ALTER DATABASE CURRENT SET TRUSTWORTHY ON; ALTER DATABASE CURRENT SET HONOR_BROKER_PRIORITY ON");
        assertThat(catalog.options()).isEqualTo(new DatabaseOptions(false, true, true, false));
        catalog.setBrokerEnabled(true);
        catalog.setTrustworthy(false);
        catalog.setHonorBrokerPriority(false);
        assertThat(catalog.options()).isEqualTo(DatabaseOptions.DEFAULT);
    }

    @Test
    void aMasterKeyIsKnownByItsPasswordOnly() {
        refused(15151, "DROP MASTER KEY");
        String create = "CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'it''s secret'";
        catalog.define(create);
        catalog.define(create);
        assertThat(catalog.options().masterKey()).isTrue();
        refused(15578, "CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'its secret'");
        catalog.define("DROP MASTER KEY");
        assertThat(catalog.options().masterKey()).isFalse();
    }

    @Test
    void aDatabaseIsMadeWithOneRoute() {
        assertThat(catalog.routes()).containsExactly(new RouteDefinition("AutoCreatedLocal", null, "LOCAL"));
        catalog.dropRoute("AutoCreatedLocal");
        assertThat(catalog.routes()).isEmpty();
    }

    @Test
    void routesExpireAtATimeOfTheClock() {
        String guid = "6B6FA7E8-0E1C-4BD7-9D9C-6D7A4A4B1C11";
        String route = "CREATE ROUTE r WITH SERVICE_NAME = '//far', BROKER_INSTANCE = '" + guid
                + "', LIFETIME = 60, ADDRESS = 'tcp://host.example:4022'";
        catalog.define(route);
        RouteDefinition made = new RouteDefinition(
                "r",
                "//far",
                guid.toLowerCase(java.util.Locale.ROOT),
                home.clock().instant().plusSeconds(60),
                "tcp://host.example:4022",
                null);
        assertThat(catalog.routes()).contains(made);
        home.clock().advance(Duration.ofSeconds(10));
        catalog.define(route);
        assertThat(catalog.routes()).contains(made);
        catalog.define("ALTER ROUTE r WITH ADDRESS = 'LOCAL', LIFETIME = 60");
        assertThat(catalog.routes())
                .contains(new RouteDefinition(
                        "r", "//far", made.brokerInstance(), made.expires().plusSeconds(10), "LOCAL", null));
        refused(2714, route);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9659 | SERVICE_NAME = '', ADDRESS = 'LOCAL'",
                "9659 | ADDRESS = ''",
                "9662 | BROKER_INSTANCE = '6b6fa7e8-0e1c-4bd7-9d9c-6d7a4a4b1c11', ADDRESS = 'LOCAL'",
                "9661 | SERVICE_NAME = 's', ADDRESS = 'TCP://a:1', MIRROR_ADDRESS = 'TCP://b:1'",
                "9743 | SERVICE_NAME = 's', BROKER_INSTANCE = '6b6fa7e8-0e1c-4bd7-9d9c-6d7a4a4b1c11',"
                        + " ADDRESS = 'TCP://a:1', MIRROR_ADDRESS = 'LOCAL'",
                "9747 | SERVICE_NAME = 's', BROKER_INSTANCE = '6b6fa7e8-0e1c-4bd7-9d9c-6d7a4a4b1c11',"
                        + " ADDRESS = 'TCP://a:1', MIRROR_ADDRESS = 'tcp://A:1'",
                "9744 | ADDRESS = 'http://a:1'",
                "9744 | ADDRESS = 'TCP://a'",
                "9744 | ADDRESS = 'TCP://a:65536'",
                "9745 | SERVICE_NAME = 's', ADDRESS = 'transport'",
                "9746 | LIFETIME = 0, ADDRESS = 'LOCAL'",
                "9746 | LIFETIME = 2147483648, ADDRESS = 'LOCAL'",
                "1093 | SERVICE_NAME = 's', BROKER_INSTANCE = 'x', ADDRESS = 'LOCAL'"
            })
    void routesThatLeadNowhereAreRefused(int number, String parts) {
        refused(number, "CREATE ROUTE r WITH " + parts.replaceAll("^\"|\"$", ""));
    }

    @Test
    void eachServiceHasOneBinding() {
        catalog.define("CREATE USER ann; CREATE USER bob");
        catalog.define("CREATE REMOTE SERVICE BINDING b TO SERVICE '//far' WITH USER = ann, ANONYMOUS = ON");
        refused(9619, "CREATE REMOTE SERVICE BINDING b2 TO SERVICE '//far' WITH USER = ann");
        refused(2714, "CREATE REMOTE SERVICE BINDING b TO SERVICE '//far' WITH USER = bob");
        catalog.define("ALTER REMOTE SERVICE BINDING b WITH USER = bob");
        assertThat(catalog.remoteServiceBindings())
                .containsExactly(new RemoteServiceBindingDefinition("b", "//far", "bob", true));
        refused(3729, "DROP USER bob");
        catalog.define("DROP REMOTE SERVICE BINDING b; DROP USER bob");
        refused(15151, "DROP REMOTE SERVICE BINDING b");
    }

    @Test
    void aBindingNamesAUser() {
        refused(9611, "CREATE REMOTE SERVICE BINDING b TO SERVICE '//far' WITH USER = nobody");
        refused(28083, "CREATE REMOTE SERVICE BINDING b TO SERVICE '//far' WITH USER = db_owner");
        catalog.define("CREATE USER ann CREATE REMOTE SERVICE BINDING b TO SERVICE '//far' WITH USER = ann");
        refused(9611, "ALTER REMOTE SERVICE BINDING b WITH USER = nobody");
    }

    @Test
    void prioritiesAreAlteredPartByPart() {
        catalog.define("CREATE BROKER PRIORITY p FOR CONVERSATION");
        assertThat(catalog.brokerPriorities()).containsExactly(new BrokerPriorityDefinition("p", null, null, null, 5));
        catalog.define("ALTER BROKER PRIORITY p FOR CONVERSATION SET (CONTRACT_NAME = c, REMOTE_SERVICE_NAME = 'r')");
        catalog.define("ALTER BROKER PRIORITY p FOR CONVERSATION SET (LOCAL_SERVICE_NAME = s, PRIORITY_LEVEL = 10)");
        assertThat(catalog.brokerPriorities()).containsExactly(new BrokerPriorityDefinition("p", "c", "s", "r", 10));
        catalog.define("ALTER BROKER PRIORITY p FOR CONVERSATION SET (CONTRACT_NAME = ANY, PRIORITY_LEVEL = DEFAULT)");
        assertThat(catalog.brokerPriorities()).containsExactly(new BrokerPriorityDefinition("p", null, "s", "r", 5));
        refused(3729, "DROP SERVICE s");
        refused(33303, "CREATE BROKER PRIORITY p FOR CONVERSATION");
        refused(
                33303,
                "CREATE BROKER PRIORITY p2 FOR CONVERSATION SET (LOCAL_SERVICE_NAME = s, REMOTE_SERVICE_NAME = 'r')");
        refused(33302, "CREATE BROKER PRIORITY p2 FOR CONVERSATION SET (PRIORITY_LEVEL = 11)");
        refused(33302, "CREATE BROKER PRIORITY p2 FOR CONVERSATION SET (PRIORITY_LEVEL = 0)");
        refused(
                33301,
                "CREATE BROKER PRIORITY p2 FOR CONVERSATION SET (REMOTE_SERVICE_NAME = '" + "r".repeat(257) + "')");
        refused(8425, "CREATE BROKER PRIORITY p2 FOR CONVERSATION SET (CONTRACT_NAME = none)");
        refused(8423, "CREATE BROKER PRIORITY p2 FOR CONVERSATION SET (LOCAL_SERVICE_NAME = none)");
        refused(15151, "DROP BROKER PRIORITY p2");
        catalog.define("DROP BROKER PRIORITY p DROP SERVICE s");
    }

    @Test
    void servicesLearnAndForgetContracts() {
        refused(8493, "ALTER SERVICE s");
        refused(8493, "ALTER SERVICE s ON QUEUE q");
        refused(8404, "ALTER SERVICE s (ADD CONTRACT c)");
        refused(8425, "ALTER SERVICE s (DROP CONTRACT c2)");
        refused(8425, "ALTER SERVICE s (ADD CONTRACT none)");
        catalog.define("ALTER SERVICE s (DROP CONTRACT c, ADD CONTRACT c2)");
        assertThat(catalog.services()).contains(new ServiceDefinition("s", "q", java.util.Set.of("c2")));
        catalog.define("ALTER MESSAGE TYPE m VALIDATION = EMPTY");
        refused(2714, "CREATE MESSAGE TYPE m");
    }

    private void refused(int number, String script) {
        assertThatExceptionOfType(BrokerException.class)
                .isThrownBy(() -> catalog.define(script))
                .as(script)
                .extracting(BrokerException::number)
                .isEqualTo(number);
    }
}
