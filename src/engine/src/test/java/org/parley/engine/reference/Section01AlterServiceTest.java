package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;

/** ALTER SERVICE; service-broker.md, sections 1.6 and 5.3. */
class Section01AlterServiceTest {

    private static final Receive OLD = Receive.from(Expenses.DESK_QUEUE);
    private static final Receive NEW = Receive.from("NewDesk");
    private static final String MOVE = "CREATE QUEUE NewDesk; ALTER SERVICE [" + Expenses.DESK + "] ON QUEUE NewDesk";

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome(config -> config.withLockTimeout(Duration.ofSeconds(2)));

    private LocalConnection client;
    private LocalConnection desk;

    @BeforeEach
    void connect() {
        client = home.connect();
        desk = home.connect();
    }

    @Test
    void onQueueMovesTheServiceWithItsMessages() throws Exception {
        Conversation submission = Expenses.submit(client, "<a/>");
        desk.catalog().define(MOVE);
        submission.send(Expenses.NOTE, "b");
        assertThat(desk.receive(OLD)).isEmpty();
        home.restart();
        connect();
        assertThat(desk.receive(OLD)).isEmpty();
        assertThat(desk.receive(NEW)).extracting(Message::text).containsExactly("<a/>", "b");
        desk.catalog().dropQueue(Expenses.DESK_QUEUE);
        client.conversation(submission.handle()).send(Expenses.NOTE, "c");
        assertThat(desk.receive(NEW)).extracting(Message::text).containsExactly("c");
    }

    @Test
    void whoWaitsForAConversationOfItInTheOldQueueFailsAndOthersGoOnWaiting() throws Exception {
        Conversation submission = Expenses.submit(client, "<a/>");
        UUID handle = desk.receive(OLD).get(0).conversationHandle();
        UUID group = client.endpoints(submission.conversationId()).get(1).groupId();
        Other<List<Message>> named = Other.does(
                        "named",
                        () -> home.connect().receive(OLD.ofConversation(handle).waiting(null)))
                .awaitAsleep();
        Other<List<Message>> grouped = Other.does(
                        "grouped",
                        () -> home.connect().receive(OLD.ofGroup(group).waiting(null)))
                .awaitAsleep();
        Other<List<Message>> any = Other.does("any", () -> home.connect().receive(OLD.waiting(null)))
                .awaitAsleep();
        desk.catalog().define(MOVE);
        named.failsWith(8426);
        grouped.failsWith(8436);
        submission.send(Expenses.NOTE, "b");
        assertThat(any.done()).isFalse();
        assertThat(desk.receive(NEW)).extracting(Message::text).containsExactly("b");
        desk.catalog().define("ALTER SERVICE [" + Expenses.DESK + "] ON QUEUE " + Expenses.DESK_QUEUE);
        submission.send(Expenses.NOTE, "c");
        assertThat(any.result()).extracting(Message::text).containsExactly("c");
    }

    @Test
    void whoWaitsAtTheNewQueueIsServedAtOnce() throws Exception {
        Expenses.submit(client, "<a/>");
        desk.catalog().define("CREATE QUEUE NewDesk");
        Other<List<Message>> waits = Other.does("waits", () -> home.connect().receive(NEW.waiting(null)))
                .awaitAsleep();
        desk.catalog().define(MOVE);
        assertThat(waits.result()).extracting(Message::text).containsExactly("<a/>");
    }

    @Test
    void aGroupThatIsHeldMovesAndIsReceivedThereWhenItIsFree() throws Exception {
        Conversation submission = Expenses.submit(client, "<a/>");
        desk.begin();
        assertThat(desk.receive(OLD)).hasSize(1);
        client.catalog().define(MOVE);
        assertThat(client.receive(NEW)).isEmpty();
        submission.send(Expenses.NOTE, "b");
        assertThat(desk.receive(OLD)).isEmpty();
        assertThat(desk.receive(NEW)).extracting(Message::text).containsExactly("b");
        desk.rollback();
        assertThat(client.receive(NEW)).extracting(Message::text).containsExactly("<a/>", "b");
    }

    @Test
    void aDialogBegunBeforeTheMoveAndCommittedAfterItIsInTheNewQueue() throws Exception {
        client.begin();
        client.begin(Expenses.dialog()).send(Expenses.SUBMIT, "<a/>");
        desk.catalog().define(MOVE);
        client.commit();
        assertThat(desk.receive(OLD)).isEmpty();
        assertThat(desk.receive(NEW)).extracting(Message::text).containsExactly("<a/>");
    }

    @Test
    void whatTheOldQueueHeldBackComesWhenTheNewOneIsOn() throws Exception {
        Conversation submission = Expenses.submit(client, "<a/>");
        UUID handle = desk.receive(OLD).get(0).conversationHandle();
        desk.conversation(handle).timer(Duration.ofSeconds(10));
        desk.catalog().setQueueStatus(Expenses.DESK_QUEUE, false);
        home.clock().advance(Duration.ofSeconds(11));
        desk.catalog().define(MOVE);
        eventually().becomes("the timer", () -> desk.receive(NEW), messages -> !messages.isEmpty());
        desk.catalog().define("ALTER SERVICE [" + Expenses.DESK + "] ON QUEUE " + Expenses.DESK_QUEUE);
        desk.conversation(handle).end();
        assertThat(client.receive(Receive.from(Expenses.CLIENT_QUEUE))).isEmpty();
        desk.catalog().define("ALTER SERVICE [" + Expenses.DESK + "] ON QUEUE NewDesk");
        eventually()
                .becomes(
                        "the end",
                        () -> client.receive(Receive.from(Expenses.CLIENT_QUEUE)),
                        messages -> !messages.isEmpty());
        submission.end();
        desk.catalog().setQueueStatus(Expenses.DESK_QUEUE, true);
        home.awaitNothingLeft();
    }

    @Test
    void somethingMustChange() {
        Failing.with(
                8493,
                () -> desk.catalog().define("ALTER SERVICE [" + Expenses.DESK + "] ON QUEUE " + Expenses.DESK_QUEUE));
    }
}
