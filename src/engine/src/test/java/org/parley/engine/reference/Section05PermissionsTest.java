package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.engine.Denied.denied;
import static org.parley.engine.Expenses.CLIENT;
import static org.parley.engine.Expenses.CLIENT_QUEUE;
import static org.parley.engine.Expenses.CONTRACT;
import static org.parley.engine.Expenses.DESK;
import static org.parley.engine.Expenses.DESK_QUEUE;
import static org.parley.engine.Expenses.NOTE;
import static org.parley.engine.Expenses.dialog;
import static org.parley.engine.Expenses.submit;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Permission;
import org.parley.Receive;
import org.parley.Securable;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;

/** Who may run which statement; service-broker.md, section 5.9. */
class Section05PermissionsTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private LocalConnection dbo;
    private LocalConnection anna;

    @BeforeEach
    void users() {
        dbo = home.connect();
        dbo.catalog().createUser("anna");
        anna = home.parley().connect(ExpenseHome.DATABASE, "anna", null);
    }

    @AfterEach
    void close() {
        anna.close();
        dbo.close();
    }

    private void grant(Permission permission, Securable on) {
        dbo.catalog().grant(permission, on, "anna");
    }

    /** Another session gets the group at once: the denied call has no lock on it. */
    private void isFree(UUID handle) {
        try (LocalConnection other = home.connect()) {
            other.begin();
            other.conversation(handle).send(NOTE, "x");
            other.rollback();
        }
    }

    @Nested
    class BeginDialog {

        @Test
        void needsReceiveOnTheQueueAndReferencesOnTheContract() {
            denied(home, () -> anna.begin(dialog()), "anna", Permission.RECEIVE, CLIENT_QUEUE);
            grant(Permission.RECEIVE, Securable.queue(CLIENT_QUEUE));
            denied(home, () -> anna.begin(dialog()), "anna", Permission.REFERENCES, CONTRACT);
            grant(Permission.REFERENCES, Securable.contract(CONTRACT));
            assertThat(anna.begin(dialog()).handle()).isNotNull();
        }

        @Test
        void contractDefaultIsEverybodys() {
            grant(Permission.RECEIVE, Securable.queue(CLIENT_QUEUE));
            assertThat(anna.begin(org.parley.Dialog.between(CLIENT, DESK)).handle())
                    .isNotNull();
        }

        @Test
        void unknownServiceIsToldFirst() {
            assertThatThrownBy(() -> anna.begin(org.parley.Dialog.between("//none", DESK)))
                    .hasFieldOrPropertyWithValue("number", 8423);
        }
    }

    @Nested
    class Send {

        @Test
        void needsReceiveOnTheOwnQueue() {
            Conversation begun = dbo.begin(dialog());
            denied(
                    home,
                    () -> anna.conversation(begun.handle()).send(NOTE, "x"),
                    "anna",
                    Permission.RECEIVE,
                    CLIENT_QUEUE);
            isFree(begun.handle());
            grant(Permission.RECEIVE, Securable.queue(CLIENT_QUEUE));
            anna.conversation(begun.handle()).send(NOTE, "x");
            assertThat(dbo.receive(Receive.from(DESK_QUEUE))).hasSize(1);
        }

        @Test
        void onSeveralNeedsAllQueues() throws Exception {
            Conversation first = submit(dbo, "<a/>");
            UUID target = dbo.receive(Receive.from(DESK_QUEUE)).get(0).conversationHandle();
            grant(Permission.RECEIVE, Securable.queue(CLIENT_QUEUE));
            denied(
                    home,
                    () -> anna.send(List.of(first.handle(), target), NOTE, null),
                    "anna",
                    Permission.RECEIVE,
                    DESK_QUEUE);
            isFree(first.handle());
        }

        @Test
        void inTheTransactionThatBegan() throws Exception {
            grant(Permission.RECEIVE, Securable.queue(CLIENT_QUEUE));
            grant(Permission.REFERENCES, Securable.contract(CONTRACT));
            assertThat(submit(anna, "<a/>").handle()).isNotNull();
        }
    }

    @Nested
    class ReceiveAndGetGroup {

        @Test
        void needReceiveOnTheQueue() throws Exception {
            UUID handle = submit(dbo, "<a/>").handle();
            denied(home, () -> anna.receive(Receive.from(DESK_QUEUE)), "anna", Permission.RECEIVE, DESK_QUEUE);
            denied(
                    home,
                    () -> anna.getConversationGroup(DESK_QUEUE, Duration.ZERO),
                    "anna",
                    Permission.RECEIVE,
                    DESK_QUEUE);
            isFree(handle);
            grant(Permission.RECEIVE, Securable.queue(DESK_QUEUE));
            assertThat(anna.getConversationGroup(DESK_QUEUE, Duration.ZERO)).isPresent();
            assertThat(anna.receive(Receive.from(DESK_QUEUE))).hasSize(1);
        }

        @Test
        void deniedInsideATransactionLeavesItAlive() throws Exception {
            submit(dbo, "<a/>");
            grant(Permission.RECEIVE, Securable.queue(CLIENT_QUEUE));
            grant(Permission.REFERENCES, Securable.contract(CONTRACT));
            anna.begin();
            Conversation begun = anna.begin(dialog());
            denied(home, () -> anna.receive(Receive.from(DESK_QUEUE)), "anna", Permission.RECEIVE, DESK_QUEUE);
            anna.commit();
            assertThat(begun.state()).isNotNull();
        }

        @Test
        void endpointsOfOtherQueuesAreHidden() throws Exception {
            submit(dbo, "<a/>");
            assertThat(anna.endpoints()).isEmpty();
            grant(Permission.RECEIVE, Securable.queue(DESK_QUEUE));
            assertThat(anna.endpoints()).hasSize(1);
            assertThat(dbo.endpoints()).hasSize(2);
        }
    }

    @Nested
    class End {

        @Test
        void isTheOwnersOfTheConversation() {
            Conversation begun = dbo.begin(dialog());
            grant(Permission.RECEIVE, Securable.queue(CLIENT_QUEUE));
            Conversation hers = anna.conversation(begun.handle());
            denied(home, hers::end, "anna", Permission.CONTROL, CLIENT);
            denied(home, hers::cleanup, "anna", Permission.CONTROL, CLIENT);
            denied(home, () -> hers.endWithError(1, "x"), "anna", Permission.CONTROL, CLIENT);
            isFree(begun.handle());
            dbo.catalog().alterAuthorization(Securable.service(CLIENT), "anna");
            hers.end();
            home.awaitNothingLeft();
        }

        @Test
        void cleanupOfWhatHasEndedIsForOwnersOfTheDatabase() throws Exception {
            Conversation begun = dbo.inTransaction(() -> {
                Conversation conversation = dbo.begin(dialog());
                conversation.send(Expenses.SUBMIT, "<a/>");
                return conversation;
            });
            grant(Permission.CONTROL, Securable.service(CLIENT));
            Conversation hers = anna.conversation(begun.handle());
            hers.end();
            Failing.with(28006, hers::cleanup);
            anna.begin();
            Failing.with(28006, hers::cleanup);
            anna.rollback();
            assertThat(dbo.endpoints()).hasSize(2);
            dbo.catalog().addRoleMember("db_owner", "anna");
            hers.cleanup();
        }

        @Test
        void membersOfDbOwnerMay() {
            Conversation begun = dbo.begin(dialog());
            dbo.catalog().addRoleMember("db_owner", "anna");
            anna.conversation(begun.handle()).end();
            home.awaitNothingLeft();
        }
    }

    @Nested
    class Move {

        @Test
        void isTheOwnersOfTheConversation() {
            Conversation begun = dbo.begin(dialog());
            Conversation other = dbo.begin(dialog());
            UUID group = other.groupId();
            grant(Permission.RECEIVE, Securable.queue(CLIENT_QUEUE));
            Conversation hers = anna.conversation(begun.handle());
            denied(home, () -> hers.moveTo(group), "anna", Permission.CONTROL, CLIENT);
            isFree(begun.handle());
            isFree(other.handle());
            grant(Permission.CONTROL, Securable.service(CLIENT));
            hers.moveTo(group);
            assertThat(begun.groupId()).isEqualTo(group);
        }
    }

    @Nested
    class Timer {

        @Test
        void needsSendOnTheService() {
            Conversation begun = dbo.begin(dialog());
            grant(Permission.RECEIVE, Securable.queue(CLIENT_QUEUE));
            Conversation hers = anna.conversation(begun.handle());
            denied(home, () -> hers.timer(Duration.ofMinutes(1)), "anna", Permission.SEND, CLIENT);
            isFree(begun.handle());
            grant(Permission.SEND, Securable.service(CLIENT));
            hers.timer(Duration.ofMinutes(1));
            assertThat(home.rows()).containsEntry("TIMERS", 1);
        }
    }

    @Nested
    class Delivery {

        @Test
        void needsSendOnTheTargetForTheOwnerOfTheSendingService() throws Exception {
            dbo.catalog().alterAuthorization(Securable.service(CLIENT), "anna");
            Conversation refused = submit(dbo, "<a/>");
            assertThat(dbo.receive(Receive.from(DESK_QUEUE))).isEmpty();
            assertThat(dbo.receive(Receive.from(CLIENT_QUEUE)).get(0).error().code())
                    .isEqualTo(-8494);
            refused.end();
            grant(Permission.SEND, Securable.service(DESK));
            submit(dbo, "<a/>");
            assertThat(dbo.receive(Receive.from(DESK_QUEUE))).hasSize(1);
        }
    }
}
