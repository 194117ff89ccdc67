package org.parley.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.testkit.Eventually.eventually;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.ActivationStatus;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Permission;
import org.parley.Receive;
import org.parley.ScriptMessage;
import org.parley.Securable;
import org.parley.engine.Failing;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;
import org.parley.spi.EngineListener;
import org.parley.testkit.BrokerExtension;

/** Procedures that the server runs as readers of a queue; service-broker.md, section 13. */
class ActivatedProceduresTest {

    private static final String DEFINITIONS = "CREATE QUEUE asked;\n"
            + "CREATE QUEUE work;\n"
            + "CREATE SERVICE asker ON QUEUE asked ([DEFAULT]);\n"
            + "CREATE SERVICE worker ON QUEUE work ([DEFAULT]);\n";

    private static final String ANSWER = "DECLARE @h uniqueidentifier;\n"
            + "RECEIVE TOP (1) @h = conversation_handle FROM work;\n"
            + "IF @h IS NOT NULL SEND ON CONVERSATION @h (0x01);\n";

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension(config -> config.withListener(new EngineListener() {

        @Override
        public void procedureSaid(String database, String queue, String procedure, ScriptMessage message) {
            heard.add(message.text());
        }

        @Override
        public void procedureFailed(String database, String queue, String procedure, BrokerException reason) {
            heard.add("failed " + reason.number());
        }

        @Override
        public void databaseFailed(String database, Throwable cause) {
            heard.add("database failed");
        }

        @Override
        public void activationWaiting(String activation, String reason) {
            heard.add("waits: " + reason);
        }
    }));

    private LocalConnection connection;

    @BeforeEach
    void define() {
        connection = broker.connect("db");
        connection.execute(DEFINITIONS);
    }

    private void procedure(String body) {
        connection.execute("CREATE OR ALTER PROCEDURE reads AS\n" + body);
    }

    private void activate(String options) {
        connection.execute("ALTER QUEUE work WITH ACTIVATION (" + options + ");");
    }

    private void activate() {
        activate("STATUS = ON, PROCEDURE_NAME = dbo.reads, MAX_QUEUE_READERS = 1, EXECUTE AS OWNER");
    }

    private Conversation ask() {
        Conversation dialog = connection.begin(Dialog.between("asker", "worker").encrypted(false));
        dialog.send("DEFAULT", new byte[] {7});
        return dialog;
    }

    private void answered(int times) {
        int[] answers = new int[1];
        eventually()
                .becomes(
                        "answers",
                        () -> {
                            answers[0] += connection
                                    .receive(Receive.from("asked").top(100))
                                    .size();
                            return answers[0] + " " + heard;
                        },
                        any -> answers[0] >= times);
    }

    private void hears(String... what) {
        eventually().becomes("what is heard", () -> List.copyOf(heard), all -> all.equals(List.of(what)));
    }

    @Test
    void answersWhatHasArrivedAndWhatArrives() {
        procedure(ANSWER);
        ask();
        activate();
        answered(1);
        ask();
        ask();
        answered(2);
        assertThat(heard).isEmpty();
    }

    @Test
    void startsAgainAfterTheServerHas() {
        procedure(ANSWER);
        activate();
        broker.restart();
        connection = broker.connect("db");
        ask();
        answered(1);
    }

    @Test
    void whatItSaysIsHeard() {
        procedure("PRINT USER_NAME();\n" + ANSWER);
        connection.execute(
                "CREATE USER ann WITHOUT LOGIN;\nGRANT RECEIVE ON work TO ann; GRANT EXECUTE ON reads TO ann;");
        activate("STATUS = ON, PROCEDURE_NAME = db.dbo.reads, MAX_QUEUE_READERS = 1, EXECUTE AS 'ann'");
        ask();
        answered(1);
        hears("ann");
    }

    @Test
    void readerNeedsExecute() {
        procedure(ANSWER);
        connection.execute("CREATE USER ann WITHOUT LOGIN;\nGRANT RECEIVE ON work TO ann;");
        activate("STATUS = ON, PROCEDURE_NAME = reads, MAX_QUEUE_READERS = 1, EXECUTE AS 'ann'");
        ask();
        eventually().holds("the failure", () -> heard.contains("failed 28087"));
        assertThat(heard).contains("failed 28088");
    }

    @Test
    void withoutReceiveItIsNotStartedAgainUntilActivationIsOffAndOn() {
        procedure("PRINT N'idle';");
        activate();
        ask();
        hears("idle", "failed 28087");
        assertThat(broker.parley().server().health().reasons())
                .anyMatch(reason -> reason.contains("without a RECEIVE"));
        ask();
        broker.clock().advance(Duration.ofSeconds(6));
        procedure(ANSWER);
        assertThat(heard).containsExactly("idle", "failed 28087");
        activate("STATUS = OFF");
        activate("STATUS = ON");
        answered(2);
        assertThat(broker.parley().server().health().reasons()).isEmpty();
    }

    @Test
    void transactionLeftOpenIsRolledBack() {
        procedure("IF @@TRANCOUNT = 0 BEGIN TRANSACTION;\nRECEIVE * FROM work;");
        activate();
        ask();
        eventually().holds("the failure", () -> heard.contains("failed 28088"));
        assertThat(heard).anyMatch(text -> text.contains("open transaction"));
        activate("STATUS = OFF");
        procedure(ANSWER);
        connection.catalog().setQueueStatus("work", true);
        activate("STATUS = ON");
        answered(1);
    }

    @Test
    void missingProcedureIsTriedAgain() {
        activate();
        ask();
        hears("failed 9614");
        procedure(ANSWER);
        broker.clock().advance(Duration.ofSeconds(6));
        answered(1);
    }

    @Test
    void missingUserIsTriedAgain() {
        procedure(ANSWER);
        activate("STATUS = ON, PROCEDURE_NAME = reads, MAX_QUEUE_READERS = 1, EXECUTE AS 'later'");
        ask();
        hears("failed 9613");
        connection.catalog().createUser("later");
        connection.catalog().grant(Permission.RECEIVE, Securable.queue("work"), "later");
        connection.catalog().grant(Permission.EXECUTE, Securable.procedure("reads"), "later");
        connection.catalog().grant(Permission.SEND, Securable.service("worker"), "later");
        broker.clock().advance(Duration.ofSeconds(6));
        answered(1);
    }

    @Test
    void droppedProcedureFails() {
        procedure(ANSWER);
        activate();
        connection.execute("DROP PROCEDURE reads;");
        ask();
        hears("failed 9614");
    }

    @Test
    void isSeenWhileItWaits() throws SQLException {
        procedure("DECLARE @h uniqueidentifier;\n"
                + "WAITFOR (RECEIVE TOP (1) @h = conversation_handle FROM work), TIMEOUT 1000;\n"
                + "WAITFOR (RECEIVE TOP (1) @h = conversation_handle FROM work), TIMEOUT 1000;");
        activate();
        ask();
        eventually()
                .holds(
                        "a session that waits",
                        () -> count("SELECT TASKS_WAITING FROM PARLEY.DM_BROKER_QUEUE_MONITORS") == 1);
        try (Statement statement = connection.sql().createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT PROCEDURE_NAME, EXECUTE_AS FROM PARLEY.DM_BROKER_ACTIVATED_TASKS")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("dbo.reads");
            assertThat(row.getInt(2)).isEqualTo(1);
        }
        broker.clock().advance(Duration.ofSeconds(2));
        eventually().holds("its end", () -> count("SELECT COUNT(*) FROM PARLEY.DM_BROKER_ACTIVATED_TASKS") == 0);
    }

    @Test
    void endsWithTheServer() {
        procedure("WAITFOR (RECEIVE * FROM work);\nWAITFOR (RECEIVE * FROM work);\nWAITFOR (RECEIVE * FROM work);");
        activate();
        ask();
        eventually()
                .holds(
                        "a session that waits",
                        () -> count("SELECT TASKS_WAITING FROM PARLEY.DM_BROKER_QUEUE_MONITORS") == 1);
        broker.restart();
        // the threads of the test are counted at its end
        connection = broker.connect("db");
        assertThat(connection.catalog().queues()).hasSize(2);
    }

    /** A reader that has received what there was and waits for more; an error ends it. */
    private void waits() {
        procedure("SET XACT_ABORT ON;\nWAITFOR (RECEIVE * FROM work);\nWAITFOR (RECEIVE * FROM work);");
        activate();
        ask();
        eventually()
                .holds(
                        "a session that waits",
                        () -> count("SELECT TASKS_WAITING FROM PARLEY.DM_BROKER_QUEUE_MONITORS") == 1
                                && count("SELECT COUNT(*) FROM \"work\"") == 0);
    }

    @Test
    void endsWhenItsQueueIsDropped() {
        waits();
        connection.execute("DROP SERVICE worker; DROP QUEUE work;");
        eventually().holds("the end", () -> heard.contains("failed 28085"));
        assertThat(broker.parley().server().health().reasons()).noneMatch(reason -> reason.contains("reads"));
    }

    @Test
    void endsWhenItsQueueIsTurnedOff() {
        waits();
        connection.execute("ALTER QUEUE work WITH STATUS = OFF;");
        eventually().holds("the end", () -> heard.contains("failed 28086"));
        procedure(ANSWER);
        connection.execute("ALTER QUEUE work WITH STATUS = ON;");
        assertThat(broker.parley().server().health().reasons()).isEmpty();
        ask();
        answered(1);
    }

    @Test
    void goesOnWhenActivationIsTurnedOff() {
        waits();
        activate("STATUS = OFF");
        ask();
        eventually().holds("its end", () -> count("SELECT COUNT(*) FROM PARLEY.DM_BROKER_ACTIVATED_TASKS") == 0);
        ask();
        broker.clock().advance(Duration.ofSeconds(6));
        assertThat(count("SELECT COUNT(*) FROM \"work\"")).isEqualTo(1);
        assertThat(heard).isEmpty();
    }

    @Test
    void newBrokerEndsItAndAnotherOneReads() {
        waits();
        connection.execute("ALTER DATABASE CURRENT SET NEW_BROKER;");
        assertThat(connection.endpoints()).isEmpty();
        procedure(ANSWER);
        ask();
        answered(1);
        assertThat(count("SELECT COUNT(*) FROM PARLEY.DM_BROKER_ACTIVATED_TASKS"))
                .isZero();
    }

    @Test
    void anotherOneReadsWhenItsDatabaseIsOpenedAgain() {
        waits();
        connection.begin();
        ask();
        assertThatThrownBy(() -> DriverManager.getConnection(
                        "jdbc:derby:" + broker.home().resolve("db") + ";shutdown=true"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08006"));
        assertThatThrownBy(() -> connection.commit()).isInstanceOf(BrokerException.class);
        eventually().holds("the failure", () -> heard.contains("database failed"));
        eventually()
                .holds(
                        "the database to be open again",
                        () -> connection.channel().isValid());
        procedure(ANSWER);
        ask();
        answered(1);
    }

    @Test
    void aDatabaseRunsSoManyAtMost() {
        int queues = ActivatedProcedures.MOST + 1;
        procedure("PRINT N'runs'; WAITFOR DELAY '00:01:00';");
        StringBuilder definitions = new StringBuilder();
        for (int i = 0; i < queues; i++) {
            definitions.append("CREATE QUEUE q" + i + " WITH ACTIVATION (STATUS = ON, PROCEDURE_NAME = dbo.reads,"
                    + " MAX_QUEUE_READERS = 1, EXECUTE AS OWNER);\n"
                    + "CREATE SERVICE s" + i + " ON QUEUE q" + i + " ([DEFAULT]);\n");
        }
        connection.catalog().define(definitions.toString());
        connection.begin();
        for (int i = 0; i < queues; i++) {
            connection.begin(Dialog.between("asker", "s" + i).encrypted(false)).send("DEFAULT", new byte[] {7});
        }
        connection.commit();
        eventually().holds("as many as may run", () -> running() == ActivatedProcedures.MOST && runs() == running());
        broker.clock().advance(Duration.ofSeconds(6));
        eventually().holds("no more than those", () -> running() == ActivatedProcedures.MOST);
        assertThat(runs()).isEqualTo(ActivatedProcedures.MOST);
        broker.clock().advance(Duration.ofMinutes(1));
        eventually().holds("the ends", () -> running() <= 1);
        eventually().holds("the last one", () -> {
            broker.clock().advance(Duration.ofSeconds(6));
            return runs() == queues;
        });
    }

    private int running() {
        return count("SELECT COUNT(*) FROM PARLEY.DM_BROKER_ACTIVATED_TASKS");
    }

    private long runs() {
        return heard.stream().filter("runs"::equals).count();
    }

    @Test
    void readersAreNoMoreThanAllowed() {
        procedure("WAITFOR DELAY '00:00:01';\n" + ANSWER);
        activate("STATUS = ON, PROCEDURE_NAME = reads, MAX_QUEUE_READERS = 1, EXECUTE AS OWNER");
        ask();
        ask();
        eventually().holds("a reader", () -> count("SELECT COUNT(*) FROM PARLEY.DM_BROKER_ACTIVATED_TASKS") == 1);
        broker.clock().advance(Duration.ofMillis(500));
        assertThat(count("SELECT COUNT(*) FROM PARLEY.DM_BROKER_ACTIVATED_TASKS"))
                .isEqualTo(1);
        eventually().holds("both answers", () -> {
            broker.clock().advance(Duration.ofMillis(500));
            return count("SELECT COUNT(*) FROM \"asked\"") == 2;
        });
    }

    @Test
    void beansAndProcedureExcludeEachOther() {
        procedure(ANSWER);
        activate();
        ActivationConfig beans = new ActivationConfig("Beans", "db", "work", 1, 1, null, null);
        Failing.with(ErrorNumbers.OTHER_READERS, () -> broker.parley().server().activate(beans, delivery -> {}));
        activate("DROP");
        try (Activation activation = broker.parley().server().activate(beans, delivery -> {})) {
            assertThat(activation.status().state()).isEqualTo(ActivationStatus.State.ACTIVE);
            Failing.with(ErrorNumbers.OTHER_READERS, this::activate);
        }
        activate();
    }

    @Test
    void confinedToItsDatabase() {
        broker.connect("other");
        procedure("EXECUTE (N'USE other');\n" + ANSWER);
        activate();
        ask();
        eventually().holds("the error", () -> heard.stream().anyMatch(text -> text.contains("no access to database")));
    }

    @Test
    void leavesATrustworthyDatabaseAsItsUser() {
        broker.connect("other")
                .execute("CREATE USER ann WITHOUT LOGIN;\nGO\n"
                        + "CREATE PROCEDURE who AS PRINT DB_NAME() + N' ' + USER_NAME();\nGO\n"
                        + "GRANT EXECUTE ON OBJECT::who TO ann;");
        procedure("EXEC other.dbo.who;\n" + ANSWER);
        connection.execute("ALTER DATABASE CURRENT SET TRUSTWORTHY ON; CREATE USER ann WITHOUT LOGIN;\n"
                + "GRANT RECEIVE ON work TO ann; GRANT EXECUTE ON reads TO ann;");
        activate("STATUS = ON, PROCEDURE_NAME = reads, MAX_QUEUE_READERS = 1, EXECUTE AS 'ann'");
        ask();
        answered(1);
        hears("other ann");
    }

    @Test
    void revertLeadsNowhere() {
        procedure("REVERT;\nPRINT USER_NAME();\n" + ANSWER);
        connection.execute(
                "CREATE USER ann WITHOUT LOGIN;\nGRANT RECEIVE ON work TO ann; GRANT EXECUTE ON reads TO ann;");
        activate("STATUS = ON, PROCEDURE_NAME = reads, MAX_QUEUE_READERS = 1, EXECUTE AS 'ann'");
        ask();
        eventually().holds("its name", () -> heard.contains("ann"));
    }

    private int count(String query) {
        try (Statement statement = connection.sql().createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getInt(1) : 0;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }
}
