package org.parley.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.Permission;
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
}
