package org.parley.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.testkit.Eventually.eventually;

import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.MessageReads;
import org.parley.engine.Other;
import org.parley.engine.Select;
import org.parley.engine.session.EngineChannel;
import org.parley.engine.store.MessageRow;
import org.parley.engine.tx.TestXid;
import org.parley.spi.ActivationConfig;
import org.parley.spi.Delivery;

/** What this process has just committed is received without asking the table, and is the same as from there. */
class HandedOverMessagesTest {

    private static final Receive HERE = Receive.from(Expenses.CLIENT_QUEUE);
    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private final BlockingQueue<Delivery> started = new LinkedBlockingQueue<>();
    private MessageReads reads;
    private LocalConnection client;
    private LocalConnection desk;
    private Conversation dialog;
    private UUID there;

    @BeforeEach
    void aDialogIsThere() throws Exception {
        reads = new MessageReads(home);
        connect();
        dialog = Expenses.submit(client, "<first/>");
        there = desk.receive(THERE).get(0).conversationHandle();
    }

    private void connect() {
        client = home.connect();
        desk = home.connect();
    }

    private void restart() {
        home.restart();
        connect();
        dialog = client.conversation(dialog.handle());
    }

    private void send(String... texts) throws Exception {
        client.inTransaction(() -> {
            Arrays.stream(texts).forEach(text -> dialog.send(Expenses.NOTE, text));
            return null;
        });
    }

    /** What it gives, when it has asked the table exactly so often. */
    private <T> T reading(int times, Callable<T> work) throws Exception {
        int before = reads.count();
        T result = work.call();
        assertThat(reads.count() - before).as("reads of the table").isEqualTo(times);
        return result;
    }

    private List<String> received(int times, Receive request) throws Exception {
        return texts(reading(times, () -> desk.receive(request)));
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream()
                .map(message -> message.isEndDialog() ? "end" : message.isError() ? "error" : message.text())
                .toList();
    }

    /** Number of messages that memory has. */
    private int here() {
        desk.begin();
        EndpointTable table = ((EngineChannel) desk.channel()).local().context().table();
        desk.rollback();
        return table.locked(() -> table.handover().size());
    }

    @Test
    void theTableIsNotAsked() throws Exception {
        send("1");
        assertThat(received(0, THERE)).containsExactly("1");
        send("2", "3");
        send("4");
        assertThat(received(0, THERE.top(1))).containsExactly("2");
        assertThat(received(0, THERE)).containsExactly("3", "4");
        assertThat(received(0, THERE)).isEmpty();
        assertThat(home.rows()).doesNotContainKey("MESSAGES");
        assertThat(here()).isZero();
    }

    @Test
    void norForTheFirstMessageOfADialog() throws Exception {
        Expenses.submit(client, "<another/>");
        assertThat(received(0, THERE)).containsExactly("<another/>");
    }

    @Test
    void norByOneWhoHasWaited() throws Exception {
        Other<List<Message>> waits =
                Other.does("receives", () -> desk.receive(THERE.waiting(null))).awaitAsleep();
        int before = reads.count();
        send("1");
        assertThat(texts(waits.result())).containsExactly("1");
        assertThat(reads.count()).isEqualTo(before);
    }

    @Test
    void norByTwoReadersAtOnce() throws Exception {
        Expenses.submit(client, "<another/>");
        send("1");
        LocalConnection second = home.connect();
        desk.begin();
        second.begin();
        assertThat(received(0, THERE)).containsExactly("<another/>");
        assertThat(texts(reading(0, () -> second.receive(THERE)))).containsExactly("1");
        second.rollback();
        desk.commit();
        assertThat(received(1, THERE)).containsExactly("1");
    }

    @Test
    void norAfterTwoPhases() throws Exception {
        TestXid xid = TestXid.of(1, 1);
        XAResource resource = client.channel().xaResource();
        resource.start(xid, XAResource.TMNOFLAGS);
        dialog.send(Expenses.NOTE, "1");
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        assertThat(received(0, THERE)).isEmpty();
        resource.commit(xid, false);
        assertThat(received(0, THERE)).containsExactly("1");
    }

    @Test
    void norForTheEndOfADialog() throws Exception {
        client.inTransaction(() -> {
            dialog.send(Expenses.NOTE, "1");
            dialog.end();
            return null;
        });
        assertThat(received(0, THERE)).containsExactly("1", "end");
        desk.conversation(there).end();
        home.awaitNothingLeft();
    }

    @Test
    void norWhenTheConversationHasMoved() throws Exception {
        send("1");
        UUID another = Expenses.submit(client, "<another/>").conversationId();
        UUID to = client.conversation(client.endpoints(another).get(1).handle()).groupId();
        desk.conversation(there).moveTo(to);
        assertThat(received(0, THERE)).containsExactlyInAnyOrder("1", "<another/>");
    }

    /** Every column, for each kind of body, from memory at first and from the table after the rollback. */
    @Test
    void aRollbackLeavesTheSameForTheNextAttempt() throws Exception {
        client.inTransaction(() -> {
            dialog.send(Expenses.NOTE, "text");
            dialog.send(Expenses.NOTE);
            dialog.send(Expenses.NOTE, new byte[] {0, -1, 32, 0});
            dialog.send(Expenses.NOTE, "ü".getBytes(StandardCharsets.UTF_16));
            dialog.send(Expenses.NOTE, new byte[MessageRow.ALWAYS_BESIDE]);
            dialog.end();
            return null;
        });
        desk.begin();
        List<Message> first = reading(0, () -> desk.receive(THERE));
        desk.rollback();
        desk.begin();
        List<Message> second = reading(1, () -> desk.receive(THERE));
        desk.commit();
        assertThat(first).hasSize(6);
        assertThat(second).usingRecursiveComparison().isEqualTo(first);
        assertThat(second.get(1).body()).isNull();
    }

    @Test
    void savepointsOfTheSenderTakeBackWhatCameAfterThem() throws Exception {
        client.begin();
        dialog.send(Expenses.NOTE, "before");
        Savepoint savepoint = client.sql().setSavepoint();
        dialog.send(Expenses.NOTE, "undone");
        dialog.send(Expenses.NOTE, "undone, too");
        client.sql().rollback(savepoint);
        dialog.send(Expenses.NOTE, "after");
        client.commit();
        assertThat(received(0, THERE)).containsExactly("before", "after");
    }

    @Test
    void savepointsOfTheReceiverPutBack() throws Exception {
        send("1", "2", "3");
        desk.begin();
        assertThat(received(0, THERE.top(1))).containsExactly("1");
        Savepoint savepoint = desk.sql().setSavepoint();
        assertThat(received(0, THERE.top(1))).containsExactly("2");
        desk.sql().rollback(savepoint);
        assertThat(received(1, THERE)).containsExactly("2", "3");
        desk.commit();
        assertThat(here()).isZero();
    }

    @Test
    void whatWasRolledBackIsNotThere() throws Exception {
        client.begin();
        dialog.send(Expenses.NOTE, "undone");
        client.rollback();
        assertThat(received(0, THERE)).isEmpty();
        send("1");
        assertThat(received(0, THERE)).containsExactly("1");
    }

    /** The caller may use its array again, and the receiver spoil what it got. */
    @Test
    void arraysAreNotShared() throws Exception {
        byte[] body = "sent".getBytes(StandardCharsets.UTF_8);
        dialog.send(Expenses.NOTE, body);
        Arrays.fill(body, (byte) 'x');
        desk.begin();
        Message message = reading(0, () -> desk.receive(THERE)).get(0);
        assertThat(message.text()).isEqualTo("sent");
        Arrays.fill(message.body(), (byte) 'y');
        desk.rollback();
        assertThat(received(1, THERE)).containsExactly("sent");
    }

    @Test
    void afterARestartTheTableHasEverything() throws Exception {
        send("1", "2");
        restart();
        assertThat(received(1, THERE)).containsExactly("1", "2");
    }

    @Test
    void aRangeThatIsHereInPartIsReadFromTheTable() throws Exception {
        send("1", "2");
        restart();
        send("3", "4");
        assertThat(received(1, THERE.top(1))).containsExactly("1");
        // the one that is looked at is here, the one that is given isn't
        assertThat(received(1, THERE.top(1))).containsExactly("2");
        assertThat(received(0, THERE)).containsExactly("3", "4");
        send("5");
        restart();
        send("6");
        assertThat(received(1, THERE)).containsExactly("5", "6");
        assertThat(here()).isZero();
    }

    @Test
    void whenTheStoreHasFailedTheTableHasEverything() throws Exception {
        send("1");
        client.begin();
        dialog.send(Expenses.NOTE, "lost");
        assertThatThrownBy(() -> DriverManager.getConnection(
                        "jdbc:derby:" + home.home().resolve(ExpenseHome.DATABASE) + ";shutdown=true"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08006"));
        assertThatThrownBy(client::commit).isInstanceOf(BrokerException.class);
        home.heard().await("failed " + ExpenseHome.DATABASE);
        eventually().holds("the database to be open again", () -> desk.channel().isValid());
        assertThat(received(1, THERE)).containsExactly("1");
    }

    /** More than memory takes, by another dialog: what is pushed out is in the table, in its order. */
    @Test
    void whatIsPushedOutIsReadFromTheTable() throws Exception {
        send("early");
        Conversation other = Expenses.submit(client, "<other/>");
        byte[] body = new byte[MessageRow.ALWAYS_BESIDE];
        for (int i = 0; i < 20; i++) {
            client.inTransaction(() -> {
                for (int j = 0; j < 15; j++) {
                    other.send(Expenses.NOTE, body);
                }
                return null;
            });
        }
        assertThat(received(1, THERE)).containsExactly("early");
        List<Message> all = desk.receive(THERE);
        assertThat(all).extracting(Message::sequenceNumber).hasSize(301).isSorted();
        other.send(Expenses.NOTE, "late");
        assertThat(received(0, THERE)).containsExactly("late");
        assertThat(here()).isZero();
    }

    /** Nobody receives: what is sent then is far from its turn, and would only push out what is near. */
    @Test
    void whatIsFarFromItsTurnIsNotKept() throws Exception {
        String[] many = new String[Handover.MOST_BEFORE];
        Arrays.fill(many, "many");
        send(many);
        send("not kept");
        assertThat(here()).isEqualTo(many.length);
        Conversation other = Expenses.submit(client, "<other/>");
        assertThat(here()).isEqualTo(many.length + 1);
        assertThat(received(2, THERE.top(many.length + 1))).hasSize(many.length + 1);
        send("kept");
        assertThat(here()).isEqualTo(2);
        assertThat(received(0, THERE)).containsExactly("<other/>");
        assertThat(received(0, THERE)).containsExactly("kept");
        assertThat(home.rows()).doesNotContainKey("MESSAGES");
        other.cleanup();
    }

    @Test
    void norWhatStandsBehindManyGroups() throws Exception {
        client.inTransaction(() -> {
            for (int i = 0; i < Handover.MOST_BEFORE; i++) {
                client.begin(Dialog.between(Expenses.CLIENT, Expenses.DESK).on(Expenses.CONTRACT))
                        .send(Expenses.SUBMIT, "<one-of-many/>");
            }
            return null;
        });
        assertThat(here()).isEqualTo(Handover.MOST_BEFORE);
        send("not kept");
        assertThat(here()).isEqualTo(Handover.MOST_BEFORE);
    }

    @Test
    void longBodiesAreReadFromTheTable() throws Exception {
        for (int length : new int[] {MessageRow.ALWAYS_BESIDE + 1, 40_000, 300_000}) {
            byte[] body = new byte[length];
            Arrays.fill(body, (byte) 'a');
            dialog.send(Expenses.NOTE, body);
            List<Message> messages = reading(1, () -> desk.receive(THERE));
            assertThat(messages)
                    .singleElement()
                    .satisfies(message -> assertThat(message.body()).isEqualTo(body));
        }
        send("short");
        assertThat(received(0, THERE)).containsExactly("short");
        assertThat(home.rows()).doesNotContainKeys("MESSAGES", "BODIES");
    }

    @Test
    void copiesAreKeptOfWhatMemoryGives() throws Exception {
        client.catalog().define("ALTER QUEUE ExpenseQueue WITH RETENTION = ON");
        send("1", "2");
        assertThat(received(0, THERE)).containsExactly("1", "2");
        assertThat(home.rows()).containsEntry("RETAINED", 2).doesNotContainKey("MESSAGES");
        assertThat(Select.rows(client, "SELECT MESSAGE_SEQUENCE_NUMBER FROM ExpenseQueue"))
                .containsExactlyInAnyOrder("1", "2");
    }

    /** An Error overtakes, and is read; what it has overtaken is here. */
    @Test
    void whatOvertakesIsReadFromTheTable() throws Exception {
        client.inTransaction(() -> {
            dialog.send(Expenses.NOTE, "1");
            dialog.endWithError(7, "over");
            return null;
        });
        assertThat(received(1, THERE)).containsExactly("error", "1");
    }

    @Test
    void whatWasHeldBackIsReadFromTheTable() throws Exception {
        client.catalog().define("ALTER DATABASE CURRENT SET DISABLE_BROKER");
        send("held");
        client.catalog().define("ALTER DATABASE CURRENT SET ENABLE_BROKER");
        send("next");
        assertThat(received(1, THERE)).containsExactly("held", "next");
        assertThat(here()).isZero();
    }

    @Test
    void whoEndsDropsWhatIsHere() throws Exception {
        send("1", "2", "3");
        assertThat(here()).isEqualTo(3);
        desk.conversation(there).end();
        // its EndDialog for the other side
        assertThat(here()).isEqualTo(1);
        dialog.cleanup();
        assertThat(here()).isZero();
        home.awaitNothingLeft();
    }

    @Test
    void whatComesToASideThatHasEndedIsNotHere() throws Exception {
        client.begin();
        dialog.send(Expenses.NOTE, "1");
        desk.conversation(there).end();
        client.commit();
        assertThat(here()).isEqualTo(1);
        assertThat(texts(client.receive(HERE))).containsExactly("end");
        assertThat(here()).isZero();
    }

    @Test
    void aDeliveryLooksAtMemory() throws Exception {
        home.parley()
                .server()
                .activate(
                        new ActivationConfig("bean", ExpenseHome.DATABASE, Expenses.DESK_QUEUE, 1, 10, null, null),
                        started::add);
        int before = reads.count();
        send("1", "2");
        Delivery delivery = reader();
        assertThat(texts(delivery.peek())).containsExactly("1", "2");
        assertThat(reads.count()).isEqualTo(before);
        assertThatThrownBy(() -> delivery.alone(() -> {
                    throw new IllegalStateException("planned");
                }))
                .hasMessage("planned");
        delivery.finish(new IllegalStateException("planned"));
        delivery.close();
        Delivery again = reader();
        assertThat(texts(again.peek())).containsExactly("1", "2");
        assertThat(reads.count()).isEqualTo(before + 1);
        again.alone(() -> {});
        assertThat(again.finish(null)).isTrue();
        again.close();
        assertThat(home.rows()).doesNotContainKey("MESSAGES");
    }

    private Delivery reader() throws InterruptedException {
        Delivery delivery = started.poll(30, TimeUnit.SECONDS);
        assertThat(delivery).as("a reader was started").isNotNull();
        assertThat(delivery.next()).isTrue();
        return delivery;
    }
}
