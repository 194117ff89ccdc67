package org.parley.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.Catalog;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Permission;
import org.parley.PermissionDefinition;
import org.parley.ProcedureDefinition;
import org.parley.Securable;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Failing;

/** {@code Catalog.define}: every definition statement of the language, as one transaction that can be repeated. */
class DefineTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private LocalConnection dbo;
    private Catalog catalog;

    @BeforeEach
    void connect() {
        dbo = home.connect();
        catalog = dbo.catalog();
    }

    private static String refused(int number, Catalog by, String script) {
        return Failing.with(number, () -> by.define(script)).getMessage();
    }

    @Test
    void takesProceduresUsersAndPermissionsAgainAndAgain() {
        String script = """
                CREATE USER anna;
                CREATE QUEUE Inbox;
                GO
                CREATE PROCEDURE Read_Inbox AS
                    PRINT 'nothing yet'
                GO
                GRANT EXECUTE ON OBJECT::Read_Inbox TO anna;
                ALTER QUEUE Inbox WITH ACTIVATION (PROCEDURE_NAME = Read_Inbox, MAX_QUEUE_READERS = 1, EXECUTE AS OWNER);
                """;
        catalog.define(script);
        catalog.define(script);
        assertThat(catalog.procedures())
                .containsExactly(new ProcedureDefinition(
                        "Read_Inbox", "CREATE PROCEDURE Read_Inbox AS\n    PRINT 'nothing yet'", null));
        assertThat(catalog.permissions())
                .contains(
                        new PermissionDefinition("anna", Permission.EXECUTE, Securable.procedure("Read_Inbox"), true));
        assertThat(catalog.queue("Inbox").orElseThrow().activation().procedure())
                .isEqualTo("Read_Inbox");
        assertThat(refused(2714, catalog, "CREATE PROCEDURE Read_Inbox AS PRINT 'other'"))
                .startsWith("1:1: ");
        catalog.define("CREATE OR ALTER PROCEDURE Read_Inbox AS PRINT 'other'");
        catalog.define("DROP QUEUE IF EXISTS None; DROP QUEUE IF EXISTS Inbox; DROP PROCEDURE Read_Inbox");
        assertThat(catalog.procedures()).isEmpty();
    }

    @Test
    void aStatementSeesThoseBeforeIt() {
        catalog.define("""
                CREATE CONTRACT c ([DEFAULT] SENT BY ANY);
                CREATE QUEUE q;
                CREATE SERVICE s ON QUEUE q;
                ALTER SERVICE s (ADD CONTRACT c);
                CREATE BROKER PRIORITY p FOR CONVERSATION SET (CONTRACT_NAME = c);
                ALTER BROKER PRIORITY p FOR CONVERSATION SET (PRIORITY_LEVEL = 7);
                """);
        assertThat(catalog.brokerPriorities())
                .singleElement()
                .matches(priority -> "c".equals(priority.contract()) && priority.level() == 7);
    }

    @Test
    void whoMakesSomethingMayDoEverythingWithItAtOnce() {
        catalog.define("CREATE USER anna; CREATE USER ben; ALTER ROLE db_ddladmin ADD MEMBER anna");
        try (LocalConnection anna = home.parley().connect(ExpenseHome.DATABASE, "anna", null)) {
            anna.catalog().define("CREATE QUEUE Hers; GRANT RECEIVE ON Hers TO ben");
            refused(229, anna.catalog(), "GRANT RECEIVE ON ExpenseQueue TO ben");
        }
        assertThat(catalog.permissions())
                .contains(new PermissionDefinition("ben", Permission.RECEIVE, Securable.queue("Hers"), true));
    }

    @Test
    void keepsNothingWhenOneStatementFails() {
        assertThat(refused(208, catalog, "CREATE QUEUE q\nGO\n\n  CREATE SERVICE s ON QUEUE none"))
                .startsWith("4:3: ");
        assertThat(refused(102, catalog, "CREATE QUEUE q\nGO\nCREATE QUEUE r WITH STATUS = 1"))
                .startsWith("3:30: found ");
        assertThat(refused(137, catalog, "CREATE QUEUE q;\nCREATE XML SCHEMA COLLECTION c AS @schemas"))
                .startsWith("2:");
        assertThat(catalog.queue("q")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT 1                                                         | 1:1
            IF 1 = 1 CREATE QUEUE q                                          | 1:1
            CREATE QUEUE q; USE master                                       | 1:17
            CREATE QUEUE q; CREATE TABLE t (a int)                           | 1:17
            CREATE QUEUE q; CREATE DATABASE other                            | 1:17
            CREATE QUEUE q; DROP DATABASE IF EXISTS other                    | 1:17
            CREATE QUEUE q; ALTER DATABASE other SET ENABLE_BROKER           | 1:17
            """)
    void refusesWhatIsNoDefinitionAndSaysWhatRunsIt(String script, String place) {
        assertThat(refused(ErrorNumbers.NO_DEFINITION, catalog, script))
                .startsWith(place + ": ")
                .contains("BrokerConnection.execute");
        assertThat(catalog.queue("q")).isEmpty();
    }

    @Test
    void whatNoTransactionOfTheDatabaseHoldsStandsAlone() {
        String newBroker = "ALTER DATABASE db SET NEW_BROKER WITH ROLLBACK IMMEDIATE";
        String login = "CREATE LOGIN anna WITH PASSWORD = 'a secret'";
        for (String alone : new String[] {newBroker, login}) {
            refused(226, catalog, "CREATE QUEUE q; " + alone);
            refused(226, catalog, alone + "; CREATE QUEUE q");
        }
        assertThat(catalog.logins()).isEmpty();
        catalog.define(login);
        catalog.define(login);
        assertThat(catalog.logins()).hasSize(1);
        try (LocalConnection master = home.parley().connect("master")) {
            master.catalog()
                    .define("CREATE LOGIN ben WITH PASSWORD = 'a secret'; CREATE LOGIN carl WITH PASSWORD = 'x'");
            refused(
                    15025,
                    master.catalog(),
                    "CREATE LOGIN dora WITH PASSWORD = 'x'; CREATE LOGIN ben WITH PASSWORD = 'y'");
        }
        assertThat(catalog.logins()).hasSize(3);
        assertThat(catalog.queue("q")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ;;\n", "-- nothing\nGO\n/* nothing */\nGO 3\n"})
    void nothingIsDefinedByNothing(String script) {
        catalog.define(script);
        assertThat(catalog.queue("q")).isEmpty();
    }
}
