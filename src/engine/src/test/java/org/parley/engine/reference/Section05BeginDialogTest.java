package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.ConversationState;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.Other;
import org.parley.spi.ServerConfig;

/**
 * BEGIN DIALOG, argument by argument and remark by remark of its seed document; service-broker.md, section 5.1. Errors that
 * change nothing are in {@link Section05ErrorsTest}, permissions in {@link Section05PermissionsTest}, the printed examples
 * in {@link SeedBeginDialogTest}.
 */
class Section05BeginDialogTest extends ExpenseDialogs {

    @Override
    ServerConfig configured(ServerConfig config) {
        return config.withLockTimeout(Duration.ofSeconds(2));
    }

    private ConversationEndpoint begun(Dialog dialog) {
        return endpoint(client.begin(dialog).handle());
    }

    @Test
    void theHandleIsMadeByTheSystemAndIsAnotherEachTime() {
        Conversation one = client.begin(Expenses.dialog());
        Conversation two = client.begin(Expenses.dialog());
        assertThat(one.handle()).isNotNull().isNotEqualTo(two.handle()).isNotEqualTo(one.conversationId());
    }

    /** FROM SERVICE: its queue receives answers and what the broker has to say. */
    @Test
    void theQueueOfFromServiceReceivesAnswersAndBrokerMessages() throws Exception {
        client.catalog().define("CREATE QUEUE Own; CREATE SERVICE [//own] ON QUEUE Own;");
        Conversation open = client.begin(
                Dialog.between("//own", Expenses.DESK).on(Expenses.CONTRACT).lasting(MINUTE));
        open.send(Expenses.SUBMIT, "<a/>");
        far(open).send(Expenses.ANSWER);
        home.clock().advance(MINUTE);
        Receive own = Receive.from("Own").waiting(null);
        List<Message> received = desk.receive(own);
        assertThat(received).extracting(Message::serviceName).containsOnly("//own");
        if (received.size() == 1) {
            received = desk.receive(own);
        }
        assertThat(codes(received)).containsExactly(-8489);
        assertThat(client.receive(HERE)).isEmpty();
    }

    /** TO SERVICE isn't looked for, and may have up to 256 characters. */
    @Test
    void toServiceIsNotCheckedAndComparedByteByByte() throws Exception {
        client.begin(Dialog.between(Expenses.CLIENT, "x".repeat(256)).on(Expenses.CONTRACT))
                .send(Expenses.SUBMIT, "<a/>");
        Conversation other = client.begin(Dialog.between(Expenses.CLIENT, Expenses.DESK.toLowerCase(Locale.ROOT))
                .on(Expenses.CONTRACT));
        other.send(Expenses.SUBMIT, "<a/>");
        assertThat(desk.receive(THERE)).isEmpty();
        assertThat(client.receive(HERE)).isEmpty();
        awaitStatus(other, "9796: ");
    }

    @Test
    void theBrokerInstanceChoosesTheDatabase() throws Exception {
        LocalConnection second = home.parley().connect("Second");
        Expenses.define(second);
        Conversation named =
                client.begin(Expenses.dialog().at(client.brokerInstance().toString()));
        Conversation current = client.begin(Expenses.dialog().at("current database"));
        Conversation alsoCurrent = client.begin(Expenses.dialog().at(Dialog.CURRENT_DATABASE));
        for (Conversation each : List.of(named, current, alsoCurrent)) {
            each.send(Expenses.SUBMIT, "<a/>");
            assertThat(desk.receive(THERE)).hasSize(1);
        }
        Conversation elsewhere =
                client.begin(Expenses.dialog().at(second.brokerInstance().toString()));
        elsewhere.send(Expenses.SUBMIT, "<a/>");
        assertThat(desk.receive(THERE)).isEmpty();
        awaitStatus(elsewhere, "916: ");
        Failing.with(8413, () -> client.begin(Expenses.dialog().at("g".repeat(129))));
        Failing.with(8412, () -> client.begin(Expenses.dialog().at("no guid")));
    }

    @Test
    void theContractIsDefaultWhenItIsLeftOut() {
        assertThat(begun(Dialog.between(Expenses.CLIENT, Expenses.DESK)).contract())
                .isEqualTo("DEFAULT");
        Failing.with(8417, () -> Dialog.between(Expenses.CLIENT, Expenses.DESK).on(null));
        Failing.with(8425, () -> client.begin(Expenses.dialog().on("//not here")));
    }

    @Test
    void aContractThatTheTargetDoesNotAcceptIsAnErrorMessageNotAnError() {
        client.begin(Dialog.between(Expenses.CLIENT, Expenses.DESK)).send("DEFAULT", "x");
        assertThat(codes(client.receive(HERE))).containsExactly(-8408);
    }

    @Test
    void aRelatedConversationGivesItsGroup() {
        Conversation first = client.begin(Expenses.dialog());
        assertThat(begun(Expenses.dialog().relatedTo(first.handle())).groupId()).isEqualTo(first.groupId());
        Failing.with(8426, () -> client.begin(Expenses.dialog().relatedTo(UUID.randomUUID())));
        first.moveTo(client.begin(Expenses.dialog()).groupId());
        assertThat(begun(Expenses.dialog().relatedTo(first.handle())).groupId()).isEqualTo(first.groupId());
    }

    /** The target's side may be named too: its group has the service that begins. */
    @Test
    void aServiceMayRelateToADialogInWhichItIsTheTarget() throws Exception {
        Conversation open = submitted("<a/>");
        Conversation far = far(open);
        Conversation question = desk.begin(Dialog.between(Expenses.DESK, Expenses.CLIENT)
                .on(Expenses.CONTRACT)
                .relatedTo(far.handle()));
        assertThat(question.groupId()).isEqualTo(far.groupId());
    }

    @Test
    void anUnknownGroupIsCreatedWithTheIdThatWasGiven() {
        UUID own = UUID.randomUUID();
        assertThat(begun(Expenses.dialog().inGroup(own)).groupId()).isEqualTo(own);
        assertThat(begun(Expenses.dialog().inGroup(own)).groupId()).isEqualTo(own);
    }

    @Test
    void withoutRelationThereIsANewGroup() {
        assertThat(begun(Expenses.dialog()).groupId())
                .isNotEqualTo(begun(Expenses.dialog()).groupId());
    }

    @Test
    void groupsOfOtherServicesAreRefused() throws Exception {
        Conversation far = far(submitted("<a/>"));
        Failing.with(9610, () -> client.begin(Expenses.dialog().relatedTo(far.handle())));
        UUID group = far.groupId();
        Failing.with(9610, () -> client.begin(Expenses.dialog().inGroup(group)));
    }

    @Test
    void theLifetimeIsInSecondsAndTheLongestIntWhenItIsLeftOut() {
        assertThat(begun(Expenses.dialog()).lifetime())
                .isEqualTo(home.clock().instant().plusSeconds(Integer.MAX_VALUE));
        assertThat(begun(Expenses.dialog().lasting(Duration.ofSeconds(60))).lifetime())
                .isEqualTo(home.clock().instant().plusSeconds(60));
        assertThat(begun(Expenses.dialog().lasting(Duration.ofMillis(1999))).lifetime())
                .isEqualTo(home.clock().instant().plusSeconds(1));
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(1L << 31))) {
            assertThat(Failing.with(8411, () -> client.begin(Expenses.dialog().lasting(wrong))))
                    .hasMessageContaining("1 to 2147483647");
        }
    }

    @Test
    void bothSidesMustEndBeforeTheLifetimeForTheDialogToComplete() throws Exception {
        Conversation complete = submitted(MINUTE);
        far(complete).end();
        complete.end();
        Conversation half = submitted(MINUTE);
        far(half).end();
        home.clock().advance(MINUTE);
        eventually().becomes("state", () -> stateOf(half.handle()), state -> state == ConversationState.ERROR);
        assertThat(codes(client.receive(HERE_SOON.top(1)))).containsExactly(-8489);
        assertThat(client.endpoints())
                .filteredOn(ConversationEndpoint::initiator)
                .singleElement()
                .extracting(ConversationEndpoint::handle)
                .isEqualTo(half.handle());
    }

    /** Inside one database neither master key nor trust is asked for. */
    @Test
    void encryptionMakesNoDifferenceInOneDatabase() throws Exception {
        for (boolean on : new boolean[] {true, false}) {
            client.begin(Expenses.dialog().encrypted(on)).send(Expenses.SUBMIT, "<a/>");
            assertThat(desk.receive(THERE)).hasSize(1);
        }
    }

    @Test
    void nobodyIsContactedBeforeTheFirstMessage() throws Exception {
        Conversation open = client.begin(Expenses.dialog());
        assertThat(client.endpoints()).hasSize(1);
        assertThat(client.transmissionStatus(open.handle())).isEmpty();
        open.send(Expenses.SUBMIT, "<a/>");
        assertThat(client.endpoints()).hasSize(2);
    }

    @Test
    void thePriorityIsResolvedAtThisMoment() {
        Conversation before = client.begin(Expenses.dialog());
        client.catalog().define("CREATE BROKER PRIORITY p FOR CONVERSATION SET (PRIORITY_LEVEL = 8);");
        assertThat(begun(Expenses.dialog()).priority()).isEqualTo(8);
        assertThat(endpoint(before.handle()).priority()).isEqualTo(5);
    }

    /** The group of the new dialog, the named group, and the group of the related dialog. */
    @Test
    void theGroupIsLocked() throws Exception {
        Conversation related = client.begin(Expenses.dialog());
        UUID named = UUID.randomUUID();
        LocalConnection other = home.connect();
        for (Dialog dialog : List.of(
                Expenses.dialog().relatedTo(related.handle()),
                Expenses.dialog().inGroup(related.groupId()),
                Expenses.dialog().inGroup(named))) {
            client.begin();
            UUID group = client.begin(dialog).groupId();
            Other<Conversation> waits = Other.does(
                            "waits", () -> other.begin(Expenses.dialog().inGroup(group)))
                    .awaitAsleep();
            home.clock().advance(Duration.ofSeconds(2));
            waits.failsWith(1222);
            client.commit();
            assertThat(Optional.of(other.begin(Expenses.dialog().inGroup(group))))
                    .isPresent();
        }
    }
}
