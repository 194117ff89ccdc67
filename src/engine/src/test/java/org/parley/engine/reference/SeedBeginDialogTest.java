package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.Expenses;

/** The examples A to F of the seed document "BEGIN DIALOG CONVERSATION", through the API. */
class SeedBeginDialogTest extends ExpenseDialogs {

    private static final String CLIENT = "//Adventure-Works.com/ExpenseClient";
    private static final String EXPENSES = "//Adventure-Works.com/Expenses";
    private static final String SUBMISSION = "//Adventure-Works.com/Expenses/ExpenseSubmission";

    /** The service that answers, in its own queue, hears of it. */
    private void arrives(Conversation dialog) throws Exception {
        dialog.send(Expenses.SUBMIT, "<expense/>");
        assertThat(desk.receive(THERE))
                .singleElement()
                .extracting(Message::serviceName, Message::contractName, Message::text)
                .containsExactly(EXPENSES, SUBMISSION, "<expense/>");
    }

    @Test
    void exampleABeginsADialog() throws Exception {
        Conversation dialog = client.begin(Dialog.between(CLIENT, EXPENSES).on(SUBMISSION));
        assertThat(endpoint(dialog.handle()))
                .extracting(
                        ConversationEndpoint::service,
                        ConversationEndpoint::farService,
                        ConversationEndpoint::contract,
                        ConversationEndpoint::initiator)
                .containsExactly(CLIENT, EXPENSES, SUBMISSION, true);
        arrives(dialog);
    }

    @Test
    void exampleBEndsWithAnErrorAfter60Seconds() throws Exception {
        Conversation dialog =
                client.begin(Dialog.between(CLIENT, EXPENSES).on(SUBMISSION).lasting(Duration.ofSeconds(60)));
        arrives(dialog);
        home.clock().advance(Duration.ofSeconds(59));
        assertThat(client.receive(HERE)).isEmpty();
        home.clock().advance(Duration.ofSeconds(1));
        assertThat(codes(client.receive(HERE_SOON))).containsExactly(-8489);
        assertThat(codes(desk.receive(THERE_SOON))).containsExactly(-8489);
    }

    @Test
    void exampleCGoesToTheBrokerThatIsNamed() throws Exception {
        LocalConnection named = home.parley().connect("Named");
        Expenses.define(named);
        client.catalog().setTrustworthy(true);
        client.catalog().createMasterKey("one");
        named.catalog().createMasterKey("two");
        Conversation dialog = client.begin(Dialog.between(CLIENT, EXPENSES)
                .on(SUBMISSION)
                .at(named.brokerInstance().toString().toUpperCase()));
        dialog.send(Expenses.SUBMIT, "<expense/>");
        assertThat(named.receive(THERE_SOON))
                .singleElement()
                .extracting(Message::text)
                .isEqualTo("<expense/>");
        assertThat(desk.receive(THERE)).isEmpty();
    }

    @Test
    void exampleCWithABrokerThatNobodyKnowsWaits() {
        Conversation dialog = client.begin(
                Dialog.between(CLIENT, EXPENSES).on(SUBMISSION).at("a326e034-d4cf-4e8b-8d98-4d7e1926c904"));
        dialog.send(Expenses.SUBMIT, "<expense/>");
        assertThat(client.endpoints()).hasSize(1);
        awaitStatus(dialog, "9795: ");
    }

    @Test
    void exampleDJoinsAConversationGroup() throws Exception {
        UUID conversationGroupId = client.begin(Expenses.dialog()).groupId();
        Conversation dialog =
                client.begin(Dialog.between(CLIENT, EXPENSES).on(SUBMISSION).inGroup(conversationGroupId));
        assertThat(dialog.groupId()).isEqualTo(conversationGroupId);
        arrives(dialog);
        UUID unknown = UUID.randomUUID();
        assertThat(client.begin(Dialog.between(CLIENT, EXPENSES).on(SUBMISSION).inGroup(unknown))
                        .groupId())
                .isEqualTo(unknown);
    }

    @Test
    void exampleEJoinsTheGroupOfAConversationFor600Seconds() throws Exception {
        UUID existingConversationHandle = client.begin(Expenses.dialog()).handle();
        Conversation dialog = client.begin(Dialog.between(CLIENT, EXPENSES)
                .on(SUBMISSION)
                .relatedTo(existingConversationHandle)
                .lasting(Duration.ofSeconds(600)));
        assertThat(dialog.groupId())
                .isEqualTo(client.conversation(existingConversationHandle).groupId());
        arrives(dialog);
        home.clock().advance(Duration.ofSeconds(600));
        assertThat(codes(client.receive(HERE_SOON))).containsExactly(-8489);
        assertThat(client.receive(HERE.ofConversation(existingConversationHandle)))
                .isEmpty();
    }

    @Test
    void exampleFNeedsNoKeyOnItsWay() throws Exception {
        Conversation dialog =
                client.begin(Dialog.between(CLIENT, EXPENSES).on(SUBMISSION).encrypted(false));
        arrives(dialog);
        LocalConnection other = home.parley().connect("Other");
        Expenses.define(other);
        client.catalog().setTrustworthy(true);
        client.begin(Dialog.between(CLIENT, EXPENSES)
                        .on(SUBMISSION)
                        .at(other.brokerInstance().toString())
                        .encrypted(false))
                .send(Expenses.SUBMIT, "<nokey/>");
        assertThat(other.receive(THERE_SOON)).hasSize(1);
    }
}
