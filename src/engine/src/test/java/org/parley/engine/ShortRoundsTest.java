package org.parley.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.engine.routing.Frame;
import org.parley.engine.routing.Frame.Kind;
import org.parley.spi.BrokerServer;
import org.parley.spi.ServerConfig;
import org.parley.testkit.SettableClock;

/** What becomes ready between databases while much else is, doesn't wait for all of that. */
class ShortRoundsTest {

    private static final String DEFINITIONS = """
            CREATE MESSAGE TYPE note VALIDATION = NONE;
            CREATE CONTRACT notes (note SENT BY ANY);
            CREATE QUEUE q;
            """;

    /** Rows of a round after which nothing more is added to it. */
    private static final int ROWS = 256;

    private static final int DIALOGS = 8;

    private final SettableClock clock = new SettableClock();
    private final WatchedLink link = new WatchedLink();
    private final List<Conversation> dialogs = new ArrayList<>();
    private BrokerServer server;
    private LocalConnection asking;
    private Conversation other;

    @BeforeEach
    void open(@TempDir Path home) throws Exception {
        server = link.open(ServerConfig.of(home).withClock(clock));
        asking = connect("Asking");
        asking.catalog()
                .define("ALTER DATABASE CURRENT SET TRUSTWORTHY ON;" + DEFINITIONS
                        + "CREATE SERVICE asker ON QUEUE q;");
        connect("Answering").catalog().define(DEFINITIONS + "CREATE SERVICE answerer ON QUEUE q (notes);");
        for (int dialog = 0; dialog < DIALOGS; dialog++) {
            dialogs.add(begin());
        }
        other = begin();
    }

    private LocalConnection connect(String database) {
        server.ensureDatabase(database);
        return new LocalConnection(server.channel(database, null));
    }

    private Conversation begin() {
        return asking.begin(Dialog.between("asker", "answerer").on("notes").encrypted(false));
    }

    @AfterEach
    void close() {
        link.release();
        server.close();
    }

    private void send(Conversation dialog, int messages) throws Exception {
        asking.inTransaction(() -> {
            for (int i = 0; i < messages; i++) {
                dialog.send("note", "some");
            }
            return null;
        });
    }

    /** The transmitter is in the middle of a delivery: what comes now is there when it looks next. */
    private void holdInDelivery() throws Exception {
        link.forget();
        link.hold();
        send(other, 1);
        eventually().becomes("a delivery", link::attempts, attempts -> attempts == 1);
    }

    @Test
    void roundsOfManyMessagesAreShort() throws Exception {
        int each = 100;
        holdInDelivery();
        for (Conversation dialog : dialogs) {
            send(dialog, each);
        }
        link.release();
        link.await(Kind.MESSAGE, DIALOGS * each + 1);
        assertThat(link.deliveries())
                .allSatisfy(frames -> assertThat(frames).hasSizeLessThan(ROWS + each))
                .anySatisfy(frames -> assertThat(frames).hasSizeGreaterThanOrEqualTo(ROWS));
    }

    /** Each acknowledgement deletes a hundred rows at the sender's; nobody asked for that to be soon. */
    @Test
    void messagesDontWaitForTheAcknowledgementsOfOthers() throws Exception {
        int each = 100;
        for (Conversation dialog : dialogs) {
            send(dialog, each);
        }
        link.await(Kind.MESSAGE, DIALOGS * each);
        holdInDelivery();
        clock.advance(Duration.ofSeconds(2));
        send(dialogs.get(0), 1);
        link.release();
        link.await(Kind.ACKNOWLEDGEMENT, DIALOGS);
        assertThat(link.deliveries())
                .allSatisfy(frames -> assertThat(acknowledgements(frames)).isLessThanOrEqualTo(ROWS / each + 1));
        List<Kind> kinds = link.seen().stream().map(Frame::kind).toList();
        assertThat(kinds.subList(0, 2)).containsExactly(Kind.MESSAGE, Kind.MESSAGE);
        eventually()
                .becomes(
                        "what is acknowledged is gone",
                        () -> Select.rows(asking, "SELECT COUNT(*) FROM PARLEY.TRANSMISSION_QUEUE"),
                        rows -> Integer.parseInt(rows.get(0)) <= 2);
    }

    private static long acknowledgements(List<Frame> frames) {
        return frames.stream()
                .filter(frame -> frame.kind() == Kind.ACKNOWLEDGEMENT)
                .count();
    }
}
