package org.parley.engine.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.testkit.Eventually.eventually;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Select;
import org.parley.engine.store.SystemColumn;
import org.parley.engine.store.SystemView;

class SystemViewsTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    /** Rows of a query, their columns joined by {@code |}. */
    static List<String> rows(LocalConnection connection, String sql, Object... values) {
        return Select.rows(connection, sql, values);
    }

    @Test
    void everyViewCanBeSelectedWithItsColumns() throws Exception {
        try (LocalConnection connection = home.connect()) {
            Expenses.submit(connection, "<expense/>");
            for (SystemView view : SystemView.values()) {
                try (Statement statement = connection.sql().createStatement();
                        ResultSet at = statement.executeQuery(
                                "SELECT * FROM parley." + view.name().toLowerCase())) {
                    List<String> columns = new ArrayList<>();
                    for (int i = 1; i <= at.getMetaData().getColumnCount(); i++) {
                        columns.add(at.getMetaData().getColumnName(i));
                    }
                    assertThat(columns)
                            .as(view.name())
                            .isEqualTo(view.columns().stream()
                                    .map(SystemColumn::name)
                                    .toList());
                    while (at.next()) {
                        for (int i = 1; i <= columns.size(); i++) {
                            at.getObject(i);
                        }
                    }
                }
            }
        }
    }

    @Test
    void endpointsOfADialogThroughItsLife() throws Exception {
        String sides = "SELECT IS_INITIATOR, STATE, STATE_DESC, FAR_SERVICE, SEND_SEQUENCE, RECEIVE_SEQUENCE,"
                + " END_DIALOG_SEQUENCE, PRIORITY FROM PARLEY.CONVERSATION_ENDPOINTS ORDER BY IS_INITIATOR DESC";
        try (LocalConnection connection = home.connect()) {
            Conversation begun = connection.begin(Expenses.dialog());
            assertThat(rows(connection, sides)).containsExactly("1|SO|STARTED_OUTBOUND|" + Expenses.DESK + "|0|0|-1|5");
            begun.send(Expenses.SUBMIT, "<expense/>");
            eventually()
                    .becomes(
                            "both sides",
                            () -> rows(connection, sides),
                            rows -> rows.equals(List.of(
                                    "1|CO|CONVERSING|" + Expenses.DESK + "|1|0|-1|5",
                                    "0|CO|CONVERSING|" + Expenses.CLIENT + "|0|1|-1|5")));
            begun.end();
            eventually()
                    .becomes(
                            "the end",
                            () -> rows(connection, sides),
                            rows -> rows.equals(List.of(
                                    "1|CD|CLOSED|" + Expenses.DESK + "|2|0|1|5",
                                    "0|DI|DISCONNECTED_INBOUND|" + Expenses.CLIENT + "|0|2|1|5")));
            assertThat(rows(
                            connection,
                            "SELECT CLOSED_REASON FROM PARLEY.CONVERSATION_ENDPOINTS WHERE CONVERSATION_HANDLE = ?",
                            begun.handle()))
                    .singleElement()
                    .asString()
                    .endsWith("has not ended.");
        }
    }

    @Test
    void timesAreInUtc() throws Exception {
        try (LocalConnection connection = home.connect()) {
            Conversation begun = connection.begin(Expenses.dialog().lasting(Duration.ofHours(1)));
            begun.timer(Duration.ofMinutes(1));
            String expiry = home.clock().instant().plus(Duration.ofHours(1)).toString();
            String due = home.clock().instant().plus(Duration.ofMinutes(1)).toString();
            assertThat(rows(connection, "SELECT LIFETIME, DIALOG_TIMER FROM PARLEY.CONVERSATION_ENDPOINTS"))
                    .containsExactly(shown(expiry) + "|" + shown(due));
        }
    }

    private static String shown(String instant) {
        String text = instant.replace("T", " ").replace("Z", "");
        return text.contains(".") ? text.replaceAll("0+$", "") : text + ".0";
    }

    @Test
    void onlyWhatIsCommittedIsSeen() throws Exception {
        try (LocalConnection connection = home.connect();
                LocalConnection other = home.connect()) {
            connection.inTransaction(() -> {
                Conversation begun = connection.begin(Expenses.dialog());
                begun.send(Expenses.SUBMIT, "<expense/>");
                for (LocalConnection each : List.of(connection, other)) {
                    assertThat(rows(each, "SELECT STATE FROM PARLEY.CONVERSATION_ENDPOINTS"))
                            .isEmpty();
                    assertThat(rows(each, "SELECT * FROM PARLEY.TRANSMISSION_QUEUE"))
                            .isEmpty();
                    assertThat(rows(each, "SELECT * FROM PARLEY.CONVERSATION_GROUPS"))
                            .isEmpty();
                }
                return null;
            });
            assertThat(rows(other, "SELECT STATE FROM PARLEY.CONVERSATION_ENDPOINTS WHERE IS_INITIATOR = 1"))
                    .containsExactly("CO");
        }
    }

    @Test
    void groupsTellWhoHoldsThem() throws Exception {
        try (LocalConnection connection = home.connect();
                LocalConnection other = home.connect()) {
            Conversation begun = Expenses.submit(connection, "<expense/>");
            String holder = "SELECT HELD_BY FROM PARLEY.CONVERSATION_GROUPS WHERE CONVERSATION_GROUP_ID = '"
                    + begun.groupId() + "'";
            eventually().becomes("free", () -> rows(other, holder), rows -> rows.equals(List.of("-")));
            connection.inTransaction(() -> {
                begun.send(Expenses.NOTE, "more");
                assertThat(rows(other, holder)).singleElement().isNotEqualTo("-");
                return null;
            });
        }
    }

    @Test
    void whatWaitsForItsServiceIsInTheTransmissionQueue() throws Exception {
        try (LocalConnection connection = home.connect()) {
            Conversation begun =
                    connection.begin(Dialog.between(Expenses.CLIENT, "//nobody").on(Expenses.CONTRACT));
            byte[] large = new byte[100_000];
            Arrays.fill(large, (byte) 'x');
            begun.send(Expenses.NOTE, "small".getBytes());
            begun.send(Expenses.NOTE, large);
            assertThat(rows(
                            connection,
                            "SELECT CONVERSATION_HANDLE, TO_SERVICE_NAME, FROM_SERVICE_NAME, MESSAGE_SEQUENCE_NUMBER,"
                                    + " MESSAGE_TYPE_NAME, IS_CONVERSATION_ERROR, IS_END_OF_DIALOG, PRIORITY"
                                    + " FROM PARLEY.TRANSMISSION_QUEUE ORDER BY MESSAGE_SEQUENCE_NUMBER"))
                    .containsExactly(
                            begun.handle() + "|//nobody|" + Expenses.CLIENT + "|0|" + Expenses.NOTE + "|0|0|5",
                            begun.handle() + "|//nobody|" + Expenses.CLIENT + "|1|" + Expenses.NOTE + "|0|0|5");
            assertThat(rows(
                            connection,
                            "SELECT LENGTH(MESSAGE_BODY), SUBSTR(TRANSMISSION_STATUS, 1, 5)"
                                    + " FROM PARLEY.TRANSMISSION_QUEUE ORDER BY MESSAGE_SEQUENCE_NUMBER"))
                    .containsExactly("5|9796:", "100000|9796:");
            assertThat(rows(connection, "VALUES PARLEY.GET_TRANSMISSION_STATUS('" + begun.handle() + "')"))
                    .singleElement()
                    .asString()
                    .startsWith("9796: ");
            connection
                    .catalog()
                    .define("CREATE QUEUE Q; CREATE SERVICE [//nobody] ON QUEUE Q ([" + Expenses.CONTRACT + "]);");
            eventually()
                    .becomes(
                            "delivered",
                            () -> rows(connection, "SELECT * FROM PARLEY.TRANSMISSION_QUEUE"),
                            List::isEmpty);
            assertThat(rows(connection, "VALUES PARLEY.GET_TRANSMISSION_STATUS('" + begun.handle() + "')"))
                    .containsExactly("");
        }
    }

    @Test
    void handleThatIsNoneIsRefused() {
        try (LocalConnection connection = home.connect()) {
            assertThatThrownBy(() -> connection
                            .sql()
                            .createStatement()
                            .executeQuery("VALUES PARLEY.GET_TRANSMISSION_STATUS('x')")
                            .next())
                    .hasStackTraceContaining("'x' is no conversation handle");
        }
    }

    @Test
    void definitions() {
        try (LocalConnection connection = home.connect()) {
            assertThat(rows(
                            connection,
                            "SELECT S.NAME, Q.NAME, Q.IS_RECEIVE_ENABLED, Q.TYPE FROM PARLEY.SERVICES S"
                                    + " JOIN PARLEY.SERVICE_QUEUE_USAGES U ON U.SERVICE_ID = S.SERVICE_ID"
                                    + " JOIN PARLEY.SERVICE_QUEUES Q ON Q.OBJECT_ID = U.SERVICE_QUEUE_ID"
                                    + " WHERE S.SERVICE_ID > 65535 ORDER BY S.NAME"))
                    .containsExactly(
                            Expenses.CLIENT + "|" + Expenses.CLIENT_QUEUE + "|1|SQ",
                            Expenses.DESK + "|" + Expenses.DESK_QUEUE + "|1|SQ");
            assertThat(rows(
                            connection,
                            "SELECT M.NAME, M.VALIDATION, M.VALIDATION_DESC, U.IS_SENT_BY_INITIATOR,"
                                    + " U.IS_SENT_BY_TARGET FROM PARLEY.SERVICE_CONTRACTS C"
                                    + " JOIN PARLEY.SERVICE_CONTRACT_MESSAGE_USAGES U"
                                    + " ON U.SERVICE_CONTRACT_ID = C.SERVICE_CONTRACT_ID"
                                    + " JOIN PARLEY.SERVICE_MESSAGE_TYPES M ON M.MESSAGE_TYPE_ID = U.MESSAGE_TYPE_ID"
                                    + " WHERE C.NAME = ? ORDER BY M.NAME",
                            Expenses.CONTRACT))
                    .containsExactly(
                            Expenses.ANSWER + "|E|EMPTY|0|1",
                            Expenses.NOTE + "|N|NONE|1|1",
                            Expenses.SUBMIT + "|X|XML|1|0");
            assertThat(rows(
                            connection,
                            "SELECT COUNT(*) FROM PARLEY.SERVICE_CONTRACT_USAGES U JOIN PARLEY.SERVICES S"
                                    + " ON S.SERVICE_ID = U.SERVICE_ID WHERE S.NAME = ?",
                            Expenses.DESK))
                    .containsExactly("1");
            assertThat(rows(
                            connection,
                            "SELECT MAX(MESSAGE_TYPE_ID) FROM PARLEY.SERVICE_MESSAGE_TYPES"
                                    + " WHERE NAME LIKE 'http:%'"))
                    .containsExactly("13");
        }
    }

    @Test
    void viewsDontWaitForWhatOthersHaveLocked() throws Exception {
        try (LocalConnection connection = home.connect();
                LocalConnection other = home.connect()) {
            Conversation begun =
                    connection.begin(Dialog.between(Expenses.CLIENT, "//nobody").on(Expenses.CONTRACT));
            begun.send(Expenses.NOTE, "one".getBytes());
            connection.inTransaction(() -> {
                begun.send(Expenses.NOTE, "two".getBytes());
                begun.cleanup();
                // ended, but not committed: its row is locked, its end not true yet
                assertThat(rows(other, "SELECT STATE FROM PARLEY.CONVERSATION_ENDPOINTS"))
                        .containsExactly("CO");
                rows(other, "SELECT * FROM PARLEY.TRANSMISSION_QUEUE");
                return null;
            });
            assertThat(rows(other, "SELECT * FROM PARLEY.TRANSMISSION_QUEUE")).isEmpty();
        }
    }

    @Test
    void viewsCantBeChanged() {
        try (LocalConnection connection = home.connect()) {
            for (String sql : List.of(
                    "DELETE FROM PARLEY.CONVERSATION_ENDPOINTS",
                    "UPDATE PARLEY.SERVICES SET NAME = 'x'",
                    "INSERT INTO PARLEY.SERVICE_QUEUE_USAGES VALUES (1, 2)",
                    "DROP VIEW PARLEY.SERVICES")) {
                assertThatThrownBy(() -> connection.sql().createStatement().execute(sql))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getErrorCode()).isEqualTo(ErrorNumbers.NOT_ALLOWED_IN_SQL));
            }
        }
    }

    @Test
    void viewsAreThereAfterARestartAndInTheBranchOfReceive() throws Exception {
        try (LocalConnection connection = home.connect()) {
            Expenses.submit(connection, "<expense/>");
        }
        home.restart();
        try (LocalConnection connection = home.connect()) {
            connection.inTransaction(() -> {
                assertThat(connection.receive(Receive.from(Expenses.DESK_QUEUE)))
                        .hasSize(1);
                assertThat(rows(connection, "SELECT STATE FROM PARLEY.CONVERSATION_ENDPOINTS"))
                        .containsExactly("CO", "CO");
                return null;
            });
        }
    }
}
