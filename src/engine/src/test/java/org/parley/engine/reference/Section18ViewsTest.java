package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.Expenses.CLIENT;
import static org.parley.engine.Expenses.CONTRACT;
import static org.parley.engine.Expenses.DESK;
import static org.parley.engine.Expenses.DESK_QUEUE;
import static org.parley.engine.Expenses.NOTE;
import static org.parley.engine.Select.rows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.ActivationDefinition;
import org.parley.BrokerPriorityDefinition;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.QueueDefinition;
import org.parley.RemoteServiceBindingDefinition;
import org.parley.RouteDefinition;
import org.parley.Securable;
import org.parley.engine.ExpenseHome;

/** What the catalog views show of definitions; service-broker.md, section 18. */
class Section18ViewsTest {

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

    @Test
    void prioritiesShowNullForAny() {
        dbo.catalog().define(new BrokerPriorityDefinition("low", null, null, null, 2));
        dbo.catalog().define(new BrokerPriorityDefinition("high", CONTRACT, CLIENT, DESK, 9));
        assertThat(rows(
                        dbo,
                        "SELECT P.NAME, C.NAME, S.NAME, REMOTE_SERVICE_NAME, PRIORITY FROM"
                                + " PARLEY.CONVERSATION_PRIORITIES P LEFT JOIN PARLEY.SERVICE_CONTRACTS C ON"
                                + " C.SERVICE_CONTRACT_ID = P.SERVICE_CONTRACT_ID LEFT JOIN PARLEY.SERVICES S ON"
                                + " S.SERVICE_ID = LOCAL_SERVICE_ID ORDER BY PRIORITY_ID"))
                .containsExactly("low|-|-|-|2", "high|" + CONTRACT + "|" + CLIENT + "|" + DESK + "|9");
    }

    @Test
    void routesShowTheirLifetimeInUtc() {
        String broker = "3c1d79b0-1f0e-4a58-9d3f-0a9d4f6ad3b1";
        Instant expires = Instant.parse("2040-05-06T07:08:09Z");
        dbo.catalog().define(new RouteDefinition("there", "//far", broker, expires, "TCP://host:4022", null));
        assertThat(rows(
                        dbo,
                        "SELECT NAME, PRINCIPAL_ID, REMOTE_SERVICE_NAME, BROKER_INSTANCE, LIFETIME, ADDRESS,"
                                + " MIRROR_ADDRESS FROM PARLEY.ROUTES ORDER BY ROUTE_ID"))
                .containsExactly(
                        "AutoCreatedLocal|1|-|-|-|LOCAL|-",
                        "there|1|//far|" + broker + "|2040-05-06 07:08:09.0|TCP://host:4022|-");
    }

    @Test
    void bindingsAreForAllContractsAndStandForTheFarPrincipal() {
        dbo.catalog().createUser("anna");
        dbo.catalog().define(new RemoteServiceBindingDefinition("b", "//far", "anna", true));
        String anna = rows(dbo, "SELECT REMOTE_PRINCIPAL_ID FROM PARLEY.REMOTE_SERVICE_BINDINGS")
                .get(0);
        assertThat(rows(
                        dbo,
                        "SELECT NAME, PRINCIPAL_ID, REMOTE_SERVICE_NAME, SERVICE_CONTRACT_ID, IS_ANONYMOUS_ON"
                                + " FROM PARLEY.REMOTE_SERVICE_BINDINGS"))
                .containsExactly("b|1|//far|0|1");
        dbo.begin(Dialog.between(CLIENT, "//far").on(CONTRACT));
        dbo.begin(Dialog.between(CLIENT, "//unknown").on(CONTRACT));
        assertThat(rows(
                        dbo,
                        "SELECT PRINCIPAL_ID, FAR_PRINCIPAL_ID FROM PARLEY.CONVERSATION_ENDPOINTS ORDER BY"
                                + " FAR_SERVICE"))
                .containsExactly("1|" + anna, "1|0");
    }

    @Test
    void ownersAreShownByTheirIds() {
        dbo.catalog().createUser("anna");
        dbo.catalog().alterAuthorization(Securable.service(CLIENT), "anna");
        dbo.catalog().alterAuthorization(Securable.contract(CONTRACT), "anna");
        dbo.catalog().alterAuthorization(Securable.messageType(NOTE), "anna");
        dbo.catalog().alterAuthorization(Securable.queue(DESK_QUEUE), "anna");
        String anna = rows(dbo, "SELECT PRINCIPAL_ID FROM PARLEY.SERVICES WHERE NAME = ?", CLIENT)
                .get(0);
        assertThat(Integer.parseInt(anna)).isGreaterThan(1);
        assertThat(rows(dbo, "SELECT PRINCIPAL_ID FROM PARLEY.SERVICES WHERE NAME = ?", DESK))
                .containsExactly("1");
        assertThat(rows(dbo, "SELECT PRINCIPAL_ID FROM PARLEY.SERVICE_CONTRACTS WHERE NAME = ?", CONTRACT))
                .containsExactly(anna);
        assertThat(rows(dbo, "SELECT PRINCIPAL_ID FROM PARLEY.SERVICE_MESSAGE_TYPES WHERE NAME = ?", NOTE))
                .containsExactly(anna);
        // null is the owner of the schema, as for every object in one
        assertThat(rows(dbo, "SELECT PRINCIPAL_ID FROM PARLEY.SERVICE_QUEUES WHERE OBJECT_ID > 65535 ORDER BY NAME"))
                .containsExactly("-", anna);
    }

    @Test
    void queuesShowTheirOptions() {
        dbo.catalog().createUser("anna");
        dbo.catalog()
                .define(new QueueDefinition("Q")
                        .withRetention(true)
                        .withPoisonHandling(false)
                        .withActivation(new ActivationDefinition(true, "dbo.work", 7, "anna")));
        String sql = "SELECT MAX_READERS, ACTIVATION_PROCEDURE, IS_ACTIVATION_ENABLED, IS_RETENTION_ENABLED,"
                + " IS_POISON_MESSAGE_HANDLING_ENABLED, IS_RECEIVE_ENABLED, IS_ENQUEUE_ENABLED FROM PARLEY.SERVICE_QUEUES"
                + " WHERE NAME = ?";
        assertThat(rows(dbo, sql, "Q")).containsExactly("7|dbo.work|1|1|0|1|1");
        assertThat(rows(dbo, sql, DESK_QUEUE)).containsExactly("0|-|0|0|1|1|1");
        assertThat(rows(dbo, "SELECT EXECUTE_AS_PRINCIPAL_ID FROM PARLEY.SERVICE_QUEUES WHERE NAME = ?", "Q"))
                .doesNotContain("-", "1");
        dbo.catalog().setQueueStatus(DESK_QUEUE, false);
        assertThat(rows(dbo, sql, DESK_QUEUE)).containsExactly("0|-|0|0|1|0|0");
    }

    @Test
    void anyIsSentByBoth() {
        assertThat(rows(
                        dbo,
                        "SELECT IS_SENT_BY_INITIATOR, IS_SENT_BY_TARGET FROM PARLEY.SERVICE_CONTRACT_MESSAGE_USAGES U"
                                + " JOIN PARLEY.SERVICE_MESSAGE_TYPES T ON T.MESSAGE_TYPE_ID = U.MESSAGE_TYPE_ID"
                                + " WHERE T.NAME = ?",
                        NOTE))
                .containsExactly("1|1");
    }

    @Test
    void databasesShowEveryOneThatIsOpen() {
        home.parley().server().ensureDatabase("other");
        dbo.catalog().setTrustworthy(true);
        dbo.catalog().setHonorBrokerPriority(true);
        try (LocalConnection other = home.parley().connect("other")) {
            other.catalog().setBrokerEnabled(false);
            List<String> expected = List.of(
                    ExpenseHome.DATABASE + "|1|" + dbo.brokerInstance() + "|1|1|1",
                    "other|2|" + other.brokerInstance() + "|0|0|0");
            for (LocalConnection each : List.of(dbo, other)) {
                assertThat(rows(
                                each,
                                "SELECT NAME, DATABASE_ID, SERVICE_BROKER_GUID, IS_BROKER_ENABLED, IS_TRUSTWORTHY_ON,"
                                        + " IS_HONOR_BROKER_PRIORITY_ON FROM PARLEY.DATABASES ORDER BY DATABASE_ID"))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void viewsOfTheNetworkHaveNoRows() {
        for (String view : List.of(
                "SERVICE_BROKER_ENDPOINTS",
                "TCP_ENDPOINTS",
                "SERVER_EVENT_NOTIFICATIONS",
                "DM_BROKER_CONNECTIONS",
                "DM_BROKER_FORWARDED_MESSAGES")) {
            assertThat(rows(dbo, "SELECT * FROM PARLEY." + view)).isEmpty();
        }
    }

    @Test
    void definersSeeRoutesAndPrioritiesAndOthersDont() {
        dbo.catalog().createUser("anna");
        dbo.catalog().define(new BrokerPriorityDefinition("low", null, null, null, 2));
        try (LocalConnection anna = home.parley().connect(ExpenseHome.DATABASE, "anna", null)) {
            for (String view : List.of("ROUTES", "CONVERSATION_PRIORITIES")) {
                String sql = "SELECT COUNT(*) FROM PARLEY." + view;
                assertThat(rows(anna, sql)).containsExactly("0");
                dbo.catalog().addRoleMember("db_ddladmin", "anna");
                assertThat(rows(anna, sql)).isEqualTo(rows(dbo, sql));
                dbo.catalog().dropRoleMember("db_ddladmin", "anna");
            }
            assertThat(rows(anna, "SELECT COUNT(*) FROM PARLEY.DATABASES")).containsExactly("1");
        }
    }

    @Test
    void endpointOfADatabaseAloneHasNoReplayGuard() {
        dbo.begin(Dialog.between(CLIENT, DESK).on(CONTRACT).lasting(Duration.ofHours(1)));
        assertThat(rows(
                        dbo,
                        "SELECT SECURITY_TIMESTAMP, FIRST_OUT_OF_ORDER_SEQUENCE, LAST_OUT_OF_ORDER_SEQUENCE"
                                + " FROM PARLEY.CONVERSATION_ENDPOINTS"))
                .containsExactly("1900-01-01 00:00:00.0|-1|-1");
    }
}
