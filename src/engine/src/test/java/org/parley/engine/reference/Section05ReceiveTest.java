package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;

/** RECEIVE; service-broker.md, section 5.3. */
class Section05ReceiveTest extends ExpenseDialogs {

    private LocalConnection second;

    @BeforeEach
    void connectAnother() {
        second = home.connect();
    }

    @Test
    void oneGroupAtATimeOldestFirst() throws Exception {
        Conversation first = submitted("<a/>");
        submitted("<b/>");
        first.send(Expenses.NOTE, "a2");
        assertThat(texts(desk.receive(THERE))).containsExactly("<a/>", "a2");
        assertThat(texts(desk.receive(THERE))).containsExactly("<b/>");
        assertThat(desk.receive(THERE)).isEmpty();
    }

    /** What is left of a group keeps its age: another group, older than that, comes first. */
    @Test
    void oldestFirstAlsoAfterPartialReceives() throws Exception {
        Conversation first = submitted("<a/>");
        first.send(Expenses.NOTE, "a2");
        Conversation later = submitted("<b/>");
        first.send(Expenses.NOTE, "a3");
        assertThat(texts(desk.receive(THERE.top(1)))).containsExactly("<a/>");
        assertThat(texts(desk.receive(THERE.top(1)))).containsExactly("a2");
        assertThat(texts(desk.receive(THERE.top(1)))).containsExactly("<b/>");
        later.send(Expenses.NOTE, "b2");
        assertThat(texts(desk.receive(THERE.top(5)))).containsExactly("a3");
        first.send(Expenses.NOTE, "a4");
        home.restart();
        desk = home.connect();
        assertThat(texts(desk.receive(THERE))).containsExactly("b2");
        assertThat(texts(desk.receive(THERE))).containsExactly("a4");
    }

    @Test
    void whereNamesAConversationOrAGroup() throws Exception {
        Conversation first = client.begin(Expenses.dialog());
        Conversation related = client.begin(Expenses.dialog().relatedTo(first.handle()));
        Conversation apart = client.begin(Expenses.dialog());
        for (Conversation each : List.of(apart, first, related)) {
            each.send(Expenses.SUBMIT, "<a/>");
            desk.conversation(farOf(each)).send(Expenses.NOTE, "1");
            desk.conversation(farOf(each)).send(Expenses.NOTE, "2");
        }
        assertThat(client.receive(HERE.ofConversation(related.handle()).top(1)))
                .extracting(Message::conversationHandle, Message::sequenceNumber)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(related.handle(), 0L));
        assertThat(client.receive(HERE.ofGroup(first.groupId()).top(3)))
                .extracting(Message::conversationHandle)
                .containsExactly(first.handle(), first.handle(), related.handle());
        assertThat(client.receive(HERE.ofGroup(first.groupId()))).isEmpty();
        assertThat(client.receive(HERE.ofConversation(first.handle()))).isEmpty();
        assertThat(client.receive(HERE.ofConversation(apart.handle()))).hasSize(2);
    }

    /** O5: a named group that another transaction holds gives nothing, without waiting; unnamed, it is skipped. */
    @Test
    void aLockedGroupGivesNothing() throws Exception {
        Conversation first = submitted("<a/>");
        UUID there = farOf(first);
        UUID group = desk.conversation(there).groupId();
        desk.begin();
        assertThat(desk.receive(THERE.top(1))).hasSize(1);
        first.send(Expenses.NOTE, "arrives all the same");
        assertThat(second.receive(THERE.ofConversation(there))).isEmpty();
        assertThat(second.receive(THERE.ofGroup(group))).isEmpty();
        assertThat(second.receive(THERE)).isEmpty();
        assertThat(second.getConversationGroup(Expenses.DESK_QUEUE, Duration.ZERO))
                .isEmpty();
        submitted("<b/>");
        assertThat(texts(second.receive(THERE))).containsExactly("<b/>");
        assertThat(texts(desk.receive(THERE))).containsExactly("arrives all the same");
        desk.rollback();
        assertThat(texts(second.receive(THERE.ofGroup(group)))).containsExactly("<a/>", "arrives all the same");
    }

    /** Two groups become free at once, the younger one first: who waits takes one and leaves the other to the next. */
    @Test
    void aWaitTakesOneGroupOnly() throws Exception {
        UUID older = farOf(submitted("<a/>"));
        UUID younger = farOf(submitted("<b/>"));
        desk.begin();
        desk.conversation(younger).send(Expenses.ANSWER);
        desk.conversation(older).send(Expenses.ANSWER);
        Other<List<Message>> reader = Other.does("reader", () -> {
                    second.begin();
                    return second.receive(THERE.waiting(null));
                })
                .awaitAsleep();
        desk.commit();
        List<String> received = new ArrayList<>(texts(reader.result()));
        received.addAll(texts(desk.receive(THERE)));
        assertThat(received).containsExactlyInAnyOrder("<a/>", "<b/>");
        second.commit();
    }

    @Test
    void aWaitEndsEmptyWhenItsTimeIsOver() throws Exception {
        Other<List<Message>> receive = Other.does("reader", () -> desk.receive(THERE.waiting(MINUTE)));
        Other<Optional<UUID>> group =
                Other.does("group", () -> second.getConversationGroup(Expenses.CLIENT_QUEUE, MINUTE.plusMillis(1)));
        home.clock().awaitAlarms(2);
        home.clock().advance(MINUTE);
        assertThat(receive.result()).isEmpty();
        assertThat(group.done()).isFalse();
        home.clock().advance(Duration.ofMillis(1));
        assertThat(group.result()).isEmpty();
        submitted("<a/>");
        assertThat(desk.receive(THERE)).hasSize(1);
    }

    @Test
    void aWaitGoesOnWhileAllGroupsAreLocked() throws Exception {
        submitted("<a/>");
        desk.begin();
        assertThat(desk.receive(THERE)).hasSize(1);
        Other<List<Message>> reader =
                Other.does("reader", () -> second.receive(THERE.waiting(null))).awaitAsleep();
        desk.rollback();
        assertThat(texts(reader.result())).containsExactly("<a/>");
    }

    @Test
    void aWaitForANamedConversationIsNotServedWithAnother() throws Exception {
        UUID named = farOf(submitted("<a/>"));
        desk.receive(THERE);
        Other<List<Message>> reader = Other.does(
                        "reader",
                        () -> second.receive(THERE.ofConversation(named).waiting(null)))
                .awaitAsleep();
        submitted("<b/>");
        assertThat(texts(desk.receive(THERE))).containsExactly("<b/>");
        assertThat(reader.done()).isFalse();
        client.endpoints().stream()
                .filter(endpoint -> endpoint.initiator() && endpoint.sendSequence() == 1)
                .findFirst()
                .ifPresent(endpoint -> client.conversation(endpoint.handle()).send(Expenses.NOTE, "named"));
        assertThat(texts(reader.result())).containsExactly("named");
    }

    /** Section 5.3: a handle that names nothing any more is an error, also when it ends during the wait. */
    @Test
    void aWaitEndsWithItsConversation() throws Exception {
        for (Consumer<Conversation> end :
                List.<Consumer<Conversation>>of(Conversation::end, Conversation::cleanup, open -> {
                    desk.conversation(farOf(open)).end();
                    open.end();
                })) {
            Conversation open = client.begin(Expenses.dialog());
            open.send(Expenses.NOTE, "a");
            Receive named = HERE.ofConversation(open.handle());
            Other<List<Message>> reader = Other.does(
                            "reader", () -> second.receive(named.top(1).waiting(null)))
                    .awaitAsleep();
            desk.receive(THERE);
            client.inTransaction(() -> {
                end.accept(open);
                return null;
            });
            // the EndDialog of the other side comes first, where there is one
            try {
                assertThat(reader.result()).allMatch(Message::isEndDialog).hasSize(1);
            } catch (BrokerException e) {
                assertThat(e.number()).isEqualTo(8426);
            }
            Failing.with(8426, () -> second.receive(named.waiting(MINUTE)));
        }
    }

    @Test
    void aWaitEndsWithItsGroup() throws Exception {
        Conversation open = client.begin(Expenses.dialog());
        UUID group = open.groupId();
        Other<List<Message>> reader = Other.does(
                        "reader", () -> second.receive(HERE.ofGroup(group).waiting(null)))
                .awaitAsleep();
        open.end();
        reader.failsWith(8436);
    }

    /** A transaction may wait for the next message of a group that it holds already. */
    @Test
    void aWaitIsServedFromAGroupOfItsOwn() throws Exception {
        Conversation first = submitted("<a/>");
        for (Receive request : List.of(THERE, THERE.ofConversation(farOf(first)))) {
            Other<List<Message>> reader = Other.does(
                            "reader",
                            () -> second.inTransaction(() -> {
                                second.receive(THERE);
                                return second.receive(request.waiting(null));
                            }))
                    .awaitAsleep();
            first.send(Expenses.NOTE, "next");
            assertThat(texts(reader.result())).containsExactly("next");
            first.send(Expenses.NOTE, "again");
        }
    }

    @Test
    void aWaitEndsWhenItsThreadIsInterrupted() throws Exception {
        Other<List<Message>> reader =
                Other.does("reader", () -> second.receive(THERE.waiting(null))).awaitAsleep();
        reader.interrupt();
        reader.failsWith(1222);
        submitted("<a/>");
        assertThat(desk.receive(THERE)).hasSize(1);
    }

    @Test
    void aWaitEndsWhenTheQueueIsTurnedOffOrDropped() throws Exception {
        desk.catalog().define("CREATE QUEUE Q1; CREATE QUEUE Q2");
        Other<List<Message>> off = Other.does(
                        "off", () -> second.receive(Receive.from("Q1").waiting(null)))
                .awaitAsleep();
        LocalConnection third = home.connect();
        Other<Optional<UUID>> dropped = Other.does("dropped", () -> third.getConversationGroup("Q2", null))
                .awaitAsleep();
        desk.catalog().setQueueStatus("Q1", false);
        off.failsWith(9617);
        desk.catalog().dropQueue("Q2");
        assertThat(dropped.failsWith(9617)).hasMessageContaining("Q2");
    }

    @Test
    void aWaitEndsWhenTheServerStops() throws Exception {
        Other<List<Message>> reader =
                Other.does("reader", () -> second.receive(THERE.waiting(null))).awaitAsleep();
        home.parley().close();
        reader.failsWith(3998);
        Failing.with(org.parley.ErrorNumbers.NOT_RUNNING, () -> desk.receive(THERE));
    }

    /** Eight readers that wait are served in the order in which they came, each once in a round. */
    @Test
    void waitingReadersAreServedFirstComeFirstServed() throws Exception {
        List<LocalConnection> readers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            readers.add(home.connect());
        }
        for (int round = 0; round < 3; round++) {
            List<Other<List<Message>>> waiting = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                LocalConnection reader = readers.get((i + round) % 8);
                waiting.add(Other.does("reader-" + i, () -> reader.receive(THERE.waiting(null)))
                        .awaitAsleep());
            }
            client.begin();
            for (int i = 0; i < 8; i++) {
                client.begin(Expenses.dialog()).send(Expenses.SUBMIT, "<n" + i + "/>");
            }
            client.commit();
            for (int i = 0; i < 8; i++) {
                assertThat(texts(waiting.get(i).result())).containsExactly("<n" + i + "/>");
            }
        }
        endAll();
    }

    @Test
    void waitingReceiveIsWokenByCommit() throws Exception {
        Thread reader = new Thread(() -> {
            List<Message> got = desk.receive(Receive.from(Expenses.DESK_QUEUE).waiting(Duration.ofSeconds(20)));
            assertThat(got).hasSize(1);
            desk.conversation(got.get(0).conversationHandle()).send(Expenses.ANSWER);
        });
        reader.start();
        Expenses.submit(client, "<expense/>");
        assertThat(client.receive(Receive.from(Expenses.CLIENT_QUEUE).waiting(Duration.ofSeconds(20))))
                .hasSize(1);
        reader.join();
    }

    /** Conversation by conversation in descending priority, each in its order. */
    @Test
    void insideAGroupTheMoreUrgentConversationComesFirst() throws Exception {
        Conversation low = client.begin(Expenses.dialog());
        client.catalog().define("CREATE BROKER PRIORITY p FOR CONVERSATION SET (PRIORITY_LEVEL = 7);");
        Conversation high = client.begin(Expenses.dialog().relatedTo(low.handle()));
        for (int i = 0; i < 2; i++) {
            for (Conversation each : List.of(low, high)) {
                if (i == 0) {
                    each.send(Expenses.SUBMIT, "<a/>");
                }
                far(each).send(Expenses.NOTE, (each == low ? "low " : "high ") + i);
            }
        }
        assertThat(texts(client.receive(HERE))).containsExactly("high 0", "high 1", "low 0", "low 1");
    }

    /** A group is as urgent as its most urgent conversation that has messages. */
    @Test
    void aGroupHasThePriorityOfItsMostUrgentConversationWithMessages() throws Exception {
        Conversation low = client.begin(Expenses.dialog());
        client.catalog().define("CREATE BROKER PRIORITY p FOR CONVERSATION SET (PRIORITY_LEVEL = 7);");
        Conversation high = client.begin(Expenses.dialog().relatedTo(low.handle()));
        client.catalog().define("ALTER BROKER PRIORITY p FOR CONVERSATION SET (PRIORITY_LEVEL = 6);");
        Conversation alone = client.begin(Expenses.dialog());
        for (Conversation each : List.of(low, high, alone)) {
            each.send(Expenses.SUBMIT, "<a/>");
        }
        far(low).send(Expenses.NOTE, "low");
        far(alone).send(Expenses.NOTE, "alone");
        assertThat(texts(client.receive(HERE))).containsExactly("alone");
        far(alone).send(Expenses.NOTE, "alone");
        far(high).send(Expenses.NOTE, "high");
        assertThat(texts(client.receive(HERE))).containsExactly("high", "low");
        assertThat(texts(client.receive(HERE))).containsExactly("alone");
    }

    @Test
    void topLimitsTheMessagesThatOvertakeToo() throws Exception {
        Conversation open = submitted("<a/>");
        far(open).timer(MINUTE);
        open.endWithError(3, "three");
        home.clock().advance(MINUTE);
        eventually()
                .holds(
                        "timer and error",
                        () -> waiting(client.endpoints().get(1).handle()) == 3);
        assertThat(desk.receive(THERE_SOON.top(1))).singleElement().matches(Message::isTimer);
        assertThat(desk.receive(THERE_SOON.top(1))).singleElement().matches(Message::isError);
        assertThat(texts(desk.receive(THERE_SOON.top(1)))).containsExactly("<a/>");
    }

    @Test
    void aRollbackPutsMessagesBackInTheirPlace() throws Exception {
        Conversation open = submitted("<a/>");
        open.send(Expenses.NOTE, "b");
        desk.begin();
        desk.receive(THERE.top(1));
        open.send(Expenses.NOTE, "c");
        desk.rollback();
        assertThat(texts(desk.receive(THERE))).containsExactly("<a/>", "b", "c");
    }

    @Test
    void withoutWaitingAnEmptyQueueGivesNothingAtOnce() {
        assertThat(desk.receive(THERE)).isEmpty();
        assertThat(desk.receive(THERE.waiting(Duration.ZERO))).isEmpty();
    }

    @Test
    void aReceiveMayNameWhatHasNoMessages() throws Exception {
        Conversation open = submitted("<a/>");
        assertThat(client.receive(HERE.ofConversation(open.handle()))).isEmpty();
        assertThat(client.receive(HERE.ofGroup(open.groupId()))).isEmpty();
    }

    @Test
    void whatWasReceivedIsGone() throws Exception {
        submitted("<a/>");
        assertThat(desk.receive(THERE)).hasSize(1);
        restart();
        assertThat(desk.receive(THERE)).isEmpty();
        assertThat(home.rows()).doesNotContainKey("MESSAGES");
    }
}
