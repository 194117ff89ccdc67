package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;

/** DISABLE_BROKER and ENABLE_BROKER for dialogs inside one database; service-broker.md, sections 1.1 and 17, rule 11. */
class Section17DisableBrokerTest {

    private static final Receive HERE = Receive.from(Expenses.CLIENT_QUEUE);
    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private LocalConnection client;
    private LocalConnection desk;
    private Conversation submission;
    private UUID answer;

    @BeforeEach
    void aDialogIsThere() throws Exception {
        connect();
        submission = Expenses.submit(client, "<a/>");
        answer = desk.receive(THERE).get(0).conversationHandle();
    }

    private void connect() {
        client = home.connect();
        desk = home.connect();
    }

    private void restart() {
        home.restart();
        connect();
        submission = client.conversation(submission.handle());
    }

    private void turn(boolean on) {
        client.catalog().define("ALTER DATABASE CURRENT SET " + (on ? "ENABLE_BROKER" : "DISABLE_BROKER"));
    }

    private List<String> receive(LocalConnection connection, Receive from, int messages) {
        List<Message> all = new ArrayList<>();
        eventually()
                .becomes(
                        messages + " messages in " + from.queue(),
                        () -> {
                            all.addAll(connection.receive(from));
                            return all.size();
                        },
                        size -> size >= messages);
        return all.stream()
                .map(message -> message.isEndDialog() ? "end" : message.isError() ? "error" : message.text())
                .toList();
    }

    private List<String> waiting() throws Exception {
        List<String> rows = new ArrayList<>();
        try (Statement statement = client.sql().createStatement();
                ResultSet at = statement.executeQuery(
                        "SELECT TRANSMISSION_STATUS, MESSAGE_SEQUENCE_NUMBER FROM PARLEY.TRANSMISSION_QUEUE")) {
            while (at.next()) {
                rows.add(at.getString(1).substring(0, 4) + " " + at.getLong(2));
            }
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everythingSentWaitsAndArrivesInOrder(boolean restarts) throws Exception {
        submission.send(Expenses.NOTE, "before");
        turn(false);
        submission.send(Expenses.NOTE, "1");
        desk.conversation(answer).send(Expenses.NOTE, "reply");
        if (restarts) {
            restart();
        }
        submission.send(Expenses.NOTE, "2");
        assertThat(waiting()).containsExactlyInAnyOrder("9791 2", "9791 3", "9791 0");
        assertThat(submission.state()).isEqualTo(ConversationState.CONVERSING);
        assertThat(client.transmissionStatus(submission.handle())).startsWith("9791");
        assertThat(client.receive(HERE)).isEmpty();
        assertThat(home.parley().server().health().reasons()).anyMatch(reason -> reason.contains("ENABLE_BROKER"));
        turn(true);
        assertThat(receive(desk, THERE, 3)).containsExactly("before", "1", "2");
        desk.conversation(answer).end();
        assertThat(receive(client, HERE, 2)).containsExactly("reply", "end");
        assertThat(submission.state()).isEqualTo(ConversationState.DISCONNECTED_INBOUND);
        submission.end();
        home.awaitNothingLeft();
        assertThat(waiting()).isEmpty();
    }

    @Test
    void whatWasThereCanBeReceivedAndIsGoneThen() throws Exception {
        submission.send(Expenses.NOTE, "before");
        turn(false);
        submission.send(Expenses.NOTE, "after");
        assertThat(desk.receive(THERE)).extracting(Message::text).containsExactly("before");
        restart();
        assertThat(desk.receive(THERE)).isEmpty();
        turn(true);
        assertThat(receive(desk, THERE, 1)).containsExactly("after");
    }

    @Test
    void firstMessagesWaitToo() throws Exception {
        turn(false);
        Conversation second = Expenses.submit(client, "<b/>");
        eventually()
                .becomes(
                        "status",
                        () -> client.transmissionStatus(second.handle()),
                        status -> status.startsWith("9791"));
        assertThat(desk.receive(THERE)).isEmpty();
        turn(true);
        assertThat(receive(desk, THERE, 1)).containsExactly("<b/>");
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, false", "true, true, false", "true, false, true", "true, true, true",
        "false, false, false", "false, true, false", "false, false, true", "false, true, true",
    })
    void bothSidesMayEndMeanwhileAndNothingIsLeft(boolean clientFirst, boolean withError, boolean restarts)
            throws Exception {
        turn(false);
        submission.send(Expenses.NOTE, "1");
        desk.conversation(answer).send(Expenses.NOTE, "2");
        end(clientFirst ? submission : desk.conversation(answer), withError);
        if (restarts) {
            restart();
        }
        end(clientFirst ? desk.conversation(answer) : submission, withError);
        turn(true);
        home.awaitNothingLeft();
    }

    private static void end(Conversation conversation, boolean withError) {
        if (withError) {
            conversation.endWithError(7, "enough");
        } else {
            conversation.end();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anErrorWaitsAndOvertakesWhatWasUnread(boolean restarts) throws Exception {
        submission.send(Expenses.NOTE, "unread");
        turn(false);
        submission.endWithError(7, "enough");
        if (restarts) {
            restart();
        }
        assertThat(desk.conversation(answer).state()).isEqualTo(ConversationState.CONVERSING);
        turn(true);
        eventually()
                .becomes("state", () -> desk.conversation(answer).state(), state -> state == ConversationState.ERROR);
        assertThat(receive(desk, THERE, 2)).containsExactly("error", "unread");
        desk.conversation(answer).end();
        home.awaitNothingLeft();
    }

    @Test
    void oneSideEndsAndTheOtherHearsSoWhenDeliveryIsOn() throws Exception {
        turn(false);
        submission.end();
        assertThat(client.endpoints(submission.conversationId()).get(0).state())
                .isEqualTo(ConversationState.DISCONNECTED_OUTBOUND);
        turn(true);
        assertThat(receive(desk, THERE, 1)).containsExactly("end");
        desk.conversation(answer).end();
        home.awaitNothingLeft();
    }

    @Test
    void aTransactionThatIsRolledBackSendsNothing() throws Exception {
        turn(false);
        client.begin();
        submission.send(Expenses.NOTE, "never");
        client.rollback();
        submission.send(Expenses.NOTE, "once");
        turn(true);
        assertThat(receive(desk, THERE, 1)).containsExactly("once");
    }
}
