package org.parley.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parley.Catalog;
import org.parley.Dialog;
import org.parley.EventNotificationDefinition;
import org.parley.EventNotificationDefinition.Event;
import org.parley.LocalConnection;
import org.parley.Permission;
import org.parley.QueueDefinition;
import org.parley.Securable;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Failing;

/** How event notifications are defined; service-broker.md, section 14. */
class EventNotificationsTest {

    private static final String READ = "CREATE EVENT NOTIFICATION n ON QUEUE q FOR QUEUE_ACTIVATION"
            + " TO SERVICE '//starter', 'current database'";

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private Catalog catalog;

    @BeforeEach
    void connect() {
        catalog = home.connect().catalog();
        catalog.define("CREATE QUEUE q; CREATE QUEUE r");
    }

    @Test
    void aScriptDefinesWhatARecordDefinesAndARestartKeepsIt() {
        UUID broker = UUID.randomUUID();
        catalog.define(READ);
        catalog.define("CREATE EVENT NOTIFICATION n ON QUEUE [dbo].[r] WITH FAN_IN FOR BROKER_QUEUE_DISABLED,"
                + " QUEUE_ACTIVATION TO SERVICE '//other', '"
                + broker.toString().toUpperCase() + "'");
        catalog.define("CREATE EVENT NOTIFICATION n ON DATABASE FOR BROKER_QUEUE_DISABLED"
                + " TO SERVICE '//starter', 'Current Database'");
        EventNotificationDefinition read =
                EventNotificationDefinition.of("n", "q", Event.QUEUE_ACTIVATION, "//starter");
        EventNotificationDefinition both =
                new EventNotificationDefinition("n", "r", Set.of(Event.values()), "//other", broker.toString(), true);
        EventNotificationDefinition all =
                EventNotificationDefinition.of("n", null, Event.BROKER_QUEUE_DISABLED, "//starter");

        assertThat(catalog.eventNotifications()).containsExactly(all, read, both);
        home.restart();
        try (LocalConnection again = home.connect()) {
            assertThat(again.catalog().eventNotifications()).containsExactly(all, read, both);
        }
    }

    @Test
    void aRepeatedOneMustAgree() {
        catalog.define(READ);
        catalog.define(READ);
        catalog.define(EventNotificationDefinition.of("n", "dbo.q", Event.QUEUE_ACTIVATION, "//starter"));
        assertThat(catalog.eventNotifications()).hasSize(1);
        refused(2714, READ.replace("//starter", "//another"));
    }

    @Test
    void aNameIsFreeOnEachQueue() {
        catalog.define(READ);
        catalog.define(READ.replace("QUEUE q", "QUEUE r"));
        catalog.define("DROP EVENT NOTIFICATION n ON QUEUE q");
        assertThat(catalog.eventNotifications())
                .containsExactly(EventNotificationDefinition.of("n", "r", Event.QUEUE_ACTIVATION, "//starter"));
        refused(15151, "DROP EVENT NOTIFICATION n ON QUEUE q");
    }

    @Test
    void aDroppedQueueTakesItsNotificationsAlong() {
        catalog.define(READ);
        catalog.dropQueue("q");
        assertThat(catalog.eventNotifications()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            208  | CREATE EVENT NOTIFICATION n ON QUEUE none FOR QUEUE_ACTIVATION TO SERVICE 's', 'current database'
            102  | CREATE EVENT NOTIFICATION n ON QUEUE q FOR QUEUE_ACTIVATION TO SERVICE 's'
            1084 | CREATE EVENT NOTIFICATION n ON QUEUE q FOR CREATE_TABLE TO SERVICE 's', 'current database'
            40517| CREATE EVENT NOTIFICATION n ON SERVER FOR BROKER_QUEUE_DISABLED TO SERVICE 's', 'current database'
            102  | CREATE EVENT NOTIFICATION n ON DATABASE FOR QUEUE_ACTIVATION TO SERVICE 's', 'current database'
            8412 | CREATE EVENT NOTIFICATION n ON QUEUE q FOR QUEUE_ACTIVATION TO SERVICE 's', 'this one'
            8412 | CREATE EVENT NOTIFICATION n ON QUEUE q FOR QUEUE_ACTIVATION TO SERVICE '', 'current database'
            """)
    void whatIsWrongIsRefusedByItsNumber(int number, String script) {
        refused(number, script);
        assertThat(catalog.eventNotifications()).isEmpty();
    }

    @Test
    void aProcedureAndAQueueActivationNotificationExcludeEachOther() {
        catalog.define(READ);
        refused(9717, "ALTER QUEUE q WITH ACTIVATION (STATUS = ON, PROCEDURE_NAME = p, MAX_QUEUE_READERS = 1)");
        catalog.define("ALTER QUEUE q WITH ACTIVATION (STATUS = OFF, PROCEDURE_NAME = p, MAX_QUEUE_READERS = 1)");
        catalog.define("CREATE QUEUE p WITH ACTIVATION (PROCEDURE_NAME = p, MAX_QUEUE_READERS = 1)");
        refused(9718, READ.replace("QUEUE q", "QUEUE p"));
        // told of its being turned off is another matter
        catalog.define(READ.replace("QUEUE q", "QUEUE p").replace("QUEUE_ACTIVATION", "BROKER_QUEUE_DISABLED"));
    }

    @Test
    void aMaximumForBeansExcludesNothing() {
        catalog.define("ALTER QUEUE q WITH ACTIVATION (STATUS = ON, MAX_QUEUE_READERS = 3)");
        catalog.define(READ);
        assertThat(catalog.eventNotifications()).hasSize(1);
    }

    @Test
    void alterOnTheQueueIsNeededAndForTheDatabaseTheRightToDefine() {
        catalog.define("CREATE USER anna WITH PASSWORD = 'secret'");
        String onDatabase = READ.replace("QUEUE q FOR QUEUE_ACTIVATION", "DATABASE FOR BROKER_QUEUE_DISABLED");
        try (LocalConnection anna = home.parley().connect(ExpenseHome.DATABASE, "anna", "secret")) {
            Failing.with(229, () -> anna.catalog().define(READ));
            Failing.with(
                    229,
                    () -> anna.catalog()
                            .define(EventNotificationDefinition.of("n", "q", Event.QUEUE_ACTIVATION, "//starter")));
            catalog.grant(Permission.ALTER, Securable.queue("q"), "anna");
            anna.catalog().define(READ);
            assertThat(anna.catalog().eventNotifications()).hasSize(1);
            Failing.with(262, () -> anna.catalog().define(onDatabase));
            catalog.define(onDatabase);
            assertThat(anna.catalog().eventNotifications()).hasSize(1);
            anna.catalog().dropEventNotification("n", "q");
            Failing.with(262, () -> anna.catalog().dropEventNotification("n", null));
        }
        assertThat(catalog.eventNotifications()).hasSize(1);
    }

    @Test
    void theSystemsOwnServiceAndQueueCanNotBeChanged() {
        refused(9663, "ALTER QUEUE EventNotificationErrorsQueue WITH STATUS = OFF");
        refused(9663, "DROP QUEUE EventNotificationErrorsQueue");
        refused(9663, "CREATE SERVICE [//mine] ON QUEUE EventNotificationErrorsQueue");
        refused(9663, "DROP SERVICE [http://schemas.microsoft.com/SQL/Notifications/EventNotificationService]");
        assertThat(catalog.queues()).doesNotContain(new QueueDefinition("EventNotificationErrorsQueue"));
    }

    @Test
    void theCurrentDatabaseIsNamedInAnyLetterCase() {
        catalog.define(READ.replace("current database", "CURRENT database"));
        assertThat(catalog.eventNotifications().get(0).broker()).isEqualTo(Dialog.CURRENT_DATABASE);
    }

    private void refused(int number, String script) {
        Failing.with(number, () -> catalog.define(script));
    }
}
