package org.parley.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.engine.routing.Frame;
import org.parley.engine.routing.Link;
import org.parley.spi.BrokerEvent;
import org.parley.spi.Counter;
import org.parley.spi.ServerConfig;
import org.parley.testkit.SettableClock;

/** Events and counters of what crosses databases; service-broker.md, sections 20 and 21. */
class TransmissionEventsTest {

    private static final String DEFINITIONS = """
            CREATE MESSAGE TYPE note VALIDATION = NONE;
            CREATE MESSAGE TYPE document VALIDATION = WELL_FORMED_XML;
            CREATE MESSAGE TYPE strange VALIDATION = NONE;
            CREATE CONTRACT notes (note SENT BY ANY, document SENT BY ANY);
            CREATE QUEUE q;
            """;

    private final SettableClock clock = new SettableClock();
    private final Told told = new Told();

    @TempDir
    Path home;

    private Doubling link;
    private Server server;
    private LocalConnection asking;
    private LocalConnection answering;

    /** Doubles what it carries, or carries nothing. */
    private static final class Doubling implements Link {

        private final Link below;
        private volatile boolean doubles;
        private volatile boolean down;

        Doubling(Link below) {
            this.below = below;
        }

        @Override
        public boolean reaches(UUID broker) {
            return below.reaches(broker);
        }

        @Override
        public void transmit(UUID broker, List<Frame> frames) throws Unreachable {
            if (down) {
                throw new Unreachable(9753, "The line is down.");
            }
            below.transmit(broker, frames);
            if (doubles) {
                below.transmit(broker, new ArrayList<>(frames));
            }
        }
    }

    @BeforeEach
    void open() {
        server = Server.open(
                ServerConfig.of(home).withClock(clock).withListener(told), below -> link = new Doubling(below));
        asking = connect("Asking");
        answering = connect("Answering");
        asking.catalog()
                .define("ALTER DATABASE CURRENT SET TRUSTWORTHY ON;" + DEFINITIONS
                        + "CREATE SERVICE asker ON QUEUE q (notes);");
        answering.catalog().define(DEFINITIONS + "CREATE SERVICE answerer ON QUEUE q (notes);");
    }

    private LocalConnection connect(String database) {
        server.ensureDatabase(database);
        return new LocalConnection(server.channel(database, null));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Conversation asked() throws Exception {
        return asking.inTransaction(() -> {
            Conversation begun =
                    asking.begin(Dialog.between("asker", "answerer").on("notes").encrypted(false));
            begun.send("note", "0");
            return begun;
        });
    }

    private void told(String line) {
        eventually().holds(line, () -> told.lines().contains(line));
    }

    private long count(String database, Counter counter) {
        return server.statistics().of(database, counter);
    }

    @Test
    void messageAndItsAcknowledgementAreToldAndCountedOnBothSides() throws Exception {
        asked();
        told("target RECEIVED_SEQUENCED_MESSAGE 0");
        assertThat(told.lines()).containsSubsequence("initiator SEND_MESSAGE 0", "initiator LOCAL");
        assertThat(told.lines()).containsSubsequence("group CREATE", "target DIALOG_CREATED");
        assertThat(count("Answering", Counter.ENQUEUED_MESSAGES)).isEqualTo(1);
        assertThat(count("Asking", Counter.ENQUEUED_TRANSMISSION_MESSAGES)).isEqualTo(1);
        assertThat(count("Asking", Counter.DEQUEUED_TRANSMISSION_MESSAGES)).isZero();
        clock.advance(Duration.ofSeconds(2));
        told("target ACKNOWLEDGEMENT_SENT 1");
        told("initiator ACKNOWLEDGEMENT_RECEIVED 1");
        assertThat(count("Asking", Counter.DEQUEUED_TRANSMISSION_MESSAGES)).isEqualTo(1);
        assertThat(count("Asking", Counter.TRANSMISSION_OBJECT_WRITES)).isEqualTo(1);
        assertThat(count("Answering", Counter.TRANSMISSION_OBJECT_WRITES)).isEqualTo(1);
        assertThat(count("Asking", Counter.TRANSMISSION_OBJECT_GETS)).isPositive();
        assertThat(server.statistics().total(Counter.ENQUEUED_MESSAGES)).isEqualTo(1);
    }

    @Test
    void acknowledgementTravelsWithAnAnswer() throws Exception {
        asked();
        told("target RECEIVED_SEQUENCED_MESSAGE 0");
        answering.conversation(answering.endpoints().get(0).handle()).send("note", "back");
        told("target MESSAGE_WITH_ACKNOWLEDGEMENT_SENT 1");
        told("initiator MESSAGE_WITH_ACKNOWLEDGEMENT_RECEIVED 1");
        told("initiator RECEIVED_SEQUENCED_MESSAGE 0");
    }

    @Test
    void repeatedMessageIsUndeliverableAndDropped() throws Exception {
        link.doubles = true;
        Conversation begun = asked();
        told("MESSAGE_UNDELIVERABLE");
        BrokerEvent.MessageUndeliverable event =
                told.of(BrokerEvent.MessageUndeliverable.class).get(0);
        assertThat(event)
                .isEqualTo(new BrokerEvent.MessageUndeliverable(
                        "Answering",
                        BrokerEvent.MessageUndeliverable.Step.SEQUENCED_MESSAGE,
                        begun.conversationId(),
                        "answerer",
                        0,
                        "note",
                        "It has arrived before."));
        assertThat(count("Answering", Counter.DROPPED_MESSAGES)).isEqualTo(1);
        assertThat(count("Answering", Counter.ENQUEUED_MESSAGES)).isEqualTo(1);
    }

    @Test
    void refusedMessageIsUndeliverableAndAnErrorOfTheBroker() throws Exception {
        Conversation begun = asked();
        told("target RECEIVED_SEQUENCED_MESSAGE 0");
        begun.send("document", "no document");
        told("initiator RECEIVED_BROKER_ERROR_MESSAGE");
        told("target BROKER_INITIATED_ERROR");
        assertThat(told.of(BrokerEvent.MessageUndeliverable.class))
                .anySatisfy(event -> assertThat(event.reason()).startsWith("9615: "));
    }

    @Test
    void endAndItsAcknowledgementAreTold() throws Exception {
        Conversation begun = asked();
        told("target RECEIVED_SEQUENCED_MESSAGE 0");
        begun.end();
        told("initiator END_CONVERSATION");
        told("target RECEIVED_END_CONVERSATION");
        told("initiator RECEIVED_END_CONVERSATION_ACK");
        told("initiator TERMINATE_DIALOG");
        answering.conversation(answering.endpoints().get(0).handle()).end();
        told("target TERMINATE_DIALOG");
        eventually()
                .holds(
                        "groups",
                        () -> told.lines().stream().filter("group DROP"::equals).count() == 2);
    }

    @Test
    void errorOfTheOtherSideIsTold() throws Exception {
        Conversation begun = asked();
        told("target RECEIVED_SEQUENCED_MESSAGE 0");
        begun.endWithError(5, "no");
        told("initiator END_CONVERSATION_WITH_ERROR");
        told("target RECEIVED_END_CONVERSATION_WITH_ERROR");
    }

    @Test
    void lineThatIsDownIsAnErrorOfTransmission() throws Exception {
        link.down = true;
        Conversation begun = asked();
        told("TRANSMISSION");
        BrokerEvent.Transmission event = told.of(BrokerEvent.Transmission.class).get(0);
        assertThat(event.error()).isEqualTo("9753: The line is down.");
        assertThat(event.side().handle()).isEqualTo(begun.handle());
        link.down = false;
        clock.advance(Duration.ofSeconds(5));
        told("target RECEIVED_SEQUENCED_MESSAGE 0");
    }

    @Test
    void whatHasNoWayIsDelayed() throws Exception {
        asking.catalog().define("ALTER DATABASE CURRENT SET TRUSTWORTHY OFF;");
        asked();
        told("initiator DELAYED");
        assertThat(told.of(BrokerEvent.MessageClassify.class).get(0).reason()).isNotEmpty();
    }
}
