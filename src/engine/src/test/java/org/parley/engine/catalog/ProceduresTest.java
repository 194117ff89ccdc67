package org.parley.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Catalog;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.Permission;
import org.parley.ProcedureDefinition;
import org.parley.QueueDefinition;
import org.parley.Securable;
import org.parley.engine.Failing;

/** Procedures in the catalog. */
class ProceduresTest {

    private static final ProcedureDefinition READ =
            new ProcedureDefinition("Read", "CREATE PROCEDURE Read AS RETURN", null);

    private static final ProcedureDefinition CHANGED =
            new ProcedureDefinition("Read", "ALTER PROCEDURE Read AS PRINT N'\u00fc'", "OWNER");

    @TempDir
    Path home;

    private Parley parley;
    private LocalConnection connection;
    private Catalog catalog;

    @BeforeEach
    void open() {
        parley = Parley.open(home);
        connection = parley.connect("db");
        catalog = connection.catalog();
    }

    @AfterEach
    void close() {
        parley.close();
    }

    private Catalog as(String user) {
        return parley.connect("db", user, null).catalog();
    }

    @Test
    void isKeptAsItIs() {
        catalog.define(READ);
        catalog.define(READ);
        catalog.alter(CHANGED);
        parley.close();
        open();
        assertThat(catalog.procedures()).containsExactly(CHANGED);
        assertThat(catalog.procedure("Read")).contains(CHANGED);
        catalog.dropProcedure("dbo.Read");
        parley.close();
        open();
        assertThat(catalog.procedures()).isEmpty();
    }

    @Test
    void hasOneTextUntilItIsAltered() {
        catalog.define(READ);
        Failing.with(2714, () -> catalog.define(CHANGED));
        Failing.with(208, () -> catalog.alter(new ProcedureDefinition("Other", "x", null)));
        Failing.with(3701, () -> catalog.dropProcedure("Other"));
        Failing.with(1038, () -> catalog.define(new ProcedureDefinition("", "x", null)));
    }

    @Test
    void isMadeByDefinersAndChangedByThoseWhoMay() {
        catalog.createUser("ann");
        catalog.createUser("ddl");
        catalog.addRoleMember("db_ddladmin", "ddl");
        Failing.with(262, () -> as("ann").define(READ));
        as("ddl").define(READ);
        assertThat(catalog.owners()).isEqualTo(Map.of(Securable.procedure("Read"), "ddl"));
        Failing.with(229, () -> as("ann").alter(CHANGED));
        Failing.with(229, () -> as("ann").dropProcedure("Read"));
        assertThat(as("ann").procedures()).isEmpty();
        catalog.grant(Permission.ALTER, Securable.procedure("Read"), "ann");
        as("ann").alter(CHANGED);
        assertThat(as("ann").procedures()).containsExactly(CHANGED);
    }

    @Test
    void executeIsGrantedOnProceduresOnly() {
        catalog.createUser("ann");
        catalog.define(READ);
        catalog.define(new QueueDefinition("q"));
        catalog.grant(Permission.EXECUTE, Securable.procedure("Read"), "ann");
        assertThat(catalog.permissions())
                .singleElement()
                .satisfies(row -> assertThat(row.on()).isEqualTo(Securable.procedure("Read")));
        Failing.with(4606, () -> catalog.grant(Permission.EXECUTE, Securable.queue("q"), "ann"));
        Failing.with(4606, () -> catalog.grant(Permission.REFERENCES, Securable.procedure("Read"), "ann"));
        catalog.dropProcedure("Read");
        assertThat(catalog.permissions()).isEmpty();
    }

    @Test
    void actsAsOthersOnlyWhereThatIsAllowed() {
        catalog.createUser("ann");
        catalog.createUser("ddl");
        catalog.addRoleMember("db_ddladmin", "ddl");
        Failing.with(15247, () -> as("ddl").define(new ProcedureDefinition("p", "x", "ann")));
        Failing.with(15151, () -> catalog.define(new ProcedureDefinition("p", "x", "nobody")));
        as("ddl").define(new ProcedureDefinition("p", "x", "SELF"));
        assertThat(catalog.procedure("p"))
                .hasValueSatisfying(p -> assertThat(p.executeAs()).isEqualTo("ddl"));
    }

    @Test
    void belongsToAnotherFromTheBeginning() {
        catalog.createUser("ann");
        catalog.createUser("ddl");
        catalog.addRoleMember("db_ddladmin", "ddl");
        catalog.ownedBy("ann").define(READ);
        catalog.ownedBy("ann").define(new QueueDefinition("q"));
        assertThat(catalog.owners()).isEqualTo(Map.of(Securable.procedure("Read"), "ann", Securable.queue("q"), "ann"));
        Failing.with(15151, () -> catalog.ownedBy("nobody").define(new QueueDefinition("r")));
        Failing.with(15247, () -> as("ddl").ownedBy("ann").define(new QueueDefinition("r")));
        Failing.with(2714, () -> catalog.ownedBy("ddl").define(READ));
    }

    @Test
    void isSeenInItsView() throws SQLException {
        catalog.createUser("ann");
        catalog.define(READ);
        String query = "SELECT NAME, TYPE, SCHEMA_ID, CREATE_DATE FROM PARLEY.PROCEDURES";
        try (Statement statement = connection.sql().createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("Read");
            assertThat(row.getString(2)).isEqualTo("P ");
            assertThat(row.getInt(3)).isEqualTo(1);
            assertThat(row.getTimestamp(4)).isNotNull();
        }
        try (LocalConnection ann = parley.connect("db", "ann", null);
                Statement statement = ann.sql().createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isFalse();
        }
    }
}
