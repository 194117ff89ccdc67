package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.ASKER;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.routing.TwoDatabases;

/**
 * Checks at the receiving side when the two databases define things differently; service-broker.md, sections 10 and 10.4.
 * None of them fails a SEND: the conversation fails, at both sides when both know of it.
 */
class Section10BetweenDatabasesTest {

    private static final String TYPES = """
            CREATE MESSAGE TYPE [//first] VALIDATION = NONE;
            CREATE MESSAGE TYPE [//then] VALIDATION = %s;
            """;

    @RegisterExtension
    final TwoDatabases two = new TwoDatabases();

    private Conversation begun;

    /** Each side has its own definitions; the asker begins, and sends a first message that both know. */
    private Message begin(String here, String there) throws Exception {
        two.asking().catalog().define(TYPES.formatted("NONE") + here);
        two.answering().catalog().define(there + "CREATE SERVICE [//different] ON QUEUE Questions ([//differing]);");
        begun = two.asking().begin(Dialog.between(ASKER, "//different").on("//differing"));
        begun.send("//first", "x");
        return receive(two.answering(), "Questions", 1).get(0);
    }

    private static String contract(String types) {
        return "CREATE CONTRACT [//differing] (" + types + ");";
    }

    /** The sender hears one number, the side that judged the same or its counterpart; both can only end. */
    private void fails(LocalConnection sender, String queue, int code) {
        Message error = receive(sender, queue, 1).get(0);
        assertThat(error.error().code()).isEqualTo(code);
        for (LocalConnection each : List.of(two.asking(), two.answering())) {
            eventually()
                    .holds(
                            each.database() + " to fail",
                            () -> each.endpoints().stream()
                                    .allMatch(side -> side.state().code().equals("ER")));
            each.endpoints().forEach(side -> each.conversation(side.handle()).end());
        }
        eventually().holds("nothing to be left", () -> {
            two.clock().advance(Duration.ofSeconds(4));
            return two.answering().endpoints().isEmpty();
        });
        two.awaitNothingLeft();
    }

    @Test
    void aTypeThatIsUnknownThere() throws Exception {
        begin(
                contract("[//first] SENT BY ANY, [//then] SENT BY ANY"),
                "CREATE MESSAGE TYPE [//first] VALIDATION = NONE;" + contract("[//first] SENT BY ANY"));
        begun.send("//then", "x");
        fails(two.asking(), "Answers", -8428);
    }

    @Test
    void aTypeThatIsNotInTheContractThere() throws Exception {
        begin(
                contract("[//first] SENT BY ANY, [//then] SENT BY ANY"),
                TYPES.formatted("NONE") + contract("[//first] SENT BY ANY"));
        begun.send("//then", "x");
        fails(two.asking(), "Answers", -8498);
    }

    @Test
    void aTypeThatOnlyTheTargetMaySendThere() throws Exception {
        begin(
                contract("[//first] SENT BY ANY, [//then] SENT BY ANY"),
                TYPES.formatted("NONE") + contract("[//first] SENT BY ANY, [//then] SENT BY TARGET"));
        begun.send("//then", "x");
        fails(two.asking(), "Answers", -8457);
    }

    @Test
    void aTypeThatOnlyTheInitiatorMaySendHere() throws Exception {
        Message first = begin(
                contract("[//first] SENT BY ANY, [//then] SENT BY INITIATOR"),
                TYPES.formatted("NONE") + contract("[//first] SENT BY ANY, [//then] SENT BY ANY"));
        two.answering().conversation(first.conversationHandle()).send("//then", "x");
        fails(two.answering(), "Questions", -8437);
    }

    @Test
    void aBodyWhereThereMustBeNoneThere() throws Exception {
        begin(
                contract("[//first] SENT BY ANY, [//then] SENT BY ANY"),
                TYPES.formatted("EMPTY") + contract("[//first] SENT BY ANY, [//then] SENT BY ANY"));
        begun.send("//then", "x");
        fails(two.asking(), "Answers", -8430);
    }

    /** What is about availability is silent and tried again; what is about definitions is told. */
    @Test
    void whatIsNotAvailableWaitsAndWhatIsNotAllowedFails() throws Exception {
        two.answering().catalog().setBrokerEnabled(false);
        Conversation waits = TwoDatabases.ask(two.asking(), "?");
        eventually()
                .becomes(
                        "status",
                        () -> two.asking().transmissionStatus(waits.handle()),
                        status -> status.startsWith("28013: "));
        assertThat(waits.state().code()).isEqualTo("CO");
        two.answering().catalog().setBrokerEnabled(true);
        assertThat(receive(two.answering(), "Questions", 1)).hasSize(1);
    }
}
