package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Other;
import org.parley.engine.Select;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;
import org.parley.spi.Delivery;

/**
 * What comes to a queue while it is off waits in the transmission queue of its database, and is shown there;
 * service-broker.md, sections 1.5, 4.5 and 5.3, rule 10.
 */
class Section01QueueOffTest {

    private static final Receive HERE = Receive.from(Expenses.CLIENT_QUEUE);
    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);
    private static final String WHY = "9617: Queue 'ExpenseQueue' is off; the message waits until its STATUS is ON.";

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private LocalConnection client;
    private LocalConnection desk;

    @BeforeEach
    void connect() {
        client = home.connect();
        desk = home.connect();
    }

    private void restart() {
        home.restart();
        connect();
    }

    private void turn(boolean on) {
        desk.catalog().setQueueStatus(Expenses.DESK_QUEUE, on);
    }

    private List<String> inQueue() {
        return Select.rows(client, "SELECT STATUS, MESSAGE_SEQUENCE_NUMBER FROM ExpenseQueue ORDER BY QUEUING_ORDER");
    }

    private List<String> waiting() {
        return Select.rows(
                client,
                "SELECT MESSAGE_SEQUENCE_NUMBER, TRANSMISSION_STATUS FROM PARLEY.TRANSMISSION_QUEUE"
                        + " ORDER BY MESSAGE_SEQUENCE_NUMBER");
    }

    private UUID there(UUID here) {
        return client.endpoints(client.conversation(here).conversationId())
                .get(1)
                .handle();
    }

    @Test
    void whatArrivesWhileItIsOffIsShownInTheTransmissionQueueAndNotInTheQueue() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        turn(false);
        open.send(Expenses.NOTE, "meanwhile");
        Conversation other = Expenses.submit(client, "<b/>");
        UUID handle = open.handle();
        for (boolean restarts : List.of(false, true)) {
            if (restarts) {
                restart();
            }
            assertThat(inQueue()).containsExactly("1|0");
            assertThat(Select.rows(
                            client,
                            "SELECT CONVERSATION_HANDLE, TO_SERVICE_NAME, TO_BROKER_INSTANCE, FROM_SERVICE_NAME,"
                                    + " SERVICE_CONTRACT_NAME, MESSAGE_SEQUENCE_NUMBER, MESSAGE_TYPE_NAME,"
                                    + " IS_CONVERSATION_ERROR, IS_END_OF_DIALOG, LENGTH(MESSAGE_BODY),"
                                    + " TRANSMISSION_STATUS, PRIORITY FROM PARLEY.TRANSMISSION_QUEUE"
                                    + " WHERE CONVERSATION_HANDLE = '" + handle + "'"))
                    .containsExactly(String.join(
                            "|",
                            handle.toString(),
                            Expenses.DESK,
                            client.brokerInstance().toString(),
                            Expenses.CLIENT,
                            Expenses.CONTRACT,
                            "1",
                            Expenses.NOTE,
                            "0",
                            "0",
                            "9",
                            WHY,
                            "5"));
            assertThat(waiting()).hasSize(2);
            assertThat(client.transmissionStatus(handle)).isEqualTo(WHY);
            assertThat(client.transmissionStatus(other.handle())).isEqualTo(WHY);
            assertThat(client.transmissionStatus(there(handle))).isEmpty();
        }
        turn(true);
        assertThat(inQueue()).containsExactly("1|0", "1|1", "1|0");
        assertThat(waiting()).isEmpty();
        assertThat(client.transmissionStatus(handle)).isEmpty();
        assertThat(desk.receive(THERE)).hasSize(2);
        assertThat(desk.receive(THERE)).hasSize(1);
    }

    @Test
    void whatWasThereBeforeStaysInTheQueueAndNothingWaits() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        desk.begin();
        desk.receive(THERE);
        turn(false);
        assertThat(client.transmissionStatus(open.handle())).isEmpty();
        desk.rollback();
        assertThat(inQueue()).containsExactly("1|0");
        assertThat(waiting()).isEmpty();
        assertThat(client.transmissionStatus(open.handle())).isEmpty();
    }

    /** Another change of the queue doesn't count as turning it off again. */
    @Test
    void whatComesAfterAnotherChangeOfTheQueueWaitsLikeTheRest() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        turn(false);
        open.send(Expenses.NOTE, "1");
        turn(false);
        desk.catalog()
                .alter(desk.catalog().queue(Expenses.DESK_QUEUE).orElseThrow().withPoisonHandling(false));
        open.send(Expenses.NOTE, "2");
        assertThat(inQueue()).containsExactly("1|0");
        assertThat(waiting()).containsExactly("1|" + WHY, "2|" + WHY);
        turn(true);
        turn(false);
        assertThat(inQueue()).containsExactly("1|0", "1|1", "1|2");
        assertThat(waiting()).isEmpty();
    }

    /** The messages by which the moment was told may all be gone when the server is started again. */
    @Test
    void theMomentIsKnownAfterARestartThoughNoMessageIsLeft() throws Exception {
        for (int i = 0; i < 20; i++) {
            Conversation open = Expenses.submit(client, "<a/>");
            UUID there = there(open.handle());
            open.end();
            if (i == 19) {
                turn(false);
            }
            desk.conversation(there).cleanup();
        }
        home.awaitNoConversationLeft();
        restart();
        Expenses.submit(client, "<b/>");
        assertThat(inQueue()).isEmpty();
        assertThat(waiting()).containsExactly("0|" + WHY);
    }

    @Test
    void endsAndErrorsThatArriveWaitToo() throws Exception {
        Conversation one = Expenses.submit(client, "<a/>");
        Conversation two = Expenses.submit(client, "<b/>");
        turn(false);
        one.end();
        two.endWithError(7, "no");
        assertThat(inQueue()).containsExactly("1|0", "1|0");
        assertThat(Select.rows(
                        client,
                        "SELECT IS_CONVERSATION_ERROR, IS_END_OF_DIALOG FROM PARLEY.TRANSMISSION_QUEUE"
                                + " ORDER BY IS_END_OF_DIALOG"))
                .containsExactly("1|0", "0|1");
        assertThat(client.transmissionStatus(two.handle())).isEqualTo(WHY);
        turn(true);
        assertThat(inQueue()).hasSize(4);
        for (int i = 0; i < 2; i++) {
            desk.conversation(desk.receive(THERE).get(0).conversationHandle()).end();
        }
        home.awaitNothingLeft();
    }

    /** The queue is found before the checks of section 10 are made, and the target begins when it is on. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void firstMessagesOfAServiceThatIsDefinedLaterWaitForItsQueue(boolean restarts) throws Exception {
        Conversation open =
                client.begin(Dialog.between(Expenses.CLIENT, "//later").on(Expenses.CONTRACT));
        open.send(Expenses.SUBMIT, "<a/>");
        UUID handle = open.handle();
        turn(false);
        desk.catalog()
                .define("CREATE SERVICE [//later] ON QUEUE ExpenseQueue"
                        + " ([//Adventure-Works.com/Expenses/ExpenseSubmission]);");
        awaitStatus(handle);
        if (restarts) {
            restart();
            awaitStatus(handle);
        }
        assertThat(client.endpoints()).hasSize(1);
        assertThat(waiting()).containsExactly("0|" + WHY);
        turn(true);
        assertThat(desk.receive(THERE.waiting(null))).hasSize(1);
        assertThat(client.transmissionStatus(handle)).isEmpty();
        turn(false);
        client.conversation(handle).send(Expenses.NOTE, "next");
        assertThat(waiting()).containsExactly("1|" + WHY);
        turn(true);
        desk.conversation(there(handle)).end();
        client.conversation(handle).end();
        home.awaitNothingLeft();
    }

    private void awaitStatus(UUID handle) {
        eventually().becomes("status", () -> client.transmissionStatus(handle), WHY::equals);
    }

    /** Section 5.7: an end that is held back says so, at the side that has ended. */
    @Test
    void anEndThatIsHeldBackSaysWhy() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = there(open.handle());
        turn(false);
        desk.conversation(there).end();
        assertThat(client.transmissionStatus(there)).startsWith("9617: ").contains("of this side");
        turn(true);
        assertThat(client.receive(HERE.waiting(null)).get(0).isEndDialog()).isTrue();
        assertThat(client.transmissionStatus(there)).isEmpty();
        open.end();
        home.awaitNothingLeft();
    }

    /** As when both are in one database and the service was there from the start. */
    @Test
    void theEndOfAnInitiatorWhoseQueueIsOffWaitsThoughItsServiceIsDefinedMeanwhile() throws Exception {
        Conversation open =
                client.begin(Dialog.between(Expenses.CLIENT, "//later").on(Expenses.CONTRACT));
        open.send(Expenses.SUBMIT, "<a/>");
        client.catalog().setQueueStatus(Expenses.CLIENT_QUEUE, false);
        open.end();
        desk.catalog()
                .define("CREATE SERVICE [//later] ON QUEUE ExpenseQueue"
                        + " ([//Adventure-Works.com/Expenses/ExpenseSubmission]);");
        eventually()
                .becomes(
                        "status",
                        () -> client.transmissionStatus(open.handle()),
                        status -> status.contains("of this side"));
        client.catalog().setQueueStatus(Expenses.CLIENT_QUEUE, true);
        List<Message> all = desk.receive(THERE.waiting(null));
        assertThat(all).hasSize(2);
        assertThat(all.get(1).isEndDialog()).isTrue();
        desk.conversation(all.get(0).conversationHandle()).end();
        home.awaitNothingLeft();
    }

    /** Section 5.3: whoever waits hears at once, however long he would have waited. */
    @Test
    void turningItOffEndsEveryWait() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        UUID there = there(open.handle());
        desk.receive(THERE);
        List<Other<Void>> waits = List.of(
                Other.runs("receive", () -> home.connect().receive(THERE.waiting(null)))
                        .awaitAsleep(),
                Other.runs(
                                "receive one",
                                () -> home.connect()
                                        .receive(THERE.ofConversation(there).waiting(null)))
                        .awaitAsleep(),
                Other.runs("get group", () -> home.connect().getConversationGroup(Expenses.DESK_QUEUE, null))
                        .awaitAsleep());
        turn(false);
        for (Other<Void> wait : waits) {
            wait.failsWith(9617);
        }
    }

    @Test
    void droppingItEndsEveryWait() throws Exception {
        desk.catalog().define("CREATE QUEUE Leaving");
        Other<Void> wait = Other.runs(
                        "receive",
                        () -> home.connect().receive(Receive.from("Leaving").waiting(null)))
                .awaitAsleep();
        desk.catalog().dropQueue("Leaving");
        wait.failsWith(9617);
    }

    /** A reader that was called for a message, and has not begun, receives nothing from a queue that is off meanwhile. */
    @Test
    void aReaderThatIsOnItsWayReceivesNothing() throws Exception {
        BlockingQueue<Delivery> readers = new LinkedBlockingQueue<>();
        Activation activation = home.parley()
                .server()
                .activate(
                        new ActivationConfig("reader", ExpenseHome.DATABASE, Expenses.DESK_QUEUE, 1, 1, null, null),
                        readers::add);
        Expenses.submit(client, "<a/>");
        Delivery late = readers.poll(20, TimeUnit.SECONDS);
        turn(false);
        assertThat(late.next()).isFalse();
        late.close();
        assertThat(inQueue()).containsExactly("1|0");
        assertThat(activation.status().failures()).isZero();
        turn(true);
        try (Delivery again = readers.poll(20, TimeUnit.SECONDS)) {
            assertThat(again.next()).isTrue();
            assertThat(again.peek()).hasSize(1);
            again.takeAlone();
            again.finish(null);
        }
        assertThat(inQueue()).isEmpty();
    }

    @Test
    void whatComesAfterPoisonHasTurnedItOffWaits() throws Exception {
        Conversation open = Expenses.submit(client, "<poison/>");
        for (int i = 0; i < 5; i++) {
            desk.begin();
            desk.receive(THERE);
            desk.rollback();
        }
        home.heard().await("queue off: " + Expenses.DESK_QUEUE);
        open.send(Expenses.NOTE, "later");
        assertThat(inQueue()).containsExactly("1|0");
        assertThat(waiting()).containsExactly("1|" + WHY);
    }
}
