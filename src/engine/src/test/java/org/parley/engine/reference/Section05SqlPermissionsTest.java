package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.engine.Expenses.CLIENT;
import static org.parley.engine.Expenses.CLIENT_QUEUE;
import static org.parley.engine.Expenses.CONTRACT;
import static org.parley.engine.Expenses.DESK;
import static org.parley.engine.Expenses.DESK_QUEUE;
import static org.parley.engine.Expenses.NOTE;
import static org.parley.engine.Expenses.submit;
import static org.parley.engine.Select.rows;
import static org.parley.testkit.Eventually.eventually;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Permission;
import org.parley.Securable;
import org.parley.engine.ExpenseHome;

/** What a named user reads with SQL; service-broker.md, sections 5.3, 5.9 and 18. */
class Section05SqlPermissionsTest {

    private static final String DESK_ROWS = "SELECT MESSAGE_TYPE_NAME FROM " + DESK_QUEUE;

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    @TempDir
    Path files;

    private LocalConnection dbo;
    private LocalConnection anna;

    @BeforeEach
    void users() throws Exception {
        dbo = home.connect();
        dbo.catalog().createUser("anna", "secret".toCharArray());
        anna = home.parley().connect(ExpenseHome.DATABASE, "anna", "secret");
        submit(dbo, "<expense/>");
    }

    @AfterEach
    void close() throws Exception {
        anna.close();
        dbo.close();
    }

    private static void execute(LocalConnection connection, String sql) throws SQLException {
        try (Statement statement = connection.sql().createStatement()) {
            if (statement.execute(sql)) {
                statement.getResultSet().next();
            }
        }
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(SQLException.class).hasStackTraceContaining("was denied to user 'anna'");
    }

    @Test
    void tablesOfTheEngineAreForOwnersOfTheDatabase() throws SQLException {
        String read = "SELECT COUNT(*) FROM PARLEY_STORE.MESSAGES WITH UR";
        assertThat(rows(dbo, read)).containsExactly("1");
        refused(() -> execute(anna, read));
        refused(() -> anna.sql().prepareStatement(read));
        refused(() -> anna.sql().prepareCall(read));
        refused(() -> anna.sql().createStatement().addBatch("INSERT INTO T SELECT 1 FROM PARLEY_STORE.MESSAGES"));
        assertThatThrownBy(() -> anna.sql().setSchema("PARLEY_STORE")).isInstanceOf(SQLException.class);
        dbo.catalog().addRoleMember("db_owner", "anna");
        assertThat(rows(anna, read)).containsExactly("1");
        dbo.catalog().dropRoleMember("db_owner", "anna");
        refused(() -> execute(anna, read));
    }

    @Test
    void proofsOfPasswordsAreReadByNobody() throws SQLException {
        dbo.catalog().createMasterKey("another secret");
        for (String table : List.of("USERS", "OPTIONS")) {
            assertThatThrownBy(() -> execute(dbo, "SELECT * FROM PARLEY_STORE." + table + " WITH UR"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(ErrorNumbers.NOT_ALLOWED_IN_SQL));
        }
    }

    @Test
    void noDetourLeadsToTheEnginesTables() throws SQLException {
        execute(anna, "CREATE TABLE MINE (A INT)");
        Path file = files.resolve("stolen");
        String query = "'SELECT * FROM PARLEY' || '_STORE.USERS', '" + file + "', NULL, NULL, NULL";
        for (String detour : List.of(
                "CREATE VIEW V AS SELECT * FROM PARLEY_STORE.USERS",
                "CREATE SYNONYM S FOR PARLEY_STORE.USERS",
                "CREATE FUNCTION F() RETURNS INT LANGUAGE JAVA PARAMETER STYLE JAVA EXTERNAL NAME 'a.B.c'",
                "CREATE TABLE COPY AS SELECT * FROM PARLEY_STORE.USERS WITH NO DATA",
                "CREATE TRIGGER T AFTER INSERT ON MINE CALL SYSCS_UTIL.SYSCS_EXPORT_QUERY(" + query + ")",
                "CALL SYSCS_UTIL.SYSCS_EXPORT_QUERY(" + query + ")",
                "{call SYSCS_UTIL.SYSCS_EXPORT_TABLE('PARLEY_STORE', 'USERS', '" + file + "', NULL, NULL, NULL)}",
                "CALL SYSCS_UTIL.SYSCS_BACKUP_DATABASE('" + files + "')",
                "SET SCHEMA PARLEY_STORE",
                "SET CURRENT SCHEMA = 'PARLEY_STORE'",
                "EXECUTE STATEMENT 'SELECT * FROM PARLEY_STORE.USERS'",
                "INSERT INTO MINE SELECT ID FROM PARLEY_STORE.USERS",
                "UPDATE MINE SET A = (SELECT MAX(ID) FROM \"PARLEY_STORE\".\"USERS\")",
                "DELETE FROM MINE WHERE A IN (SELECT ID FROM parley_store.users)",
                "MERGE INTO MINE USING PARLEY_STORE.USERS U ON A = U.ID WHEN MATCHED THEN DELETE",
                "SELECT * FROM TABLE (PARLEY_STORE.CONVERSATION_ENDPOINTS_ROWS('SERVICES')) T",
                "SELECT * FROM TABLE (SYSCS_DIAG.SPACE_TABLE('PARLEY_STORE', 'USERS')) T",
                "VALUES SYSCS_UTIL.SYSCS_CHECK_TABLE('PARLEY_STORE', 'USERS')")) {
            assertThatThrownBy(() -> execute(anna, detour)).as(detour).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> anna.sql().prepareCall(detour).execute())
                    .as(detour)
                    .isInstanceOf(SQLException.class);
        }
        execute(anna, "INSERT INTO MINE VALUES (1)");
        assertThat(Files.exists(file)).isFalse();
        try (PreparedStatement bound =
                anna.sql().prepareStatement("SELECT A FROM MINE WHERE CAST(? AS CHAR(40)) = 'x'")) {
            bound.setString(1, "x' UNION SELECT ID FROM PARLEY_STORE.USERS --");
            assertThat(bound.executeQuery().next()).isFalse();
        }
    }

    @Test
    void metaDataTellNamesAndNoRows() throws SQLException {
        try (ResultSet tables = anna.sql().getMetaData().getTables(null, "PARLEY_STORE", "USERS", null)) {
            assertThat(tables.next()).isTrue();
        }
        Connection sql = anna.sql();
        assertThat(sql.getMetaData().getConnection()).isSameAs(sql);
    }

    @Test
    void queueIsReadByWhoMaySelectOrReceive() throws SQLException {
        refused(() -> execute(anna, DESK_ROWS));
        dbo.catalog().grant(Permission.SELECT, Securable.queue(DESK_QUEUE), "anna");
        assertThat(rows(anna, DESK_ROWS)).hasSize(1);
        refused(() -> execute(anna, "SELECT * FROM " + CLIENT_QUEUE));
        dbo.catalog().revoke(Permission.SELECT, Securable.queue(DESK_QUEUE), "anna");
        refused(() -> execute(anna, DESK_ROWS));
        dbo.catalog().grant(Permission.RECEIVE, Securable.queue(DESK_QUEUE), "anna");
        assertThat(rows(anna, DESK_ROWS)).hasSize(1);
        dbo.catalog().deny(Permission.SELECT, Securable.queue(DESK_QUEUE), "anna");
        refused(() -> execute(anna, DESK_ROWS));
    }

    @Test
    void selectCanBeGrantedByAScript() {
        dbo.catalog().define("GRANT SELECT ON " + DESK_QUEUE + " TO anna;");
        assertThat(rows(anna, DESK_ROWS)).hasSize(1);
        assertThatThrownBy(() -> anna.receive(org.parley.Receive.from(DESK_QUEUE)))
                .hasMessageContaining("RECEIVE permission");
    }

    @Test
    void viewOverAQueueReadsAsItsReaderMay() throws SQLException {
        execute(dbo, "CREATE VIEW DESK_MAIL AS SELECT * FROM " + DESK_QUEUE);
        execute(dbo, "CREATE SYNONYM DESK_POST FOR DESK_MAIL");
        assertThat(rows(dbo, "SELECT SERVICE_NAME FROM DESK_POST")).containsExactly(DESK);
        refused(() -> execute(anna, "SELECT * FROM DESK_MAIL"));
        refused(() -> execute(anna, "SELECT * FROM DESK_POST"));
        execute(anna, "CREATE TABLE MINE (A INT)");
        execute(anna, "CREATE TABLE COPY (A VARCHAR(300))");
        refused(() -> execute(anna, "INSERT INTO COPY SELECT SERVICE_NAME FROM DESK_MAIL"));
        execute(anna, "CREATE TRIGGER T AFTER INSERT ON MINE INSERT INTO COPY SELECT SERVICE_NAME FROM " + DESK_QUEUE);
        refused(() -> execute(anna, "INSERT INTO MINE VALUES (1)"));
        assertThat(rows(anna, "SELECT A FROM COPY")).isEmpty();
    }

    @Test
    void callersOfOneTransactionReadEachForItself() throws Exception {
        dbo.inTransaction(() -> {
            Connection sql = dbo.sql();
            try (Statement statement = sql.createStatement();
                    ResultSet at = statement.executeQuery(DESK_ROWS)) {
                refused(() -> execute(anna, DESK_ROWS));
                assertThat(at.next()).isTrue();
            }
            return null;
        });
    }

    @Test
    void viewsShowWhatTheCallerOwnsOrWasGranted() {
        assertThat(rows(anna, "SELECT NAME FROM PARLEY.SERVICES WHERE SERVICE_ID > 65535"))
                .isEmpty();
        assertThat(rows(anna, "SELECT NAME FROM PARLEY.SERVICE_MESSAGE_TYPES WHERE MESSAGE_TYPE_ID > 65535"))
                .isEmpty();
        assertThat(rows(anna, "SELECT NAME FROM PARLEY.SERVICE_MESSAGE_TYPES WHERE NAME = 'DEFAULT'"))
                .hasSize(1);
        assertThat(rows(anna, "SELECT STATE FROM PARLEY.CONVERSATION_ENDPOINTS"))
                .isEmpty();
        assertThat(rows(anna, "SELECT SERVICE_ID FROM PARLEY.CONVERSATION_GROUPS"))
                .isEmpty();
        dbo.catalog().grant(Permission.SEND, Securable.service(DESK), "anna");
        dbo.catalog().grant(Permission.REFERENCES, Securable.contract(CONTRACT), "anna");
        assertThat(rows(anna, "SELECT NAME FROM PARLEY.SERVICES WHERE SERVICE_ID > 65535"))
                .containsExactly(DESK);
        assertThat(rows(anna, "SELECT NAME FROM PARLEY.SERVICE_CONTRACTS WHERE SERVICE_CONTRACT_ID > 65535"))
                .containsExactly(CONTRACT);
        assertThat(rows(anna, "SELECT STATE FROM PARLEY.CONVERSATION_ENDPOINTS"))
                .isEmpty();
        dbo.catalog().grant(Permission.RECEIVE, Securable.queue(DESK_QUEUE), "anna");
        assertThat(rows(anna, "SELECT IS_INITIATOR FROM PARLEY.CONVERSATION_ENDPOINTS"))
                .containsExactly("0");
        assertThat(rows(anna, "SELECT SERVICE_ID FROM PARLEY.CONVERSATION_GROUPS"))
                .hasSize(1);
        dbo.catalog().alterAuthorization(Securable.service(CLIENT), "anna");
        assertThat(rows(anna, "SELECT IS_INITIATOR FROM PARLEY.CONVERSATION_ENDPOINTS"))
                .containsExactlyInAnyOrder("0", "1");
    }

    @Test
    void transmissionQueueShowsWhatTheCallersQueuesSend() {
        Conversation waits = dbo.begin(Dialog.between(CLIENT, "//nobody").on(CONTRACT));
        waits.send(NOTE, "secret".getBytes());
        String bodies = "SELECT CAST(MESSAGE_SEQUENCE_NUMBER AS CHAR(5)) FROM PARLEY.TRANSMISSION_QUEUE";
        String status = "VALUES PARLEY.GET_TRANSMISSION_STATUS('" + waits.handle() + "')";
        assertThat(rows(dbo, bodies)).hasSize(1);
        assertThat(rows(anna, bodies)).isEmpty();
        assertThat(rows(anna, status)).containsExactly("");
        assertThat(anna.transmissionStatus(waits.handle())).isEmpty();
        dbo.catalog().grant(Permission.RECEIVE, Securable.queue(CLIENT_QUEUE), "anna");
        assertThat(rows(anna, bodies)).hasSize(1);
        eventually()
                .becomes("a status", () -> anna.transmissionStatus(waits.handle()), text -> text.startsWith("9796"));
        assertThat(rows(anna, status)).isEqualTo(rows(dbo, status));
    }

    @Test
    void ownTablesAreOpenToAll() throws SQLException {
        execute(anna, "CREATE TABLE MINE (A INT)");
        execute(dbo, "INSERT INTO MINE VALUES (7)");
        assertThat(rows(anna, "SELECT A FROM MINE")).containsExactly("7");
    }

    @Test
    void droppedUserReadsNoMore() {
        dbo.catalog().dropUser("anna");
        assertThatThrownBy(() -> execute(anna, "VALUES 1"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(ErrorNumbers.UNKNOWN_USER));
    }
}
