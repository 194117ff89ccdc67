package org.parley.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Parley;
import org.parley.Permission;
import org.parley.Receive;
import org.parley.ScriptException;
import org.parley.ScriptMessage;
import org.parley.Securable;

/** Scripts on an engine: how their errors come, and under whose name procedures run. */
class CallTest {

    @TempDir
    Path home;

    private Parley parley;
    private LocalConnection owner;

    @BeforeEach
    void open() {
        parley = Parley.open(home);
        owner = parley.connect("db");
    }

    @AfterEach
    void close() {
        parley.close();
    }

    private static String said(LocalConnection connection, String script) {
        return String.join(
                "|",
                connection.execute(script).messages().stream()
                        .map(ScriptMessage::text)
                        .toList());
    }

    private static ScriptException failing(LocalConnection connection, String script) {
        return catchThrowableOfType(ScriptException.class, () -> connection.execute(script));
    }

    @Test
    void givesWhatTheScriptGaveWhenItFails() {
        ScriptException error = failing(owner, "PRINT N'before';\nTHROW 50001, N'no', 1;\nGO\nPRINT N'after';");
        assertThat(error.number()).isEqualTo(50001);
        assertThat(error.error().line()).isEqualTo(2);
        assertThat(error).hasToString("org.parley.ScriptException: Msg 50001, Level 16, State 1, Line 2\nno");
        assertThat(error.result().messages()).extracting(ScriptMessage::text).containsExactly("before", "no", "after");
    }

    @Test
    void transactionLeftOpenIsTheConnections() {
        owner.execute("BEGIN TRANSACTION;");
        assertThat(said(owner, "PRINT @@TRANCOUNT;")).isEqualTo("1");
        owner.rollback();
        assertThat(said(owner, "PRINT @@TRANCOUNT;")).isEqualTo("0");
    }

    @Test
    void procedureNeedsExecute() {
        owner.execute("CREATE USER ann WITHOUT LOGIN;\nGO\nCREATE PROCEDURE who AS PRINT USER_NAME();");
        LocalConnection ann = parley.connect("db", "ann", null);
        assertThat(said(owner, "EXEC who;")).isEqualTo("dbo");
        assertThat(failing(ann, "EXEC who;").number()).isEqualTo(229);
        owner.catalog().grant(Permission.EXECUTE, Securable.procedure("who"), "ann");
        assertThat(said(ann, "EXEC dbo.who;")).isEqualTo("ann");
        assertThat(failing(ann, "EXEC nothing;").number()).isEqualTo(2812);
    }

    @Test
    void procedureRunsUnderTheNameItSays() {
        owner.execute("CREATE USER ann WITHOUT LOGIN; CREATE USER bob WITHOUT LOGIN;\nGO\n"
                + "CREATE PROCEDURE asOwner WITH EXECUTE AS OWNER AS PRINT USER_NAME();\nGO\n"
                + "CREATE PROCEDURE asBob WITH EXECUTE AS 'bob' AS PRINT USER_NAME();\nGO\n"
                + "GRANT EXECUTE ON OBJECT::asOwner TO ann; GRANT EXECUTE ON OBJECT::asBob TO ann;");
        LocalConnection ann = parley.connect("db", "ann", null);
        assertThat(said(ann, "EXEC asOwner; EXEC asBob; PRINT USER_NAME();")).isEqualTo("dbo|bob|ann");
        owner.execute("DROP USER bob;");
        assertThat(failing(ann, "EXEC asBob;").number()).isEqualTo(15517);
    }

    /** A database whose users ann and bob others believe, and one where both are known. */
    private LocalConnection trusted() {
        parley.connect("far")
                .execute("CREATE USER ann WITHOUT LOGIN; CREATE USER bob WITHOUT LOGIN;\n"
                        + "CREATE TABLE notes (who nvarchar(128)); CREATE QUEUE farQueue;"
                        + " CREATE SERVICE farService ON QUEUE farQueue ([DEFAULT]);\n"
                        + "GRANT SEND ON SERVICE::farService TO bob;\nGO\n"
                        + "CREATE PROCEDURE farWho AS PRINT DB_NAME() + N' ' + USER_NAME();\nGO\n"
                        + "CREATE PROCEDURE farOwner WITH EXECUTE AS OWNER AS BEGIN EXEC farWho;"
                        + " INSERT INTO notes VALUES (USER_NAME()); END\nGO\n"
                        + "GRANT EXECUTE ON OBJECT::farWho TO ann; GRANT EXECUTE ON OBJECT::farOwner TO ann;");
        owner.execute("CREATE USER ann WITHOUT LOGIN; CREATE USER bob WITHOUT LOGIN;");
        return owner;
    }

    @Test
    void underExecuteAsProceduresOfOthersNeedATrustworthyDatabase() {
        trusted();
        ScriptException error = failing(owner, "EXECUTE AS USER = 'ann'; EXEC far.dbo.farWho;");
        assertThat(error.number()).isEqualTo(916);
        assertThat(error).hasMessageContaining("'ann'").hasMessageContaining("TRUSTWORTHY");
        owner.execute("REVERT; ALTER DATABASE CURRENT SET TRUSTWORTHY ON;");
        assertThat(said(
                        owner,
                        "EXECUTE AS USER = 'ann'; EXEC far.dbo.farWho; EXEC far.dbo.farOwner; PRINT USER_NAME(); REVERT;"
                                + " PRINT DB_NAME() + N' ' + USER_NAME();"))
                .isEqualTo("far ann|far dbo|ann|db dbo");
        assertThat(failing(owner, "EXECUTE AS USER = 'bob'; EXEC far.dbo.farWho;")
                        .number())
                .isEqualTo(229);
        assertThat(said(owner, "REVERT; USE far; SELECT COUNT(*) FROM notes; PRINT USER_NAME();"))
                .isEqualTo("dbo");
    }

    @Test
    void procedureUnderAnotherNameSendsToServicesOfOthers() {
        trusted();
        owner.execute("ALTER DATABASE CURRENT SET TRUSTWORTHY ON; CREATE QUEUE q;"
                + " CREATE SERVICE s AUTHORIZATION bob ON QUEUE q;\n"
                + "GRANT RECEIVE ON OBJECT::q TO ann; GRANT CONTROL ON SERVICE::s TO ann;\nGO\n"
                + "CREATE PROCEDURE sends WITH EXECUTE AS 'ann' AS BEGIN DECLARE @h uniqueidentifier;\n"
                + "BEGIN DIALOG @h FROM SERVICE s TO SERVICE 'farService' WITH ENCRYPTION = OFF;\n"
                + "SEND ON CONVERSATION @h (N'from ' + USER_NAME()); END");
        owner.execute("EXEC sends;");
        LocalConnection far = parley.connect("far");
        List<Message> came = far.receive(Receive.from("farQueue").waiting(Duration.ofSeconds(20)));
        assertThat(came).hasSize(1);
        assertThat(new String(came.get(0).body(), StandardCharsets.UTF_16LE)).isEqualTo("from ann");
    }

    @Test
    void nobodyStaysSomebodyElseInAnotherDatabase() {
        trusted();
        owner.execute("ALTER DATABASE CURRENT SET TRUSTWORTHY ON;\nGO\n"
                + "CREATE PROCEDURE strays WITH EXECUTE AS OWNER AS BEGIN\n"
                + "EXEC (N'USE far; BEGIN TRANSACTION; INSERT INTO notes VALUES (N''x'')'); END\nGO\n"
                + "GRANT EXECUTE ON OBJECT::strays TO ann;");
        LocalConnection ann = parley.connect("db", "ann", null);
        assertThat(failing(ann, "EXEC strays;").number()).isEqualTo(226);
        assertThat(said(ann, "PRINT DB_NAME() + N' ' + USER_NAME(); PRINT @@TRANCOUNT;"))
                .isEqualTo("db ann|0");
        assertThat(parley.connect("far")
                        .execute("SELECT * FROM notes")
                        .rows()
                        .get(0)
                        .rows())
                .isEmpty();
    }
}
