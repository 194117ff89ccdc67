package org.parley.engine.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.engine.sight.SystemViewsTest.rows;
import static org.parley.testkit.Eventually.eventually;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.QueueDefinition;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;

class QueueViewsTest {

    private static final int SENDERS = 4;

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private static void arrived(LocalConnection connection, int messages) {
        eventually()
                .becomes(
                        "messages in the queue",
                        () -> rows(connection, "SELECT COUNT(*) FROM ExpenseQueue"),
                        rows -> rows.equals(List.of(String.valueOf(messages))));
    }

    @Test
    void queueIsSelectableUnderEachSpellingOfItsName() throws Exception {
        try (LocalConnection connection = home.connect()) {
            Conversation begun = Expenses.submit(connection, "<expense/>");
            arrived(connection, 1);
            for (String name : List.of(
                    "ExpenseQueue",
                    "\"ExpenseQueue\"",
                    "dbo.ExpenseQueue",
                    "DBO.\"ExpenseQueue\"",
                    "app.expensequeue")) {
                assertThat(rows(
                                connection,
                                "SELECT STATUS, PRIORITY, MESSAGE_SEQUENCE_NUMBER, SERVICE_NAME,"
                                        + " SERVICE_CONTRACT_NAME, MESSAGE_TYPE_NAME, VALIDATION, LENGTH(MESSAGE_BODY)"
                                        + " FROM " + name))
                        .containsExactly(
                                "1|5|0|" + Expenses.DESK + "|" + Expenses.CONTRACT + "|" + Expenses.SUBMIT + "|X|10");
            }
            assertThat(rows(
                            connection,
                            "SELECT E.CONVERSATION_ID FROM ExpenseQueue Q JOIN PARLEY.CONVERSATION_ENDPOINTS E"
                                    + " ON E.CONVERSATION_HANDLE = Q.CONVERSATION_HANDLE"
                                    + " AND E.CONVERSATION_GROUP_ID = Q.CONVERSATION_GROUP_ID"))
                    .containsExactly(begun.conversationId().toString());
        }
    }

    @Test
    void messagesComeInPortionsAndLongBodiesAreThere() throws Exception {
        try (LocalConnection connection = home.connect()) {
            Conversation begun = Expenses.submit(connection, "<expense/>");
            byte[] large = new byte[200_000];
            Arrays.fill(large, (byte) 'y');
            connection.inTransaction(() -> {
                for (int i = 0; i < 300; i++) {
                    begun.send(Expenses.NOTE, String.valueOf(i));
                }
                begun.send(Expenses.NOTE, large);
                return null;
            });
            arrived(connection, 302);
            assertThat(rows(
                            connection,
                            "SELECT COUNT(DISTINCT MESSAGE_SEQUENCE_NUMBER), MAX(MESSAGE_SEQUENCE_NUMBER) FROM"
                                    + " ExpenseQueue"))
                    .containsExactly("302|301");
            assertThat(rows(
                            connection,
                            "SELECT LENGTH(MESSAGE_BODY) FROM ExpenseQueue WHERE MESSAGE_SEQUENCE_NUMBER = 301"))
                    .containsExactly("200000");
        }
    }

    @Test
    void selectDoesntWaitForReceiveNorShowsWhatIsntCommitted() throws Exception {
        try (LocalConnection connection = home.connect();
                LocalConnection other = home.connect()) {
            Conversation begun = Expenses.submit(connection, "<expense/>");
            arrived(connection, 1);
            connection.inTransaction(() -> {
                begun.send(Expenses.NOTE, "not yet");
                assertThat(rows(other, "SELECT COUNT(*) FROM ExpenseQueue")).containsExactly("1");
                return null;
            });
            arrived(connection, 2);
            connection.inTransaction(() -> {
                connection.receive(Receive.from(Expenses.DESK_QUEUE));
                assertThat(rows(other, "SELECT COUNT(*) FROM ExpenseQueue"))
                        .singleElement()
                        .isIn("0", "1", "2");
                return null;
            });
        }
    }

    @Test
    void queueIsNeverChangedBySql() {
        try (LocalConnection connection = home.connect()) {
            for (String sql : List.of(
                    "DELETE FROM ExpenseQueue",
                    "UPDATE ExpenseQueue SET STATUS = 0",
                    "INSERT INTO ExpenseQueue (STATUS) VALUES (1)",
                    "TRUNCATE TABLE ExpenseQueue")) {
                assertThatThrownBy(() -> connection.sql().createStatement().execute(sql))
                        .as(sql)
                        .isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void viewsComeAndGoWithTheQueue() {
        try (LocalConnection connection = home.connect()) {
            connection.catalog().define("CREATE QUEUE Later");
            assertThat(rows(connection, "SELECT * FROM Later")).isEmpty();
            connection.catalog().setQueueStatus("Later", false);
            assertThat(rows(connection, "SELECT * FROM dbo.Later")).isEmpty();
            connection.catalog().dropQueue("Later");
            for (String name : List.of("Later", "\"Later\"", "dbo.Later")) {
                assertThatThrownBy(() -> connection.sql().createStatement().executeQuery("SELECT * FROM " + name))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("42X05"));
            }
        }
    }

    @Test
    void exactNameTakesThePlaceOfAnUpperCaseOne() throws SQLException {
        try (LocalConnection connection = home.connect()) {
            String ids = "SELECT NAME FROM PARLEY.SERVICE_QUEUES WHERE NAME IN ('Same', 'SAME') ORDER BY NAME";
            connection.sql().createStatement().execute("CREATE TABLE \"Taken\" (A INT)");
            connection.catalog().define("CREATE QUEUE Taken; CREATE QUEUE Same; CREATE QUEUE SAME");
            assertThat(rows(connection, ids)).containsExactlyInAnyOrder("SAME", "Same");
            assertThat(rows(connection, "SELECT * FROM SAME")).isEmpty();
            connection.catalog().dropQueue("SAME");
            assertThat(rows(connection, "SELECT * FROM \"Same\"")).isEmpty();
            connection.catalog().dropQueue("Same");
            connection.catalog().dropQueue("Taken");
            assertThat(rows(connection, "SELECT A FROM \"Taken\"")).isEmpty();
        }
    }

    /** A queue's views are DDL, which locks Derby's own tables: nobody who sends may get into its way. */
    @Test
    void queuesAreDefinedAndDroppedWhileOthersSend() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try (LocalConnection connection = home.connect()) {
            List<Future<Integer>> sent = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                sent.add(senders.submit(() -> sendUntil(stop)));
            }
            for (int i = 0; i < 10; i++) {
                connection.catalog().define(new QueueDefinition("Q" + i, true));
                connection.catalog().dropQueue("Q" + i);
            }
            stop.set(true);
            int all = 0;
            for (Future<Integer> each : sent) {
                all += each.get(60, TimeUnit.SECONDS);
            }
            assertThat(all).isPositive();
        } finally {
            stop.set(true);
            senders.shutdownNow();
        }
    }

    private int sendUntil(AtomicBoolean stop) throws Exception {
        int sent = 0;
        try (LocalConnection connection = home.connect()) {
            while (!stop.get()) {
                Expenses.submit(connection, "<expense/>");
                rows(connection, "SELECT COUNT(*) FROM PARLEY.SERVICE_QUEUES");
                sent++;
            }
        }
        return sent;
    }
}
