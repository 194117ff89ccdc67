package org.parley.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Savepoint;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.transaction.xa.XAResource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.engine.store.Pieces;
import org.parley.engine.tx.TestXid;

/** Long bodies are sent from streams, and read as streams while the transaction lasts that has received them. */
class StreamedBodiesTest {

    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE).streamed();
    private static final int LONG = 2 * Pieces.LENGTH + 17;

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private LocalConnection client;
    private LocalConnection desk;
    private Conversation dialog;

    @BeforeEach
    void connect() {
        client = home.connect();
        desk = home.connect();
        dialog = client.begin(Expenses.dialog());
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static InputStream stream(int length) {
        return new ByteArrayInputStream(bytes(length));
    }

    private void send(int length) {
        dialog.send(Expenses.NOTE, stream(length), length);
    }

    private Message received() {
        List<Message> messages = desk.receive(THERE.top(1));
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private void assertOutOfReach(ThrowingCallable reading) {
        assertThat(Failing.with(ErrorNumbers.BODY_OUT_OF_REACH, reading)).hasMessageContaining("'db'");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 32_672, 32_673, Pieces.LENGTH, Pieces.LENGTH + 1, 2 * Pieces.LENGTH, 3 * Pieces.LENGTH + 5})
    void aBodyArrivesAsItsStreamGaveIt(int length) throws Exception {
        send(length);
        desk.begin();
        Message message = received();
        assertThat(message.length()).isEqualTo(length);
        assertThat(message.bodyStream().readAllBytes()).isEqualTo(bytes(length));
        assertThat(message.body()).isEqualTo(length == 0 ? null : bytes(length));
        desk.commit();
        assertThat(home.rows()).containsOnlyKeys("ENDPOINTS");
    }

    @Test
    void aStreamThatIsReadByteByByteIsTheSame() throws Exception {
        send(LONG);
        desk.begin();
        InputStream in = received().bodyStream();
        for (byte each : bytes(LONG)) {
            if (in.read() != (each & 0xff)) {
                throw new AssertionError("another byte");
            }
        }
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.read(new byte[1], 0, 1)).isEqualTo(-1);
        desk.rollback();
    }

    @Test
    void whatIsWrongWithTheStreamSendsNothingAndTheTransactionGoesOn() throws Exception {
        client.begin();
        send(LONG);
        for (int length : List.of(10, LONG)) {
            InputStream early = stream(length - 1);
            assertThat(Failing.with(ErrorNumbers.BODY_STREAM, () -> dialog.send(Expenses.NOTE, early, length)))
                    .hasMessageContaining(length - 1 + " bytes; " + length + " were announced");
            InputStream more = stream(length + 1);
            assertThat(Failing.with(ErrorNumbers.BODY_STREAM, () -> dialog.send(Expenses.NOTE, more, length)))
                    .hasMessageContaining("goes on after the " + length + " bytes");
        }
        assertThat(Failing.with(
                        ErrorNumbers.BODY_STREAM,
                        () -> dialog.send(Expenses.NOTE, failing(new IOException("cut")), LONG)))
                .hasMessageContaining("after " + Pieces.LENGTH + " of " + LONG + " bytes")
                .hasRootCauseMessage("cut");
        Failing.with(
                ErrorNumbers.BODY_STREAM,
                () -> dialog.send(Expenses.NOTE, failing(new IllegalStateException("broken")), LONG));
        Failing.with(ErrorNumbers.BODY_STREAM, () -> dialog.send(Expenses.NOTE, stream(1), -1));
        Failing.with(ErrorNumbers.BODY_STREAM, () -> dialog.send(Expenses.NOTE, null, 1));
        Failing.with(8459, () -> dialog.send(Expenses.NOTE, stream(1), 1L << 31));
        assertThat(home.rows()).containsEntry("BODIES", 3);
        send(LONG + 1);
        client.commit();
        desk.begin();
        List<Message> messages = desk.receive(THERE);
        assertThat(messages).extracting(Message::sequenceNumber).containsExactly(0L, 1L);
        assertThat(messages.get(1).body()).isEqualTo(bytes(LONG + 1));
        desk.commit();
    }

    /** Gives a piece and some more, then fails. */
    private static InputStream failing(Exception failure) {
        return new InputStream() {
            private int left = Pieces.LENGTH + 100;

            @Override
            public int read() throws IOException {
                if (left-- > 0) {
                    return 7;
                }
                if (failure instanceof IOException cut) {
                    throw cut;
                }
                throw (RuntimeException) failure;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                into[offset] = (byte) read();
                return 1;
            }
        };
    }

    @Test
    void aBodyIsReadUntilTheTransactionEnds() throws Exception {
        send(LONG);
        send(LONG + 1);
        send(100);
        desk.begin();
        List<Message> messages = desk.receive(THERE);
        byte[] loaded = messages.get(0).body();
        InputStream open = messages.get(1).bodyStream();
        assertThat(open.read()).isNotNegative();
        desk.commit();
        assertThat(messages.get(0).body()).isSameAs(loaded).isEqualTo(bytes(LONG));
        assertThat(messages.get(0).bodyStream().readAllBytes()).isEqualTo(loaded);
        assertThat(messages.get(1).length()).isEqualTo(LONG + 1);
        assertOutOfReach(() -> messages.get(1).body());
        assertOutOfReach(open::readAllBytes);
        assertThat(messages.get(2).body()).isEqualTo(bytes(100));
    }

    @Test
    void severalStreamsAreReadInTurnsAndPassedOnAndAfterTheEnd() throws Exception {
        send(LONG);
        send(LONG + 1);
        desk.begin();
        List<Message> messages = desk.receive(THERE);
        Conversation back = desk.conversation(messages.get(0).conversationHandle());
        InputStream first = messages.get(0).bodyStream();
        InputStream second = messages.get(1).bodyStream();
        InputStream third = messages.get(1).bodyStream();
        assertThat(first.readNBytes(Pieces.LENGTH + 3)).isEqualTo(Arrays.copyOf(bytes(LONG), Pieces.LENGTH + 3));
        back.send(Expenses.NOTE, second, LONG + 1);
        back.end();
        assertThat(third.readAllBytes()).isEqualTo(bytes(LONG + 1));
        assertThat(first.readAllBytes()).hasSize(LONG - Pieces.LENGTH - 3);
        desk.commit();
        // without a transaction it is loaded: nothing could be read any more
        List<Message> answer =
                client.receive(Receive.from(Expenses.CLIENT_QUEUE).top(1).streamed());
        assertThat(answer.get(0).body()).isEqualTo(bytes(LONG + 1));
        dialog.end();
        home.awaitNothingLeft();
    }

    @Test
    void aRollbackPutsEverythingBack() throws Exception {
        send(LONG);
        desk.begin();
        Message message = received();
        InputStream open = message.bodyStream();
        open.readNBytes(10);
        desk.rollback();
        assertOutOfReach(open::readAllBytes);
        desk.begin();
        assertThat(received().body()).isEqualTo(bytes(LONG));
        desk.rollback();
        client.begin();
        send(LONG);
        client.rollback();
        assertThat(home.rows()).isEqualTo(Map.of("ENDPOINTS", 2, "MESSAGES", 1, "BODIES", 3));
    }

    @Test
    void aSavepointPutsBackWhatCameAfterIt() throws Exception {
        send(LONG);
        send(LONG + 1);
        desk.begin();
        received();
        Savepoint savepoint = desk.sql().setSavepoint();
        Message second = received();
        desk.sql().rollback(savepoint);
        assertThat(second.body()).isEqualTo(bytes(LONG + 1));
        desk.commit();
        assertThat(home.rows()).containsEntry("MESSAGES", 1).containsEntry("BODIES", 3);
        desk.begin();
        assertThat(received().bodyStream().readAllBytes()).isEqualTo(bytes(LONG + 1));
        desk.commit();
        assertThat(home.rows()).containsOnlyKeys("ENDPOINTS");
        client.begin();
        Savepoint before = client.sql().setSavepoint();
        send(LONG);
        client.sql().rollback(before);
        client.commit();
        assertThat(home.rows()).containsOnlyKeys("ENDPOINTS");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPreparedTransactionHasReadWhatItReads(boolean commit) throws Exception {
        send(LONG);
        TestXid xid = TestXid.of(1, 1);
        XAResource resource = desk.channel().xaResource();
        resource.start(xid, XAResource.TMNOFLAGS);
        Message message = received();
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(message.bodyStream().read()).isNotNegative();
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        assertOutOfReach(message::body);
        home.restart();
        resource = home.parley().server().recoveryResources().get(0);
        if (commit) {
            resource.commit(xid, false);
            assertThat(home.rows()).containsOnlyKeys("ENDPOINTS");
        } else {
            resource.rollback(xid);
            assertThat(home.connect().receive(THERE).get(0).body()).isEqualTo(bytes(LONG));
        }
    }

    @Test
    void xmlIsJudgedWithoutBeingHeld() throws Exception {
        byte[] good = ("<a>" + "é".repeat(LONG) + "</a>").getBytes(StandardCharsets.UTF_8);
        dialog.send(Expenses.SUBMIT, new ByteArrayInputStream(good), good.length);
        // its last letter makes it no UTF-8
        byte[] latin = ("<a>" + "e".repeat(LONG) + "é</a>").getBytes(StandardCharsets.ISO_8859_1);
        dialog.send(Expenses.SUBMIT, new ByteArrayInputStream(latin), latin.length);
        byte[] bad = ("<a>" + "e".repeat(LONG) + "</b>").getBytes(StandardCharsets.UTF_8);
        dialog.send(Expenses.SUBMIT, new ByteArrayInputStream(bad), bad.length);
        List<Message> here = client.receive(Receive.from(Expenses.CLIENT_QUEUE));
        assertThat(here)
                .singleElement()
                .satisfies(error -> assertThat(error.error().code()).isEqualTo(-9615));
        desk.begin();
        List<Message> there = desk.receive(THERE);
        assertThat(there).extracting(Message::isError).containsExactly(true, false, false);
        assertThat(there.get(1).body()).isEqualTo(good);
        assertThat(there.get(2).body()).isEqualTo(latin);
        desk.commit();
        assertThat(home.rows()).doesNotContainKeys("BODIES", "MESSAGES");
    }

    @Test
    void aMessageThatWaitsForItsServiceIsJudgedWhenThatComes() throws Exception {
        byte[] good = ("<a>" + "e".repeat(LONG) + "</a>").getBytes(StandardCharsets.UTF_8);
        byte[] bad = ("<a>" + "e".repeat(LONG) + "</b>").getBytes(StandardCharsets.UTF_8);
        Dialog later = Dialog.between(Expenses.CLIENT, "//later").on(Expenses.CONTRACT);
        for (byte[] body : List.of(good, bad)) {
            client.begin(later).send(Expenses.SUBMIT, new ByteArrayInputStream(body), body.length);
        }
        client.catalog().define("CREATE SERVICE [//later] ON QUEUE ExpenseQueue ([" + Expenses.CONTRACT + "])");
        desk.begin();
        Message message = eventually()
                .becomes("a message", () -> desk.receive(THERE.top(1)), messages -> !messages.isEmpty())
                .get(0);
        assertThat(message.bodyStream()).hasBinaryContent(good);
        desk.commit();
        Message error = eventually()
                .becomes(
                        "an error",
                        () -> client.receive(Receive.from(Expenses.CLIENT_QUEUE)),
                        messages -> !messages.isEmpty())
                .get(0);
        assertThat(error.error().code()).isEqualTo(-9615);
        eventually().holds("no body left", () -> !home.rows().containsKey("BODIES"));
    }

    @Test
    void queuesWithRetentionKeepCopies() throws Exception {
        client.catalog()
                .define("ALTER QUEUE ExpenseClientQueue WITH RETENTION = ON;"
                        + " ALTER QUEUE ExpenseQueue WITH RETENTION = ON");
        send(LONG);
        desk.begin();
        Message message = received();
        assertThat(message.bodyStream().readAllBytes()).isEqualTo(bytes(LONG));
        desk.commit();
        assertThat(home.rows()).containsEntry("RETAINED_BODIES", 6).doesNotContainKey("BODIES");
        for (String queue : List.of("ExpenseClientQueue", "ExpenseQueue")) {
            try (var statement = client.sql().createStatement();
                    var at = statement.executeQuery("SELECT MESSAGE_BODY FROM " + queue)) {
                assertThat(at.next()).as(queue).isTrue();
                assertThat(at.getBytes(1)).isEqualTo(bytes(LONG));
            }
        }
        home.restart();
        home.connect().conversation(message.conversationHandle()).end();
        home.connect().conversation(dialog.handle()).end();
        home.awaitNothingLeft();
    }
}
