package org.parley.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.Select.rows;
import static org.parley.testkit.Eventually.eventually;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.routing.Frame;
import org.parley.engine.routing.Link;
import org.parley.spi.ServerConfig;
import org.parley.testkit.SettableClock;

/** What the views show while something is missing on the way; service-broker.md, sections 1.5, 3.3, 4.2 and 18. */
class GapTest {

    private static final String DEFINITIONS = """
        CREATE MESSAGE TYPE note VALIDATION = NONE;
        CREATE CONTRACT notes (note SENT BY ANY);
        CREATE QUEUE q;
        """;
    private static final String BUFFERED = "SELECT RECEIVE_SEQUENCE, FIRST_OUT_OF_ORDER_SEQUENCE,"
            + " LAST_OUT_OF_ORDER_SEQUENCE FROM PARLEY.CONVERSATION_ENDPOINTS";

    private final SettableClock clock = new SettableClock();

    /** Loses what it is told to. */
    private static final class Losing implements Link {

        private final Link below;
        private volatile Predicate<Frame> loses = frame -> false;

        Losing(Link below) {
            this.below = below;
        }

        @Override
        public boolean reaches(UUID broker) {
            return below.reaches(broker);
        }

        @Override
        public void transmit(UUID broker, List<Frame> frames) throws Unreachable {
            below.transmit(broker, frames.stream().filter(loses.negate()).toList());
        }
    }

    private Losing link;
    private Server server;
    private LocalConnection asking;
    private LocalConnection answering;

    @BeforeEach
    void open(@TempDir Path home) {
        server = Server.open(ServerConfig.of(home).withClock(clock), below -> link = new Losing(below));
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

    @Test
    void earlyMessagesAreShownAndCantBeReceived() throws Exception {
        Conversation begun =
                asking.begin(Dialog.between("asker", "answerer").on("notes").encrypted(false));
        begun.send("note", "0");
        eventually().becomes("the first", () -> rows(answering, BUFFERED), List.of("1|-1|-1")::equals);
        link.loses = frame -> frame.kind() == Frame.Kind.MESSAGE && frame.sequence() == 1;
        for (int sequence = 1; sequence <= 3; sequence++) {
            begun.send("note", "" + sequence);
        }
        eventually().becomes("a gap", () -> rows(answering, BUFFERED), List.of("1|2|3")::equals);
        assertThat(rows(answering, "SELECT STATUS, MESSAGE_SEQUENCE_NUMBER FROM q ORDER BY MESSAGE_SEQUENCE_NUMBER"))
                .containsExactly("1|0", "2|2", "2|3");
        // what isn't acknowledged is still the sender's
        String waiting = "SELECT MESSAGE_SEQUENCE_NUMBER FROM PARLEY.TRANSMISSION_QUEUE ORDER BY 1";
        assertThat(rows(asking, waiting)).contains("1", "2", "3");
        List<Message> received = answering.receive(Receive.from("q"));
        assertThat(received).extracting(Message::text).containsExactly("0");
        link.loses = frame -> false;
        clock.advance(Duration.ofSeconds(5));
        eventually().becomes("no gap", () -> rows(answering, BUFFERED), List.of("4|-1|-1")::equals);
        assertThat(answering.receive(Receive.from("q")))
                .extracting(Message::text)
                .containsExactly("1", "2", "3");
        eventually()
                .becomes(
                        "acknowledged",
                        () -> {
                            clock.advance(Duration.ofSeconds(2));
                            return rows(asking, waiting);
                        },
                        List::isEmpty);
    }

    /** A gap that never closes must not keep what lies behind it. */
    @Test
    void earlyMessagesGoWithTheEndOfTheirSide() throws Exception {
        Conversation begun =
                asking.begin(Dialog.between("asker", "answerer").on("notes").encrypted(false));
        begun.send("note", "0");
        eventually().becomes("the first", () -> rows(answering, BUFFERED), List.of("1|-1|-1")::equals);
        link.loses = frame -> frame.kind() == Frame.Kind.MESSAGE && frame.sequence() == 1;
        for (int sequence = 1; sequence <= 3; sequence++) {
            begun.send("note", "" + sequence);
        }
        eventually().becomes("a gap", () -> rows(answering, BUFFERED), List.of("1|2|3")::equals);
        answering.conversation(answering.endpoints().get(0).handle()).end();
        link.loses = frame -> false;
        eventually()
                .becomes(
                        "nothing left there",
                        () -> {
                            clock.advance(Duration.ofSeconds(65));
                            return rows(answering, "SELECT COUNT(*) FROM PARLEY_STORE.MESSAGES WITH UR");
                        },
                        List.of("0")::equals);
    }

    @Test
    void closedTargetThatGuardsTellsUntilWhen() throws Exception {
        link.loses = frame -> frame.kind() == Frame.Kind.QUESTION;
        Conversation begun = asking.begin(
                Dialog.between("asker", "answerer").on("notes").encrypted(false).lasting(Duration.ofHours(1)));
        begun.send("note", "0");
        begun.end();
        eventually()
                .becomes(
                        "the end",
                        () -> rows(answering, "SELECT STATE FROM PARLEY.CONVERSATION_ENDPOINTS"),
                        List.of("DI")::equals);
        answering.conversation(answering.endpoints().get(0).handle()).end();
        String guard = "SELECT STATE, SECURITY_TIMESTAMP = REMOVED_AT,"
                + " {fn TIMESTAMPDIFF(SQL_TSI_MINUTE, LIFETIME, SECURITY_TIMESTAMP)}"
                + " FROM PARLEY.CONVERSATION_ENDPOINTS";
        eventually().becomes("a guard", () -> rows(answering, guard), List.of("CD|true|30")::equals);
        link.loses = frame -> false;
        eventually()
                .becomes(
                        "gone",
                        () -> {
                            clock.advance(Duration.ofSeconds(65));
                            return rows(answering, guard);
                        },
                        List::isEmpty);
    }
}
