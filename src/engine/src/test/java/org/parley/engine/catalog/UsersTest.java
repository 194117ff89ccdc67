package org.parley.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.engine.Expenses.CLIENT;
import static org.parley.engine.Expenses.CLIENT_QUEUE;
import static org.parley.engine.Expenses.CONTRACT;
import static org.parley.engine.Expenses.DESK_QUEUE;

import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Catalog;
import org.parley.LocalConnection;
import org.parley.Permission;
import org.parley.PermissionDefinition;
import org.parley.QueueDefinition;
import org.parley.Receive;
import org.parley.Securable;
import org.parley.UserDefinition;
import org.parley.engine.ExpenseHome;

/** Users, owners and permissions in the catalog, and who may change it. */
class UsersTest {

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

    private LocalConnection connect(String user) {
        return home.parley().connect(ExpenseHome.DATABASE, user, null);
    }

    private static void refused(int number, ThrowingCallable call) {
        assertThatThrownBy(call).hasFieldOrPropertyWithValue("number", number);
    }

    @Test
    void aScriptMakesThemAndTheyComeBack() {
        String script = """
                CREATE USER anna;
                CREATE USER [b] WITHOUT LOGIN;
                CREATE USER carl WITH PASSWORD = 'it''s secret';
                ALTER ROLE db_owner ADD MEMBER carl;
                GRANT RECEIVE, VIEW DEFINITION ON QUEUE::dbo.ExpenseQueue TO anna, public;
                DENY SEND ON SERVICE::[//Adventure-Works.com/Expenses] TO [b];
                GRANT REFERENCES ON CONTRACT::[//Adventure-Works.com/Expenses/ExpenseSubmission] TO anna;
                GRANT CONTROL ON MESSAGE TYPE::[//Adventure-Works.com/Expenses/Note] TO anna;
                GRANT RECEIVE ON OBJECT::ExpenseClientQueue TO anna;
                REVOKE RECEIVE ON ExpenseClientQueue FROM anna;
                CREATE QUEUE Hers AUTHORIZATION anna;
                CREATE SERVICE HerService AUTHORIZATION anna ON QUEUE Hers;
                ALTER AUTHORIZATION ON SERVICE::[//Adventure-Works.com/ExpenseClient] TO [b];
                """;
        dbo.catalog().define(script);
        dbo.catalog().define(script);
        for (int round = 0; round < 2; round++) {
            Catalog catalog = dbo.catalog();
            assertThat(catalog.users())
                    .containsExactly(
                            new UserDefinition("anna", false, Set.of()),
                            new UserDefinition("b", false, Set.of()),
                            new UserDefinition("carl", true, Set.of("db_owner")),
                            new UserDefinition("dbo", false, Set.of()));
            assertThat(catalog.owners())
                    .isEqualTo(Map.of(
                            Securable.queue("Hers"), "anna",
                            Securable.service("HerService"), "anna",
                            Securable.service(CLIENT), "b"));
            assertThat(catalog.permissions())
                    .hasSize(7)
                    .contains(
                            new PermissionDefinition("anna", Permission.RECEIVE, Securable.queue(DESK_QUEUE), true),
                            new PermissionDefinition(
                                    "public", Permission.VIEW_DEFINITION, Securable.queue(DESK_QUEUE), true),
                            new PermissionDefinition(
                                    "anna", Permission.REFERENCES, Securable.contract(CONTRACT), true));
            home.restart();
            dbo = home.connect();
        }
    }

    @Test
    void whatIsDroppedTakesItsPermissionsAlong() {
        dbo.catalog().define("CREATE USER anna; CREATE QUEUE Q AUTHORIZATION anna; GRANT RECEIVE ON Q TO public");
        dbo.catalog().dropQueue("Q");
        assertThat(dbo.catalog().permissions()).isEmpty();
        assertThat(dbo.catalog().owners()).isEmpty();
        dbo.catalog().define("GRANT RECEIVE ON ExpenseQueue TO anna; DROP USER anna");
        assertThat(dbo.catalog().permissions()).isEmpty();
        assertThat(dbo.catalog().users()).hasSize(1);
        home.restart();
        dbo = home.connect();
        assertThat(dbo.catalog().permissions()).isEmpty();
    }

    @Test
    void errorsHaveTheirNumbers() {
        Catalog catalog = dbo.catalog();
        catalog.define("CREATE USER anna; CREATE QUEUE Q AUTHORIZATION anna");
        refused(15138, () -> catalog.dropUser("anna"));
        refused(15151, () -> catalog.dropUser("nobody"));
        refused(15150, () -> catalog.dropUser("dbo"));
        refused(15023, () -> catalog.createUser("Public"));
        refused(15023, () -> catalog.createUser("anna", "x".toCharArray()));
        refused(15151, () -> catalog.grant(Permission.RECEIVE, Securable.queue("none"), "anna"));
        refused(15151, () -> catalog.grant(Permission.RECEIVE, Securable.queue(DESK_QUEUE), "nobody"));
        refused(4606, () -> catalog.grant(Permission.SEND, Securable.queue(DESK_QUEUE), "anna"));
        refused(4617, () -> catalog.grant(Permission.RECEIVE, Securable.queue("Q"), "anna"));
        refused(4617, () -> catalog.deny(Permission.RECEIVE, Securable.queue("Q"), "dbo"));
        refused(9663, () -> catalog.grant(Permission.REFERENCES, Securable.contract("DEFAULT"), "anna"));
        refused(15151, () -> catalog.addRoleMember("db_reader", "anna"));
        refused(15151, () -> catalog.define("CREATE QUEUE R AUTHORIZATION nobody"));
        refused(2714, () -> catalog.define("CREATE QUEUE ExpenseQueue AUTHORIZATION anna"));
        refused(4606, () -> catalog.define("GRANT ALL ON Q TO anna"));
        refused(40517, () -> catalog.define("GRANT RECEIVE ON ExpenseQueue TO anna WITH GRANT OPTION"));
    }

    @Test
    void whoDoesNotExistIsRefusedAtFirstUse() {
        refused(916, () -> connect("nobody"));
        try (LocalConnection anna = connectAfterCreating("anna")) {
            dbo.catalog().dropUser("anna");
            refused(916, () -> anna.receive(Receive.from(DESK_QUEUE)));
            refused(916, () -> anna.catalog());
        }
        refused(18456, () -> connect("dbo"));
    }

    private LocalConnection connectAfterCreating(String user) {
        dbo.catalog().createUser(user);
        return connect(user);
    }

    @Test
    void aPasswordMustBeRight() {
        dbo.catalog().createUser("anna", "secret".toCharArray());
        refused(18456, () -> connect("anna"));
        refused(18456, () -> home.parley().connect(ExpenseHome.DATABASE, "anna", "Secret"));
        try (LocalConnection anna = home.parley().connect(ExpenseHome.DATABASE, "anna", "secret")) {
            dbo.catalog().grant(Permission.RECEIVE, Securable.queue(DESK_QUEUE), "anna");
            assertThat(anna.receive(Receive.from(DESK_QUEUE).waiting(java.time.Duration.ZERO)))
                    .isEmpty();
            dbo.catalog().setPassword("anna", "other".toCharArray());
            refused(18456, () -> anna.receive(Receive.from(DESK_QUEUE)));
        }
    }

    @Test
    void definitionsAreMadeByFew() {
        try (LocalConnection anna = connectAfterCreating("anna")) {
            refused(262, () -> anna.catalog().define(new QueueDefinition("Q", true)));
            refused(15247, () -> anna.catalog().createUser("b"));
            refused(229, () -> anna.catalog().setQueueStatus(DESK_QUEUE, false));
            refused(229, () -> anna.catalog().dropQueue(DESK_QUEUE));
            refused(229, () -> anna.catalog().grant(Permission.RECEIVE, Securable.queue(DESK_QUEUE), "anna"));
            assertThat(anna.catalog().queues()).isEmpty();

            dbo.catalog().addRoleMember("db_ddladmin", "anna");
            anna.catalog().define("CREATE QUEUE Q; CREATE SERVICE S ON QUEUE Q; ALTER QUEUE Q WITH STATUS = OFF");
            assertThat(anna.catalog().owners()).containsEntry(Securable.service("S"), "anna");
            anna.catalog().setQueueStatus(CLIENT_QUEUE, false);
            anna.catalog().dropService("S");
            refused(15247, () -> anna.catalog().createUser("b"));
            refused(229, () -> anna.receive(Receive.from(DESK_QUEUE)));

            dbo.catalog().dropRoleMember("db_ddladmin", "anna");
            refused(262, () -> anna.catalog().define(new QueueDefinition("R", true)));
            anna.catalog().grant(Permission.RECEIVE, Securable.queue("Q"), "public");
            anna.catalog().setQueueStatus("Q", true);
            assertThat(anna.catalog().queues()).containsExactly(new QueueDefinition("Q", true));
        }
    }

    @Test
    void aDeniedScriptChangesNothing() {
        try (LocalConnection anna = connectAfterCreating("anna")) {
            dbo.catalog().grant(Permission.ALTER, Securable.queue(DESK_QUEUE), "anna");
            refused(262, () -> anna.catalog().define("ALTER QUEUE ExpenseQueue WITH STATUS = OFF; CREATE QUEUE Q"));
            assertThat(dbo.catalog().queue(DESK_QUEUE).orElseThrow().on()).isTrue();
        }
    }
}
