package org.parley.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Permission;
import org.parley.Securable;
import org.parley.SuspendedGroup;
import org.parley.engine.Denied;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;

/** The ways out for a group that is set aside: resumed, skipped, or ended with an error. */
class SuspendedGroupOperationsTest extends PoisonedDialogs {

    @Test
    void resumedItIsOfferedAtOnceAndCountedAnew() throws Exception {
        ConversationEndpoint poison = poison();
        Other<List<Message>> waits = Other.does(
                        "waits", () -> home.connect().receive(THERE.top(1).waiting(null)))
                .awaitAsleep();
        initiatorOf(poison).send(Expenses.NOTE, "next");
        client.resumeGroup(poison.groupId());
        assertThat(texts(waits.result())).containsExactly("<poison/>");
        rollbacks(poison, 4);
        assertThat(suspended()).isEmpty();
        rollbacks(poison, 1);
        assertThat(suspended()).hasSize(1);
    }

    @Test
    void skippingThrowsAwayTheMessageThatIsNextAndResumes() throws Exception {
        ConversationEndpoint poison = poison();
        initiatorOf(poison).send(Expenses.NOTE, "next");
        assertThat(client.skipMessage(poison.groupId()).orElseThrow().text()).isEqualTo("<poison/>");
        assertThat(suspended()).isEmpty();
        assertThat(texts(desk.receive(THERE))).containsExactly("next");
        endAll();
    }

    @Test
    void skippingWhatHasNothingLeftResumesOnly() throws Exception {
        ConversationEndpoint poison = poison();
        assertThat(desk.receive(THERE.ofGroup(poison.groupId()))).hasSize(1);
        assertThat(client.skipMessage(poison.groupId())).isEmpty();
        assertThat(suspended()).isEmpty();
        endAll();
    }

    @Test
    void skippingTakesAnErrorBeforeTheMessagesItOvertook() throws Exception {
        ConversationEndpoint poison = poison();
        initiatorOf(poison).endWithError(3, "three");
        assertThat(client.skipMessage(poison.groupId()).orElseThrow().error().code())
                .isEqualTo(3);
        assertThat(texts(desk.receive(THERE))).containsExactly("<poison/>");
        endAll();
    }

    @Test
    void itCanBeSkippedWhileTheQueueIsOff() throws Exception {
        ConversationEndpoint poison = poison();
        initiatorOf(poison).send(Expenses.NOTE, "next");
        alter("STATUS = OFF");
        client.skipMessage(poison.groupId());
        Failing.with(9617, () -> desk.receive(THERE));
        alter("STATUS = ON");
        assertThat(texts(desk.receive(THERE))).containsExactly("next");
    }

    @Test
    void endingItTellsTheOtherSidesOfAllItsConversations() throws Exception {
        ConversationEndpoint poison = poison();
        ConversationEndpoint other = submit("<other/>");
        desk.conversation(other.handle()).moveTo(poison.groupId());
        client.endGroup(poison.groupId(), 17, "can't be processed");
        assertThat(suspended()).isEmpty();
        for (ConversationEndpoint side : List.of(poison, other)) {
            Conversation here = initiatorOf(side);
            List<Message> heard =
                    client.receive(HERE.ofConversation(here.handle()).waiting(null));
            assertThat(heard.get(0).error().code()).isEqualTo(17);
            assertThat(heard.get(0).error().description()).isEqualTo("can't be processed");
            here.end();
        }
        home.awaitNothingLeft();
    }

    @Test
    void whatCanNotBeDoneChangesNothing() throws Exception {
        ConversationEndpoint poison = poison();
        List<String> before = home.dump();
        Failing.with(8420, () -> client.resumeGroup(null));
        Failing.with(ErrorNumbers.NOT_SUSPENDED, () -> client.resumeGroup(new UUID(1, 2)));
        Failing.with(ErrorNumbers.NOT_SUSPENDED, () -> client.skipMessage(new UUID(1, 2)));
        Failing.with(8422, () -> client.endGroup(poison.groupId(), 0, "text"));
        Failing.with(8422, () -> client.endGroup(poison.groupId(), 1, ""));
        desk.begin();
        assertThat(desk.receive(THERE.ofGroup(poison.groupId()))).hasSize(1);
        Failing.with(1222, () -> desk.resumeGroup(poison.groupId()));
        Other<Void> waits = Other.runs("resumes", () -> client.resumeGroup(poison.groupId()))
                .awaitAsleep();
        home.clock().advance(Duration.ofSeconds(2));
        waits.failsWith(1222);
        desk.rollback();
        assertThat(home.dump()).isEqualTo(before);
        assertThat(suspended()).containsExactly(poison.groupId());
        client.resumeGroup(poison.groupId());
        Failing.with(ErrorNumbers.NOT_SUSPENDED, () -> client.resumeGroup(poison.groupId()));
    }

    /** The operations are transactions of their own: a transaction of the caller neither delays nor undoes them. */
    @Test
    void theCallersTransactionIsLeftAlone() throws Exception {
        ConversationEndpoint poison = poison();
        client.begin();
        client.begin(Expenses.dialog());
        client.skipMessage(poison.groupId());
        client.rollback();
        assertThat(suspended()).isEmpty();
        assertThat(desk.receive(THERE)).isEmpty();
        assertThat(client.endpoints()).hasSize(2);
    }

    @Test
    void eachOperationNeedsItsPermission() throws Exception {
        ConversationEndpoint poison = poison();
        UUID group = poison.groupId();
        client.catalog().createUser("ann");
        LocalConnection ann = home.parley().connect(ExpenseHome.DATABASE, "ann", null);
        assertThat(ann.suspendedGroups()).isEmpty();
        Denied.denied(home, () -> ann.resumeGroup(group), "ann", Permission.ALTER, Expenses.DESK_QUEUE);
        Denied.denied(home, () -> ann.skipMessage(group), "ann", Permission.ALTER, Expenses.DESK_QUEUE);
        Denied.denied(home, () -> ann.endGroup(group, 1, "one"), "ann", Permission.CONTROL, Expenses.DESK);
        client.catalog().grant(Permission.ALTER, Securable.queue(Expenses.DESK_QUEUE), "ann");
        assertThat(ann.suspendedGroups()).hasSize(1);
        Denied.denied(home, () -> ann.skipMessage(group), "ann", Permission.RECEIVE, Expenses.DESK_QUEUE);
        ann.resumeGroup(group);
        rollbacks(poison, 5);
        client.catalog().grant(Permission.RECEIVE, Securable.queue(Expenses.DESK_QUEUE), "ann");
        assertThat(ann.skipMessage(group)).isPresent();
        initiatorOf(poison).send(Expenses.NOTE, "poison again");
        rollbacks(poison, 5);
        client.catalog().grant(Permission.CONTROL, Securable.service(Expenses.DESK), "ann");
        ann.endGroup(group, 1, "one");
        assertThat(suspended()).isEmpty();
    }

    /** Readers, senders, movers and an operator at once: what isn't poison is received once, what is gets ended. */
    @Test
    void operationsAreSafeBesideReadersAndEnds() throws Exception {
        int dialogs = 12;
        List<ConversationEndpoint> sides = new ArrayList<>();
        for (int i = 0; i < dialogs; i++) {
            sides.add(submit(i % 3 == 0 ? "<poison/>" : "<good/>"));
        }
        List<Other<Integer>> readers = List.of(reader("one"), reader("two"), reader("three"));
        Other<Integer> operator = Other.does("operator", () -> {
            int ended = 0;
            try (LocalConnection own = home.connect()) {
                for (int round = 0; ended < dialogs / 3; round++) {
                    for (SuspendedGroup group : own.suspendedGroups()) {
                        if (round % 3 == 0) {
                            own.endGroup(group.groupId(), 9, "poison");
                            ended++;
                        } else {
                            own.resumeGroup(group.groupId());
                        }
                    }
                }
            }
            return ended;
        });
        assertThat(operator.result()).isEqualTo(dialogs / 3);
        eventually()
                .holds(
                        "all to be received",
                        () -> client.endpoints().stream()
                                .filter(side -> !side.initiator())
                                .allMatch(side -> side.waitingMessages() == 0));
        stop = true;
        int good = 0;
        for (Other<Integer> reader : readers) {
            good += reader.result();
        }
        assertThat(good).isEqualTo(dialogs - dialogs / 3);
        endAll();
    }

    private volatile boolean stop;

    private Other<Integer> reader(String name) {
        return Other.does(name, () -> {
            int good = 0;
            try (LocalConnection own = home.connect()) {
                while (!stop) {
                    own.begin();
                    List<Message> messages = own.receive(THERE.top(1));
                    if (texts(messages).contains("<poison/>")) {
                        own.rollback();
                    } else {
                        own.commit();
                        good += messages.size();
                    }
                }
            }
            return good;
        });
    }
}
