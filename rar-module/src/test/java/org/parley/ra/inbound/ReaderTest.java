package org.parley.ra.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.ra.inbound.FakeDelivery.message;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.RetryableUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationError;
import org.parley.ConversationListener;
import org.parley.Message;
import org.parley.MessageBatchListener;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.OnEndDialog;
import org.parley.OnMessage;
import org.parley.SystemMessageTypes;
import org.parley.ra.sight.RaLog;

class ReaderTest {

    private final List<String> trace = new ArrayList<>();
    private final Desk desk = new Desk();
    private final FakeContainer container = new FakeContainer(trace, Desk.class, desk);

    public static class Desk extends FakeContainer.Endpoint implements ConversationListener {

        Throwable thrown;

        @OnMessage({"submit", "https://schemas.microsoft.com/SQL/Other"})
        public void submit(String text, Conversation conversation) throws IOException {
            container.trace.add("submit " + text);
            conversation.send("answer", "yes");
            if (thrown instanceof IOException checked) {
                throw checked;
            }
            if (thrown instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
        }

        @OnEndDialog
        public void ended(Message message) {
            container.trace.add("ended");
        }
    }

    public static class Books extends FakeContainer.Endpoint implements MessageBatchListener {

        @Override
        public void onMessages(Conversations conversations, List<Message> messages) {
            container.trace.add("batch of " + messages.size());
            conversations.of(messages.get(0)).end();
        }
    }

    private FakeDelivery run(Message... messages) {
        FakeDelivery delivery = new FakeDelivery(trace, messages);
        run(delivery, new ConversationMethods("Bean", Desk.class));
        return delivery;
    }

    private void run(FakeDelivery delivery, Listener listener) {
        new Reader(delivery, container, listener, new RaLog()).read(() -> true);
    }

    @Test
    void takesInsideTheContainersTransactionAndReusesTheEndpoint() {
        run(message("submit", "a"), message("submit", "b"));
        assertThat(trace)
                .containsExactly(
                        "create",
                        "before submit",
                        "take",
                        "submit a",
                        "conversation.send[answer, yes]",
                        "after",
                        "finish ok",
                        "before submit",
                        "take",
                        "submit b",
                        "conversation.send[answer, yes]",
                        "after",
                        "finish ok",
                        "release",
                        "close");
    }

    @Test
    void checkedExceptionRollsBackBeforeTheContainerCanCommit() {
        desk.thrown = new IOException("disk");
        FakeDelivery delivery = run(message("submit", "a"));
        assertThat(trace)
                .containsSubsequence("submit a", "rollbackOnly", "after", "finish IOException", "release", "close");
        assertThat(delivery.rollbackReason).isSameAs(desk.thrown);
        assertThat(delivery.failure).isSameAs(desk.thrown);
    }

    @Test
    void errorOfTheBeanRollsBackTooAndLeavesNoTransactionOpen() {
        desk.thrown = new StackOverflowError();
        run(message("submit", "a"));
        assertThat(trace).containsSubsequence("rollbackOnly", "after", "finish StackOverflowError", "close");
    }

    @Test
    void failureKeepsTheBeansExceptionWhateverTheContainerSays() {
        desk.thrown = new IllegalStateException("bean");
        container.atAfter = new ResourceException("Transaction Attribute not found");
        FakeDelivery delivery = run(message("submit", "a"));
        assertThat(delivery.failure).isSameAs(desk.thrown).hasSuppressedException(container.atAfter);
    }

    @Test
    void failedCommitIsAFailure() {
        container.atAfter = new ResourceException("commit failed");
        assertThat(run(message("submit", "a")).failure).isSameAs(container.atAfter);
    }

    @Test
    void failedTakeSkipsTheBean() {
        FakeDelivery delivery = new FakeDelivery(trace, message("submit", "a"));
        delivery.atTake = new BrokerException(1222, "locked");
        run(delivery, new ConversationMethods("Bean", Desk.class));
        assertThat(trace)
                .containsExactly(
                        "create",
                        "before submit",
                        "take",
                        "rollbackOnly",
                        "after",
                        "finish BrokerException",
                        "release",
                        "close");
    }

    @Test
    void withoutTransactionTheMessageGoesAfterTheBeanHasReturned() {
        container.transacted = false;
        run(message("submit", "a"));
        assertThat(trace).containsSubsequence("before submit", "submit a", "after", "takeAlone", "finish ok", "close");
        assertThat(trace).doesNotContain("take");
    }

    @Test
    void withoutTransactionTheMessageStaysWhenTheBeanThrows() {
        container.transacted = false;
        desk.thrown = new IllegalStateException("bean");
        run(message("submit", "a"));
        assertThat(trace).contains("finish IllegalStateException").doesNotContain("takeAlone", "rollbackOnly");
    }

    @Test
    void noFreeEndpointIsNoFailureOfTheBean() {
        container.unavailable = new RetryableUnavailableException("pool is empty");
        FakeDelivery delivery = run(message("submit", "a"), message("submit", "b"));
        assertThat(trace).containsExactly("unavailable", "close");
        assertThat(delivery.failure).isSameAs(container.unavailable);
    }

    @Test
    void failedBeforeDeliveryIsNoFailureOfTheBean() {
        container.atBefore = new ResourceException("no transaction to be had");
        run(message("submit", "a"), message("submit", "b"));
        assertThat(trace).containsExactly("create", "before submit", "unavailable", "release", "close");
    }

    @Test
    void conversationEndedMeanwhile() {
        FakeDelivery delivery = new FakeDelivery(trace);
        delivery.rounds.add(List.of());
        run(delivery, new ConversationMethods("Bean", Desk.class));
        assertThat(trace).containsExactly("finish ok", "close");
    }

    @Test
    void endDialogHasItsMethod() {
        run(message(SystemMessageTypes.END_DIALOG, null));
        assertThat(trace).containsSubsequence("take", "ended", "after", "finish ok");
    }

    @Test
    void typeWithoutMethodEndsTheConversationWithAnErrorThatNamesIt() {
        run(message("cancel", "a"));
        assertThat(trace)
                .containsExactly(
                        "alone",
                        "conversation.endWithError[8428, Service 'Desk' has no method for message type 'cancel'.]",
                        "finish ok",
                        "close");
    }

    @Test
    void errorWithoutMethodEndsThisSide() {
        Message error = new Message(
                message("x", null).conversationHandle(),
                message("x", null).conversationGroupId(),
                -1,
                "Desk",
                "Contract",
                SystemMessageTypes.ERROR,
                new ConversationError(5, "too late").toBody(),
                1,
                5,
                message("x", null).enqueueTime(),
                65536,
                65537,
                1,
                Validation.WELL_FORMED_XML,
                null);
        run(error);
        assertThat(trace).containsExactly("alone", "conversation.end", "finish ok", "close");
    }

    @Test
    void timerWithoutMethodIsTaken() {
        run(message(SystemMessageTypes.DIALOG_TIMER, null));
        assertThat(trace).containsExactly("alone", "finish ok", "close");
    }

    @Test
    void batchGoesToTheInterfacesMethod() {
        Books books = new Books();
        FakeContainer other = new FakeContainer(trace, Books.class, books);
        FakeDelivery delivery = new FakeDelivery(trace);
        delivery.rounds.add(List.of(message("a", "1"), message("b", "2")));
        new Reader(delivery, other, new BatchMethod(), new RaLog()).read(() -> true);
        assertThat(trace)
                .containsExactly(
                        "create",
                        "before onMessages",
                        "take",
                        "batch of 2",
                        "conversation.end",
                        "after",
                        "finish ok",
                        "release",
                        "close");
    }

    @Test
    void threadTellsItsJobAndForgetsIt() {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        ClassLoader loader = thread.getContextClassLoader();
        FakeDelivery delivery = new FakeDelivery(trace, message("submit", "a"));
        work(delivery).run();
        assertThat(delivery.threadName).isEqualTo("parley-reader Bean");
        assertThat(thread.getName()).isEqualTo(name);
        assertThat(thread.getContextClassLoader()).isSameAs(loader);
    }

    @Test
    void releasedWorkTakesNoFurtherRound() {
        DeliveryWork work = work(new FakeDelivery(trace, message("submit", "a")));
        work.release();
        work.run();
        assertThat(trace).containsExactly("close");
    }

    @Test
    void endedWorkHoldsNothing() {
        DeliveryWork work = work(new FakeDelivery(trace));
        work.run();
        trace.clear();
        work.run();
        work.workRejected(null);
        assertThat(trace).isEmpty();
    }

    private DeliveryWork work(FakeDelivery delivery) {
        return new DeliveryWork(
                new Reader(delivery, container, new ConversationMethods("Bean", Desk.class), new RaLog()));
    }
}
