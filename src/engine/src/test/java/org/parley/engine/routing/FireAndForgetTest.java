package org.parley.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.ANSWERING;
import static org.parley.engine.routing.TwoDatabases.ASKING;
import static org.parley.engine.routing.TwoDatabases.QUESTION;
import static org.parley.engine.routing.TwoDatabases.ask;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.engine.routing.TwoDatabases.texts;
import static org.parley.testkit.Eventually.eventually;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.Select;

/**
 * Whoever begins a dialog, sends its only message and ends at once leaves no rows behind for longer than the manual says;
 * service-broker.md, sections 3.3 and 26, design.md's overrides.
 */
class FireAndForgetTest {

    /** The longest pause between two questions. */
    private static final Duration PAUSE = Duration.ofSeconds(64);

    private static final Duration LOST = Duration.ofDays(30);

    @RegisterExtension
    final TwoDatabases two = new TwoDatabases();

    private static List<String> closed(LocalConnection connection) {
        return Select.rows(
                connection,
                "SELECT STATE, CLOSED_REASON, REMOVED_AT FROM PARLEY.CONVERSATION_ENDPOINTS WHERE STATE = 'CD'");
    }

    private void awaitClosed(String reason) {
        eventually()
                .becomes(
                        "the closed side",
                        () -> closed(two.answering()),
                        rows -> rows.size() == 1 && rows.get(0).contains(reason));
    }

    private Duration untilRemoved() {
        String shown = closed(two.answering()).get(0);
        LocalDateTime at =
                Timestamp.valueOf(shown.substring(shown.lastIndexOf('|') + 1)).toLocalDateTime();
        return Duration.between(two.clock().instant(), at.toInstant(ZoneOffset.UTC));
    }

    /** Everything of the target is gone, though the initiator's database isn't asked. */
    private void awaitTargetGone() {
        eventually().becomes("rows of the target", () -> two.rows(ANSWERING), Map::isEmpty);
    }

    /** A target that has received message and end, and whose initiator's database is gone before it has ended. */
    private UUID lostInitiator(Dialog dialog) throws Exception {
        LocalConnection asking = two.asking();
        asking.inTransaction(() -> {
            Conversation conversation = asking.begin(dialog);
            conversation.send(QUESTION, "take this");
            conversation.end();
            return null;
        });
        List<Message> all = receive(two.answering(), "Questions", 2);
        assertThat(texts(all)).containsExactly("take this", "end");
        two.takeAway(ASKING);
        return all.get(0).conversationHandle();
    }

    @Test
    void inOneDatabaseTheInitiatorSaysForWhomItWaits() throws Exception {
        LocalConnection asking = two.asking();
        asking.catalog().define("CREATE QUEUE Q; CREATE SERVICE [//here] ON QUEUE Q ([//asking]);");
        Conversation begun =
                asking.begin(Dialog.between(TwoDatabases.ASKER, "//here").on(TwoDatabases.CONTRACT));
        begun.send(QUESTION, "take this");
        UUID there = asking.endpoints(begun.conversationId()).get(1).handle();
        begun.end();
        two.clock().advance(LOST);
        assertThat(closed(asking)).containsExactly("CD|The other side, " + there + ", has not ended.|-");
        asking.conversation(there).end();
        two.awaitNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void betweenDatabasesBothSidesGoAsSoonAsTheTargetHasEnded(boolean restarts) throws Exception {
        ask(two.asking(), "take this").end();
        List<Message> all = receive(two.answering(), "Questions", 2);
        eventually().becomes("rows of the initiator", () -> two.rows(ASKING), Map::isEmpty);
        if (restarts) {
            two.restart();
        }
        two.answering().conversation(all.get(0).conversationHandle()).end();
        two.awaitNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTargetThatEndsBeforeTheEndHasArrivedLeavesNothingEither(boolean restarts) throws Exception {
        Conversation question = ask(two.asking(), "take this");
        Message first = receive(two.answering(), "Questions", 1).get(0);
        two.answering().conversation(first.conversationHandle()).end();
        question.end();
        if (restarts) {
            two.restart();
        }
        eventually().holds("nothing to be left", () -> {
            two.clock().advance(PAUSE);
            return two.rows(ASKING).isEmpty() && two.rows(ANSWERING).isEmpty();
        });
        two.awaitNothingLeft();
    }

    /** The other database is asked again and again, and the row goes with its answer. */
    @Test
    void aClosedTargetWaitsForItsInitiatorsDatabaseAndGoesWhenThatIsBack() throws Exception {
        UUID target = lostInitiator(TwoDatabases.dialog());
        two.answering().conversation(target).end();
        awaitClosed("its database can't be asked");
        two.clock().advance(Duration.ofDays(20));
        assertThat(two.rows(ANSWERING)).containsEntry("ENDPOINTS", 1);
        two.bringBack(ASKING);
        eventually().holds("nothing to be left", () -> {
            two.clock().advance(PAUSE);
            return two.rows(ANSWERING).isEmpty();
        });
        two.awaitNothingLeft();
    }

    /** The lifetime is the longest that there is, 68 years: a database that is gone for ever is waited for 30 days. */
    @Test
    void aClosedTargetWhoseInitiatorsDatabaseIsGoneForEverGoesAfter30Days() throws Exception {
        UUID target = lostInitiator(TwoDatabases.dialog());
        two.answering().conversation(target).end();
        awaitClosed("its database can't be asked");
        assertThat(untilRemoved()).isBetween(LOST.minus(PAUSE), LOST);
        // the row is written by the engine, which the restart must not overtake
        eventually()
                .becomes(
                        "the end of the guard on disk",
                        () -> Select.rows(
                                two.answering(),
                                "SELECT COUNT(*) FROM PARLEY_STORE.TRANSITS WHERE GUARD_ENDS > 0 WITH UR"),
                        List.of("1")::equals);
        two.clock().advance(Duration.ofDays(20));
        two.restart();
        awaitClosed("its database can't be asked");
        assertThat(untilRemoved()).isBetween(Duration.ofDays(10).minus(PAUSE), Duration.ofDays(10));
        two.clock().advance(Duration.ofDays(9));
        assertThat(two.rows(ANSWERING)).containsEntry("ENDPOINTS", 1);
        two.clock().advance(Duration.ofDays(1));
        eventually().holds("the guard to go", () -> {
            two.clock().advance(PAUSE);
            return two.rows(ANSWERING).isEmpty();
        });
        awaitTargetGone();
    }

    @Test
    void theLifetimeOfTheDialogMayEndTheGuardEarlier() throws Exception {
        UUID target = lostInitiator(TwoDatabases.dialog().lasting(Duration.ofHours(1)));
        two.answering().conversation(target).end();
        awaitClosed("its database can't be asked");
        assertThat(untilRemoved()).isBetween(Duration.ofMinutes(85), Duration.ofMinutes(90));
        two.clock().advance(Duration.ofMinutes(95));
        eventually().holds("the guard to go", () -> {
            two.clock().advance(PAUSE);
            return two.rows(ANSWERING).isEmpty();
        });
    }

    /** The message waits for a database that never comes: the lifetime ends that, or a clean-up. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInitiatorWhoseTargetIsGoneForEverWaitsForItsLifetimeOrACleanup(boolean cleansUp) throws Exception {
        String broker = two.answering().brokerInstance().toString();
        two.takeAway(ANSWERING);
        LocalConnection asking = two.asking();
        Conversation begun = asking.inTransaction(() -> {
            Conversation conversation =
                    asking.begin(TwoDatabases.dialog().at(broker).lasting(Duration.ofDays(365)));
            conversation.send(QUESTION, "for nobody");
            conversation.end();
            return conversation;
        });
        eventually()
                .becomes(
                        "status", () -> asking.transmissionStatus(begun.handle()), status -> status.startsWith("9795"));
        two.clock().advance(Duration.ofDays(300));
        assertThat(two.rows(ASKING)).containsEntry("ENDPOINTS", 1);
        if (cleansUp) {
            begun.cleanup();
        } else {
            two.clock().advance(Duration.ofDays(66));
        }
        eventually().becomes("rows of the initiator", () -> two.rows(ASKING), Map::isEmpty);
    }
}
