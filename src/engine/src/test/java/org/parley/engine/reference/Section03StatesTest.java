package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.Message;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;

/**
 * The states of an endpoint and what changes them; service-broker.md, section 3. The machine itself, event by event, is in
 * {@link org.parley.engine.conversation.EndpointMachineTest}; closed rows between databases are in
 * {@link Section04TransportTest}.
 */
class Section03StatesTest extends ExpenseDialogs {

    /** Rows are statements, columns states; a cell is the state afterwards, "none" for no row, or the error. */
    private static final String TABLE = """
            statement | SO   | CO   | DI   | ER   | CD
            send      | CO   | CO   | 8429 | 8429 | 8429
            receive   | SO   | CO   | DI   | ER   | CD
            end       | none | CD   | none | none | 8427
            error     | none | CD   | none | none | 8427
            cleanup   | none | none | none | none | CD
            timer     | SO   | CO   | DI   | ER   | 8458
            move      | SO   | CO   | DI   | ER   | 8438
            """;

    private static final List<String> STATES = row(TABLE.lines().findFirst().orElseThrow());

    private static List<String> row(String line) {
        List<String> cells = Stream.of(line.split("\\|")).map(String::strip).toList();
        return cells.subList(1, cells.size());
    }

    /** Each statement in each state that two sides in one database can be in. */
    @ParameterizedTest
    @ValueSource(strings = {"send", "receive", "end", "error", "cleanup", "timer", "move"})
    void statementsInEachState(String statement) throws Exception {
        List<String> expected = row(TABLE.lines()
                .filter(line -> line.startsWith(statement))
                .findFirst()
                .orElseThrow());
        for (int i = 0; i < STATES.size(); i++) {
            judge(statement, STATES.get(i), expected.get(i));
        }
    }

    private void judge(String statement, String state, String expected) throws Exception {
        String what = statement + " in " + state;
        Conversation side = in(state);
        assertThat(side.state().code()).isEqualTo(state);
        if (expected.matches("\\d+")) {
            BrokerException error = Failing.with(Integer.parseInt(expected), () -> run(statement, side));
            assertThat(error).as(what).hasMessageContaining(state);
            assertThat(side.state().code()).as(what).isEqualTo(state);
            return;
        }
        run(statement, side);
        List<String> left = client.endpoints().stream()
                .filter(each -> each.handle().equals(side.handle()))
                .map(each -> each.state().code())
                .toList();
        assertThat(left).as(what).isEqualTo(expected.equals("none") ? List.of() : List.of(expected));
    }

    private Conversation in(String state) throws Exception {
        if (state.equals("SO")) {
            return client.begin(Expenses.dialog());
        }
        Conversation side = submitted("<a/>");
        switch (state) {
            case "DI" -> far(side).end();
            case "ER" -> far(side).endWithError(1, "x");
            case "CD" -> side.end();
            default -> {}
        }
        return side;
    }

    private void run(String statement, Conversation side) throws Exception {
        switch (statement) {
            case "send" -> side.send(Expenses.NOTE, "x");
            case "receive" -> client.receive(HERE);
            case "end" -> side.end();
            case "error" -> side.endWithError(2, "two");
            case "cleanup" -> side.cleanup();
            case "timer" -> side.timer(MINUTE);
            case "move" -> side.moveTo(submitted("<other/>").groupId());
            default -> throw new AssertionError(statement);
        }
    }

    @Test
    void beginMakesStartedOutboundAndTheFirstSendConverses() {
        Conversation open = client.begin(Expenses.dialog());
        assertThat(states()).containsExactly(ConversationState.STARTED_OUTBOUND);
        open.send(Expenses.SUBMIT, "<a/>");
        assertThat(states()).containsExactly(ConversationState.CONVERSING, ConversationState.CONVERSING);
    }

    /** Neither EndDialog nor Error may be the first message: the target never hears of the dialog. */
    @Test
    void whatWasNeverSentIsEndedWithoutTheTarget() {
        client.begin(Expenses.dialog()).end();
        client.begin(Expenses.dialog()).endWithError(1, "x");
        client.begin(Expenses.dialog()).cleanup();
        home.awaitNothingLeft();
        assertThat(desk.receive(THERE)).isEmpty();
    }

    @Test
    void theLifetimeFailsEverySideThatHasNotEnded() throws Exception {
        Conversation unsent = client.begin(Expenses.dialog().lasting(MINUTE));
        Conversation open = submitted(MINUTE);
        Conversation left = submitted(MINUTE);
        far(left).end();
        Conversation ended = submitted(MINUTE);
        ended.end();
        home.clock().advance(MINUTE);
        for (Conversation each : List.of(unsent, open, left)) {
            eventually().becomes("state", () -> stateOf(each.handle()), state -> state == ConversationState.ERROR);
            assertThat(codes(client.receive(HERE_SOON.ofConversation(each.handle()))))
                    .containsExactly(-8489);
        }
        assertThat(client.receive(HERE)).isEmpty();
        assertThat(stateOf(ended.handle())).isEqualTo(ConversationState.CLOSED);
        endAll();
    }

    @Test
    void theTimerChangesNoState() throws Exception {
        List<Conversation> all = new ArrayList<>();
        for (String state : List.of("SO", "CO", "DI", "ER")) {
            Conversation side = in(state);
            side.timer(MINUTE);
            all.add(side);
        }
        home.clock().advance(MINUTE);
        for (Conversation side : all) {
            String state = side.state().code();
            List<Message> received =
                    client.receive(HERE_SOON.ofConversation(side.handle()).top(1));
            assertThat(received).singleElement().matches(Message::isTimer);
            assertThat(side.state().code()).isEqualTo(state);
        }
        endAll();
    }

    @Test
    void afterAnEndMessagesCanBeReceivedInTheirOrder() throws Exception {
        Conversation open = submitted("<a/>");
        open.send(Expenses.NOTE, "b");
        open.end();
        assertThat(types(desk.receive(THERE.top(1)))).containsExactly(Expenses.SUBMIT);
        assertThat(texts(desk.receive(THERE.top(1)))).containsExactly("b");
        assertThat(desk.receive(THERE.top(1))).singleElement().matches(Message::isEndDialog);
    }

    @Test
    void anErrorStandsBeforeTheMessagesThatCanStillBeRead() throws Exception {
        Conversation open = submitted("<a/>");
        open.endWithError(8, "eight");
        List<Message> received = desk.receive(THERE);
        assertThat(received).extracting(Message::isError).containsExactly(true, false);
    }

    @Test
    void endWhileConversingDeletesWhatWaitsHereAndTellsTheOther() throws Exception {
        Conversation open = submitted("<a/>");
        far(open).send(Expenses.NOTE, "unread");
        open.end();
        assertThat(client.receive(HERE)).isEmpty();
        assertThat(desk.receive(THERE)).extracting(Message::isEndDialog).containsExactly(false, true);
        assertThat(states()).containsExactly(ConversationState.CLOSED, ConversationState.DISCONNECTED_INBOUND);
    }

    /** Section 3.3, as seen in one instance: the target ends first, then the initiator. */
    @Test
    void aTargetThatEndsFirstIsClosedAtOnceAndGoesWithTheInitiator() throws Exception {
        Conversation open = submitted("<a/>");
        far(open).end();
        assertThat(states()).containsExactly(ConversationState.DISCONNECTED_INBOUND, ConversationState.CLOSED);
        open.end();
        home.awaitNothingLeft();
    }

    @Test
    void cleanupInEachStateTellsNobody() throws Exception {
        for (String state : Arrays.asList("SO", "CO", "DI", "ER")) {
            Conversation side = in(state);
            boolean alone = state.equals("SO");
            side.cleanup();
            Failing.with(8426, side::state);
            assertThat(desk.receive(THERE)).hasSize(alone ? 0 : state.equals("CO") ? 1 : 0);
            endAll();
        }
    }

    /** The machine has named every state; none but these can be seen. */
    @Test
    void statesHaveTheDocumentedNames() {
        assertThat(ConversationState.values())
                .extracting(state -> state.code() + " " + state)
                .containsExactlyInAnyOrder(
                        "SO STARTED_OUTBOUND",
                        "SI STARTED_INBOUND",
                        "CO CONVERSING",
                        "DI DISCONNECTED_INBOUND",
                        "DO DISCONNECTED_OUTBOUND",
                        "ER ERROR",
                        "CD CLOSED");
    }

    /** Time doesn't end a dialog that has no lifetime of its own. */
    @Test
    void nothingChangesBecauseTimePasses() throws Exception {
        submitted("<a/>");
        home.clock().advance(Duration.ofDays(10_000));
        assertThat(states()).containsExactly(ConversationState.CONVERSING, ConversationState.CONVERSING);
    }
}
