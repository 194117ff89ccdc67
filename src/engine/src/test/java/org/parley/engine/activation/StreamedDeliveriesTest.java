package org.parley.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.spi.ActivationConfig;
import org.parley.spi.Delivery;

/** A bean gets long bodies where they lie: it reads them as long as its delivery lasts. */
class StreamedDeliveriesTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private final BlockingQueue<Delivery> started = new LinkedBlockingQueue<>();
    private final List<Delivery> all = new ArrayList<>();
    private final byte[] body = new byte[700_000];
    private Conversation dialog;

    @BeforeEach
    void send() {
        new Random(7).nextBytes(body);
        LocalConnection client = home.connect();
        dialog = client.begin(Expenses.dialog());
        dialog.send(Expenses.NOTE, body);
        home.parley()
                .server()
                .activate(
                        new ActivationConfig("bean", ExpenseHome.DATABASE, Expenses.DESK_QUEUE, 1, 10, null, null),
                        started::add);
    }

    @AfterEach
    void closeAll() {
        all.forEach(Delivery::close);
    }

    private Delivery next() throws InterruptedException {
        Delivery delivery = started.poll(30, TimeUnit.SECONDS);
        assertThat(delivery).as("a reader was started").isNotNull();
        all.add(delivery);
        assertThat(delivery.next()).isTrue();
        return delivery;
    }

    private static void assertOutOfReach(Message message) {
        Failing.with(ErrorNumbers.BODY_OUT_OF_REACH, message::body);
    }

    @Test
    void inItsTransaction() throws Exception {
        Delivery delivery = next();
        Message message = delivery.peek().get(0);
        InputStream before = message.bodyStream();
        assertThat(before.read()).isEqualTo(body[0] & 0xff);
        delivery.alone(() -> {
            assertThat(message.length()).isEqualTo(body.length);
            assertThat(message.bodyStream()).hasBinaryContent(body);
            delivery.conversation(message).end();
            // opened before the transaction, read within it
            assertThat(before).hasBinaryContent(rest());
        });
        assertThat(delivery.finish(null)).isTrue();
        assertOutOfReach(message);
        dialog.end();
        delivery.close();
        home.awaitNothingLeft();
    }

    private byte[] rest() {
        return Arrays.copyOfRange(body, 1, body.length);
    }

    @Test
    void withoutATransaction() throws Exception {
        Delivery delivery = next();
        Message message = delivery.peek().get(0);
        assertThat(message.bodyStream()).hasBinaryContent(body);
        delivery.takeAlone();
        assertThat(delivery.finish(null)).isTrue();
        assertOutOfReach(message);
        assertThat(home.rows()).doesNotContainKeys("BODIES", "MESSAGES");
    }

    @Test
    void aFailureLeavesItToTheNext() throws Exception {
        Delivery delivery = next();
        Message message = delivery.peek().get(0);
        assertThat(message.bodyStream().read()).isNotNegative();
        delivery.finish(new IllegalStateException("planned"));
        assertOutOfReach(message);
        delivery.close();
        Delivery again = next();
        Message same = again.peek().get(0);
        again.alone(() -> assertThat(same.body()).isEqualTo(body));
        assertThat(again.finish(null)).isTrue();
        assertThat(same.body()).isEqualTo(body);
    }
}
