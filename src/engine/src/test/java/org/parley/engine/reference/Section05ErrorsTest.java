package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.Receive;
import org.parley.SystemMessageTypes;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;

/**
 * Errors of the conversation statements, service-broker.md sections 5.1 to 5.7: the documented number, and nothing has
 * changed, also when the transaction around it is committed.
 */
class Section05ErrorsTest extends ExpenseDialogs {

    private static final UUID UNKNOWN = new UUID(1, 2);
    private static final Duration NOT = Duration.ZERO;

    private Conversation begun;
    private Conversation open;
    private Conversation answered;
    private Conversation ended;
    private Conversation farEnded;
    private Conversation failed;
    private UUID gone;
    private UUID cleaned;

    /** One conversation in each state. */
    @BeforeEach
    void oneInEachState() throws Exception {
        begun = client.begin(Expenses.dialog().lasting(Duration.ofHours(1)));
        open = Expenses.submit(client, "<open/>");
        answered = desk.conversation(farOf(open));
        farEnded = Expenses.submit(client, "<far-ended/>");
        desk.conversation(farOf(farEnded)).end();
        failed = Expenses.submit(client, "<failed/>");
        desk.conversation(farOf(failed)).endWithError(1, "no");
        ended = Expenses.submit(client, "<ended/>");
        ended.end();
        Conversation both = Expenses.submit(client, "<gone/>");
        gone = both.handle();
        UUID other = farOf(both);
        both.end();
        desk.conversation(other).end();
        Conversation cleanedUp = Expenses.submit(client, "<cleaned/>");
        cleaned = cleanedUp.handle();
        cleanedUp.cleanup();
        eventually().holds("the engine to be done", () -> home.rows().get("ENDPOINTS") == 11);
    }

    @Test
    void begin() {
        Dialog dialog = Expenses.dialog();
        Map<String, Wrong> wrong = new LinkedHashMap<>();
        wrong.put("no service", new Wrong(8421, () -> Dialog.between(null, Expenses.DESK)));
        wrong.put("empty service", new Wrong(8421, () -> Dialog.between("", Expenses.DESK)));
        wrong.put("no target", new Wrong(8412, () -> Dialog.between(Expenses.CLIENT, null)));
        wrong.put("long target", new Wrong(8412, () -> client.begin(Dialog.between(Expenses.CLIENT, "x".repeat(257)))));
        wrong.put("no contract", new Wrong(8417, () -> dialog.on(null)));
        wrong.put("service", new Wrong(8423, () -> client.begin(Dialog.between("//nobody", Expenses.DESK))));
        wrong.put(
                "letter case",
                new Wrong(8423, () -> client.begin(Dialog.between(Expenses.CLIENT.toLowerCase(), Expenses.DESK))));
        wrong.put("contract", new Wrong(8425, () -> client.begin(dialog.on("//nothing"))));
        wrong.put("related", new Wrong(8426, () -> client.begin(dialog.relatedTo(UNKNOWN))));
        wrong.put("related to gone", new Wrong(8426, () -> client.begin(dialog.relatedTo(gone))));
        wrong.put("related to cleaned", new Wrong(8426, () -> client.begin(dialog.relatedTo(cleaned))));
        wrong.put("related to far", new Wrong(9610, () -> client.begin(dialog.relatedTo(answered.handle()))));
        wrong.put("group", new Wrong(9610, () -> client.begin(dialog.inGroup(answered.groupId()))));
        for (Duration lifetime : List.of(
                NOT, Duration.ofMillis(999), Duration.ofSeconds(-1), Duration.ofSeconds(1L + Integer.MAX_VALUE))) {
            wrong.put("lifetime " + lifetime, new Wrong(8411, () -> client.begin(dialog.lasting(lifetime))));
        }
        judge(wrong);
        client.begin(Dialog.between(Expenses.CLIENT, "x".repeat(256)).lasting(Duration.ofSeconds(Integer.MAX_VALUE)));
    }

    @Test
    void send() {
        Map<String, Wrong> wrong = new LinkedHashMap<>();
        wrong.put("no handle", new Wrong(8418, () -> client.conversation(null)));
        wrong.put("handle", new Wrong(8426, () -> client.conversation(UNKNOWN).send(Expenses.NOTE)));
        wrong.put("gone", new Wrong(8426, () -> client.conversation(gone).send(Expenses.NOTE)));
        wrong.put("cleaned", new Wrong(8426, () -> client.conversation(cleaned).send(Expenses.NOTE)));
        wrong.put("type", new Wrong(8428, () -> open.send("//nothing")));
        wrong.put("no type", new Wrong(8428, () -> open.send(null)));
        wrong.put("letter case", new Wrong(8428, () -> open.send(Expenses.NOTE.toUpperCase())));
        wrong.put("contract", new Wrong(8431, () -> open.send(SystemMessageTypes.DEFAULT)));
        wrong.put("system type", new Wrong(8431, () -> open.send(SystemMessageTypes.END_DIALOG)));
        wrong.put("target's type", new Wrong(8432, () -> open.send(Expenses.ANSWER)));
        wrong.put("initiator's type", new Wrong(8434, () -> answered.send(Expenses.SUBMIT, "<a/>")));
        for (Conversation over : List.of(farEnded, failed, ended)) {
            wrong.put("in state " + over.state(), new Wrong(8429, () -> over.send(Expenses.NOTE)));
        }
        judge(wrong);
    }

    /** All or nothing: the good handles before the wrong one have not sent either. */
    @Test
    void sendOnSeveral() {
        Map<String, Wrong> wrong = new LinkedHashMap<>();
        wrong.put("missing", new Wrong(8441, () -> sendOn(open.handle(), null)));
        wrong.put("unknown", new Wrong(8435, () -> sendOn(open.handle(), UNKNOWN)));
        wrong.put("cleaned", new Wrong(8435, () -> sendOn(open.handle(), cleaned)));
        wrong.put("twice", new Wrong(8451, () -> sendOn(open.handle(), begun.handle(), open.handle())));
        wrong.put("state", new Wrong(8429, () -> sendOn(open.handle(), begun.handle(), ended.handle())));
        wrong.put(
                "type",
                new Wrong(
                        8432,
                        () -> client.send(List.of(answered.handle(), open.handle()), Expenses.ANSWER, new byte[0])));
        judge(wrong);
        assertThat(begun.state().code()).isEqualTo("SO");
    }

    private void sendOn(UUID... handles) {
        client.send(Arrays.asList(handles), Expenses.NOTE, new byte[] {1});
    }

    @Test
    void receive() {
        desk.catalog().define("CREATE QUEUE OffQueue WITH STATUS = OFF");
        Receive here = Receive.from(Expenses.CLIENT_QUEUE);
        Map<String, Wrong> wrong = new LinkedHashMap<>();
        wrong.put("queue", new Wrong(208, () -> client.receive(Receive.from("NoQueue"))));
        wrong.put("no queue", new Wrong(208, () -> Receive.from(null)));
        wrong.put("top", new Wrong(1060, () -> here.top(0)));
        wrong.put("both", new Wrong(102, () -> new Receive("Q", 1, UNKNOWN, UNKNOWN, NOT, false)));
        wrong.put("off", new Wrong(9617, () -> client.receive(Receive.from("OffQueue"))));
        wrong.put(
                "off, waiting",
                new Wrong(9617, () -> client.receive(Receive.from("OffQueue").waiting(null))));
        wrong.put("handle", new Wrong(8426, () -> client.receive(here.ofConversation(UNKNOWN))));
        wrong.put("gone", new Wrong(8426, () -> client.receive(here.ofConversation(gone))));
        wrong.put("cleaned", new Wrong(8426, () -> client.receive(here.ofConversation(cleaned))));
        wrong.put("other queue", new Wrong(8426, () -> client.receive(here.ofConversation(answered.handle()))));
        wrong.put("group", new Wrong(8436, () -> client.receive(here.ofGroup(UNKNOWN))));
        wrong.put("other's group", new Wrong(8436, () -> client.receive(here.ofGroup(answered.groupId()))));
        wrong.put("get group", new Wrong(208, () -> client.getConversationGroup("NoQueue", NOT)));
        wrong.put("get group, off", new Wrong(9617, () -> client.getConversationGroup("OffQueue", NOT)));
        judge(wrong);
    }

    @Test
    void end() {
        Map<String, Wrong> wrong = new LinkedHashMap<>();
        for (UUID handle : List.of(UNKNOWN, gone, cleaned)) {
            Conversation unknown = client.conversation(handle);
            wrong.put("end " + handle, new Wrong(8426, unknown::end));
            wrong.put("error " + handle, new Wrong(8426, () -> unknown.endWithError(1, "x")));
            wrong.put("cleanup " + handle, new Wrong(8426, unknown::cleanup));
            wrong.put("state " + handle, new Wrong(8426, unknown::state));
            wrong.put("group " + handle, new Wrong(8426, unknown::groupId));
            wrong.put("id " + handle, new Wrong(8426, unknown::conversationId));
        }
        wrong.put("again", new Wrong(8427, ended::end));
        wrong.put("again, error", new Wrong(8427, () -> ended.endWithError(1, "x")));
        for (int code : new int[] {0, -1, Integer.MIN_VALUE}) {
            wrong.put("code " + code, new Wrong(8422, () -> open.endWithError(code, "x")));
        }
        for (String text : Arrays.asList(null, "", "x".repeat(3001))) {
            wrong.put("text " + text, new Wrong(8422, () -> open.endWithError(1, text)));
        }
        judge(wrong);
        open.endWithError(Integer.MAX_VALUE, "x".repeat(3000));
    }

    @Test
    void timer() {
        Map<String, Wrong> wrong = new LinkedHashMap<>();
        Duration second = Duration.ofSeconds(1);
        for (UUID handle : List.of(UNKNOWN, gone, cleaned)) {
            wrong.put(
                    "handle " + handle,
                    new Wrong(8426, () -> client.conversation(handle).timer(second)));
        }
        wrong.put("state", new Wrong(8458, () -> ended.timer(second)));
        for (Duration given : Arrays.asList(null, NOT, Duration.ofMillis(999), Duration.ofSeconds(-5))) {
            wrong.put("timer " + given, new Wrong(8410, () -> open.timer(given)));
        }
        wrong.put(
                "lifetime",
                new Wrong(8410, () -> begun.timer(Duration.ofHours(1).plusSeconds(1))));
        judge(wrong);
        begun.timer(Duration.ofHours(1));
        farEnded.timer(second);
        failed.timer(second);
    }

    private record Wrong(int number, ThrowingCallable call) {}

    /** Each alone, then all in one transaction that goes on and is committed. */
    private void judge(Map<String, Wrong> calls) {
        List<String> before = home.dump();
        List<?> shown = client.endpoints();
        calls.forEach((name, wrong) -> {
            fails(name, wrong);
            client.begin();
            fails(name, wrong);
            client.commit();
            assertThat(home.dump()).as(name).isEqualTo(before);
        });
        assertThat(client.endpoints()).isEqualTo(shown);
    }

    private static void fails(String name, Wrong wrong) {
        try {
            Failing.with(wrong.number(), wrong.call());
        } catch (AssertionError e) {
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
    }
}
