package org.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Parley;

class SqlCommandTest {

    @TempDir
    Path home;

    private Run run() {
        return Run.inHome(home.resolve("home"));
    }

    private Path script(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    @Test
    void resultsAndPrintGoToStandardOutputAndErrorsToStandardError() {
        Run.Result result = run().parley("sql", "-q", """
                PRINT 'begun';
                SELECT 7 AS number, N'seven' AS word;
                RAISERROR('no good', 16, 3);
                GO
                PRINT 'next batch';
                """);

        assertThat(result.out()).isEqualTo("""
                begun
                number word
                ------ -----
                     7 seven

                (1 row affected)
                next batch
                """);
        assertThat(result.err()).isEqualTo("Msg 50000, Level 16, State 3, Line 3\nno good\n");
        assertThat(result.status()).isZero();
    }

    @Test
    void aSyntaxErrorTellsItsLine() {
        Run.Result result = run().parley("sql", "-q", "PRINT 'a';\nPRINT );");

        assertThat(result.err()).startsWith("Msg 102, Level 15, State 1, Line 2\n");
        assertThat(result.out()).isEmpty();
        assertThat(result.status()).isZero();
    }

    @Test
    void withBTheFirstErrorEndsEverything() throws IOException {
        Path first = script("first.sql", "PRINT 'one';\nRAISERROR('stop', 16, 1);\nPRINT 'two';\nGO\nPRINT 'three';");
        Path second = script("second.sql", "PRINT 'four';");

        Run.Result ended = run().parley("sql", "-b", "-i", first.toString(), "-i", second.toString());
        Run.Result whole = run().parley("sql", "-i", first.toString(), "-i", second.toString());

        assertThat(ended.out()).isEqualTo("one\n");
        assertThat(ended.err()).isEqualTo("Msg 50000, Level 16, State 1, Line 2\nstop\n");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(whole.out()).isEqualTo("one\ntwo\nthree\nfour\n");
        assertThat(whole.status()).isZero();
    }

    @Test
    void anOpenTransactionIsRolledBackAtTheEnd() {
        run().sql(
                        "shop",
                        "CREATE TABLE t (n int); INSERT INTO t VALUES (1); BEGIN TRANSACTION; INSERT INTO t VALUES (2);");

        assertThat(run().sql("shop", "SELECT n FROM t", "--format", "csv").out())
                .isEqualTo("n\n1\n");
    }

    @Test
    void filesRunBeforeTheText() throws IOException {
        Path file = script("file.sql", "PRINT 'file'");

        assertThat(run().sql("master", "PRINT 'text'", "-i", file.toString()).out())
                .isEqualTo("file\ntext\n");
    }

    @Test
    void aPipeIsAScript() {
        Run.Result result = run().typing("PRINT 'a'\nGO 2\nPRINT N'ü'").parley("sql");

        assertThat(result.out()).isEqualTo("a\na\nü\n");
    }

    @Test
    void filesMayBeUtf16AsSqlServersToolsWriteThem() throws IOException {
        Path file = home.resolve("utf16.sql");
        Files.write(file, ("\uFEFFPRINT N'größer 日本'").getBytes(StandardCharsets.UTF_16LE));

        assertThat(run().parley("sql", "-i", file.toString()).out()).isEqualTo("größer 日本\n");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        Path file = Files.write(home.resolve("latin1.sql"), "PRINT 'ü'".getBytes(StandardCharsets.ISO_8859_1));

        Run.Result result = run().parley("sql", "-i", file.toString());

        assertThat(result.err()).contains("latin1.sql' is no text in UTF-8");
        assertThat(result.status()).isEqualTo(1);
        assertThat(run().parley("sql", "-i", home.resolve("none.sql").toString())
                        .err())
                .contains("none.sql' can't be read");
    }

    @Test
    void formats() {
        String script = "SELECT 1 AS a, NULL AS b; PRINT 'said'; SELECT N'x,y' AS c;";

        assertThat(run().sql("master", script, "--format", "csv").out()).isEqualTo("a,b\n1,\nsaid\n\nc\n\"x,y\"\n");
        assertThat(run().sql("master", script, "--format", "json").out())
                .isEqualTo("{\"a\":1,\"b\":null}\n{\"@message\":\"said\"}\n{\"c\":\"x,y\"}\n");
        assertThat(run().with("PARLEY_FORMAT", "CSV")
                        .sql("master", "SELECT 1 AS a")
                        .out())
                .isEqualTo("a\n1\n");
        assertThat(run().sql("master", "SELECT N'0123456789' AS a", "--max-width", "5")
                        .out())
                .startsWith("a\n-----\n01...\n");
    }

    @Test
    void aWrongCommandLineHasStatusTwo() {
        assertThat(Run.bare().parley("sql").status()).isEqualTo(2);
        assertThat(run().parley("sql", "--nonsense").status()).isEqualTo(2);
        assertThat(run().parley("sql", "--format", "xml").status()).isEqualTo(2);
        assertThat(run().parley().status()).isEqualTo(2);
        assertThat(run().parley("sql", "--format", "xml").err()).contains("expected one of [TABLE, CSV, JSON]");
        assertThat(run().parley("--help").status()).isZero();
        assertThat(run().parley("sql", "--help").out()).contains("--stop-at-error", "Exit status:");
        assertThat(run().parley("--version").out()).startsWith("parley ");
    }

    @Test
    void aHomeInUseIsRefusedAndItsHolderNamed() {
        try (Parley holder = Parley.open(home.resolve("home"))) {
            assertThat(holder.server().databases()).isEmpty();

            Run.Result result = run().parley("sql", "-q", "PRINT 'x'");

            assertThat(result.err())
                    .startsWith("Msg 50004, Level 16, State 1\n")
                    .contains("in use by process " + ProcessHandle.current().pid());
            assertThat(result.out()).isEmpty();
            assertThat(result.status()).isEqualTo(1);
        }
    }

    @Test
    void scriptsSeeAllDatabasesOfTheHome() {
        run().sql("shop", "PRINT 'made'");
        String repeatable = "IF DB_ID('shop') IS NULL CREATE DATABASE shop; SELECT COUNT(*) AS n FROM sys.databases";

        assertThat(run().sql("master", repeatable, "--format", "csv")).isEqualTo(new Run.Result(0, "n\n2\n", ""));
    }

    @Test
    void aDatabaseThatCanNotBeOpenedIsNamedAndTheScriptMayDropIt() throws IOException {
        run().sql("lost", "PRINT 'made'");
        for (String control : new String[] {"log.ctrl", "logmirror.ctrl"}) {
            Files.write(home.resolve("home/lost/log").resolve(control), new byte[48]);
        }

        Run.Result result = run().sql("master", "DROP DATABASE lost; PRINT 'dropped'");

        assertThat(result.err()).startsWith("Msg 50").contains("'lost'");
        assertThat(result.out()).isEqualTo("dropped\n");
        assertThat(home.resolve("home/lost")).doesNotExist();
    }

    @Test
    void aUserProvesItself() {
        run().sql("shop", "CREATE USER clerk WITH PASSWORD = 'open sesame'; CREATE USER guest WITHOUT LOGIN;");
        String who = "SELECT USER_NAME() AS name";

        assertThat(run().sql("shop", who, "--user", "guest", "--format", "csv").out())
                .isEqualTo("name\nguest\n");
        assertThat(run().with("PARLEY_PASSWORD", "open sesame")
                        .with("PARLEY_USER", "clerk")
                        .sql("shop", who, "--format", "csv")
                        .out())
                .isEqualTo("name\nclerk\n");
        assertThat(run().answering(prompt -> prompt.contains("clerk") ? "open sesame".toCharArray() : null)
                        .sql("shop", who, "--user", "clerk", "--password", "--format", "csv")
                        .out())
                .isEqualTo("name\nclerk\n");
        Run.Result refused = run().parley("sql", "--database", "shop", "--user", "clerk", "-q", who);
        assertThat(refused.err()).startsWith("Msg 18456");
        assertThat(refused.status()).isEqualTo(1);
    }

    @Test
    void aSessionAtATerminal() throws IOException {
        Path file = script("file.sql", "PRINT 'from a file'");
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        String keys =
                "SET NOCOUNT ON; CREATE QUEUE OrderQueue;\rGO\rSELECT 5 AS n;\rEXEC OrderQ\t\rGO\rRAISERROR('oh', 16, 1)\rGO\r"
                        + ":r " + file + "\r:r nowhere.sql\rexit\r";

        Run.Result result = run().with("PARLEY_HISTORY", home.resolve("history").toString())
                .at(() -> terminal("ansi", keys, shown))
                .parley("sql", "--format", "csv");

        assertThat(lines(shown)).contains("\nn\n5\n", "\nfrom a file\n");
        assertThat(result.err()).contains("Msg 50000, Level 16, State 1, Line 1\noh\n", "nowhere.sql' can't be read");
        assertThat(result.status()).isZero();
        assertThat(Files.readString(home.resolve("history"))).contains("EXEC OrderQueue");
    }

    @Test
    void aSessionAtADumbTerminalEndsAtAnErrorWithB() {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();

        Run.Result result = run().with("PARLEY_HISTORY", home.resolve("history").toString())
                .at(() -> terminal(
                        Terminal.TYPE_DUMB, "PRINT 'a'\nGO\nRAISERROR('oh', 16, 1)\nGO\nPRINT 'b'\nGO\n", shown))
                .parley("sql", "-b");

        assertThat(lines(shown)).contains("\na\n").doesNotContain("\nb\n");
        assertThat(result.status()).isEqualTo(1);
    }

    private static String lines(ByteArrayOutputStream shown) {
        return shown.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[[?0-9;]*[A-Za-z]|\r", "");
    }

    private static Terminal terminal(String type, String keys, ByteArrayOutputStream shown) {
        try {
            return new ExternalTerminal(
                    "test",
                    type,
                    new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)),
                    shown,
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
