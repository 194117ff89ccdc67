package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.ANSWERER;
import static org.parley.engine.routing.TwoDatabases.ASKER;
import static org.parley.engine.routing.TwoDatabases.CONTRACT;
import static org.parley.engine.routing.TwoDatabases.QUESTION;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.testkit.Eventually.eventually;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.engine.routing.Frame;
import org.parley.engine.routing.Frame.Kind;
import org.parley.engine.routing.TwoDatabases;

/**
 * HONOR_BROKER_PRIORITY: in which order the transmission queues of a server are sent; service-broker.md, section 15.
 * Levels, and what they do in RECEIVE, are in {@link Section15PrioritiesTest}.
 */
class Section15TransmissionTest extends LinkedDatabases {

    private void levels(LocalConnection connection) {
        connection.catalog().define("""
                CREATE CONTRACT [//urgent] ([//question] SENT BY INITIATOR);
                CREATE CONTRACT [//slow] ([//question] SENT BY INITIATOR);
                CREATE BROKER PRIORITY urgent FOR CONVERSATION SET (CONTRACT_NAME = [//urgent], PRIORITY_LEVEL = 9);
                CREATE BROKER PRIORITY slow FOR CONVERSATION SET (CONTRACT_NAME = [//slow], PRIORITY_LEVEL = 1);
                """);
    }

    private void accept() {
        answering.catalog().define("""
                CREATE CONTRACT [//urgent] ([//question] SENT BY INITIATOR);
                CREATE CONTRACT [//slow] ([//question] SENT BY INITIATOR);
                ALTER SERVICE [//answerer] (ADD CONTRACT [//urgent], ADD CONTRACT [//slow]);""");
    }

    /** The transmitter is kept busy with a message of its own, so that all that follows is there when it looks again. */
    private void occupy() {
        link.hold();
        asking.begin(TwoDatabases.dialog()).send(QUESTION, "first");
        eventually().holds("the transmitter to be held", () -> link.attempts() == 1);
    }

    private static Conversation send(LocalConnection connection, String contract, String text) {
        Conversation conversation =
                connection.begin(Dialog.between(ASKER, ANSWERER).on(contract));
        conversation.send(QUESTION, text);
        return conversation;
    }

    private List<String> sent(int messages) {
        link.release();
        link.await(Kind.MESSAGE, messages);
        return link.seen(Kind.MESSAGE).stream()
                .map(Frame::body)
                .map(body -> new String(body, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void honouredTheUrgentAreSentFirstThoughTheyCameLast() {
        levels(asking);
        accept();
        asking.catalog().setHonorBrokerPriority(true);
        occupy();
        send(asking, "//slow", "slow 1");
        send(asking, CONTRACT, "usual");
        send(asking, "//slow", "slow 2");
        send(asking, "//urgent", "urgent 1");
        send(asking, "//urgent", "urgent 2");
        assertThat(sent(6)).containsExactly("first", "urgent 1", "urgent 2", "usual", "slow 1", "slow 2");
    }

    /** OFF: all are 5 for sending, while the view still shows the endpoint's level. */
    @Test
    void notHonouredTheyAreSentByAge() {
        levels(asking);
        accept();
        occupy();
        send(asking, "//slow", "slow");
        send(asking, "//urgent", "urgent");
        assertThat(column(
                        asking,
                        "SELECT PRIORITY FROM PARLEY.TRANSMISSION_QUEUE WHERE SERVICE_CONTRACT_NAME <> '//asking'"
                                + " ORDER BY PRIORITY"))
                .containsExactly("1", "9");
        assertThat(sent(3)).containsExactly("first", "slow", "urgent");
    }

    /** For new dialogs at once; what waits already keeps its turn. */
    @Test
    void turnedOnItHoldsForWhatComesThen() {
        levels(asking);
        accept();
        occupy();
        send(asking, "//slow", "slow before");
        send(asking, "//urgent", "urgent before");
        asking.catalog().setHonorBrokerPriority(true);
        send(asking, "//slow", "slow after");
        send(asking, "//urgent", "urgent after");
        assertThat(sent(5)).containsExactly("first", "urgent after", "slow before", "urgent before", "slow after");
    }

    /** The rank is one over all databases of the server that honour it. */
    @Test
    void theRankIsOneOverAllDatabases() {
        levels(asking);
        accept();
        LocalConnection other = connect("OtherAsking");
        other.catalog().define(TwoDatabases.TRUST + TwoDatabases.TYPES + TwoDatabases.ASKER_SIDE);
        levels(other);
        asking.catalog().setHonorBrokerPriority(true);
        other.catalog().setHonorBrokerPriority(true);
        occupy();
        send(asking, "//slow", "slow");
        send(other, "//slow", "slow of the other");
        send(asking, CONTRACT, "usual");
        send(other, "//urgent", "urgent of the other");
        assertThat(sent(5)).containsExactly("first", "urgent of the other", "usual", "slow", "slow of the other");
    }

    /** Now and then the one that has waited longest goes first, whatever its level. */
    @Test
    void theLowOnesDontStarve() {
        levels(asking);
        accept();
        asking.catalog().setHonorBrokerPriority(true);
        occupy();
        send(asking, "//slow", "slow");
        for (int i = 0; i < 60; i++) {
            send(asking, "//urgent", "urgent");
        }
        assertThat(sent(62).indexOf("slow")).isBetween(1, 20);
        assertThat(receive(answering, "Questions", 62)).hasSize(62);
    }

    /** Each side by its own database's definitions; the level doesn't travel. */
    @Test
    void levelsAreNeverTransmitted() {
        levels(asking);
        accept();
        answering
                .catalog()
                .define("CREATE BROKER PRIORITY here FOR CONVERSATION SET (LOCAL_SERVICE_NAME = [//answerer],"
                        + " REMOTE_SERVICE_NAME = '//asker', PRIORITY_LEVEL = 3)");
        send(asking, "//urgent", "x");
        assertThat(receive(answering, "Questions", 1)).singleElement().matches(message -> message.priority() == 3);
        assertThat(asking.endpoints()).singleElement().matches(side -> side.priority() == 9);
        assertThat(answering.endpoints()).singleElement().matches(side -> side.priority() == 3);
    }
}
