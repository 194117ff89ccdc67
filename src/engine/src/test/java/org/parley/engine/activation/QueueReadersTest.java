package org.parley.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.ActivationStatus;
import org.parley.LocalConnection;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;
import org.parley.spi.Delivery;

/** What the ACTIVATION of a queue says holds for the readers of beans; service-broker.md, sections 1.5 and 13.3. */
class QueueReadersTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private final BlockingQueue<Delivery> started = new LinkedBlockingQueue<>();
    private final List<Delivery> all = new ArrayList<>();
    private final List<Activation> activations = new ArrayList<>();
    private LocalConnection client;

    @BeforeEach
    void connect() {
        client = home.connect();
    }

    @AfterEach
    void stop() {
        activations.forEach(activation -> activation.stop(Duration.ZERO));
        all.forEach(Delivery::close);
    }

    private Activation activate(String name, int readers) {
        Activation activation = home.parley()
                .server()
                .activate(
                        new ActivationConfig(name, ExpenseHome.DATABASE, Expenses.DESK_QUEUE, readers, 1, null, null),
                        started::add);
        activations.add(activation);
        return activation;
    }

    private void alter(String activation) {
        client.catalog().define("ALTER QUEUE ExpenseQueue WITH ACTIVATION (" + activation + ")");
    }

    private void submit(int dialogs) throws Exception {
        for (int i = 0; i < dialogs; i++) {
            Expenses.submit(client, "<a/>");
        }
    }

    /** A reader that has begun with its first group. */
    private Delivery reader() throws InterruptedException {
        Delivery delivery = started.poll(30, TimeUnit.SECONDS);
        assertThat(delivery).as("a reader was started").isNotNull();
        all.add(delivery);
        assertThat(delivery.next()).isTrue();
        assertThat(delivery.peek()).hasSize(1);
        return delivery;
    }

    /** Receives the reader's message; whether the reader then goes on with another group. */
    private static boolean work(Delivery reader) {
        reader.alone(() -> {});
        assertThat(reader.finish(null)).isTrue();
        boolean more = reader.next();
        if (more) {
            assertThat(reader.peek()).hasSize(1);
        } else {
            reader.close();
        }
        return more;
    }

    /** The dispatcher runs its tasks one after the other: when a later one has run, the earlier ones have. */
    private void awaitDispatched() {
        String queue = "Marker" + activations.size();
        Activation marker = home.parley()
                .server()
                .activate(new ActivationConfig("marker", ExpenseHome.DATABASE, queue, 1, 1, null, null), started::add);
        activations.add(marker);
        client.catalog().define("CREATE QUEUE " + queue);
        eventually()
                .becomes("the marker", () -> marker.status().state(), state -> state == ActivationStatus.State.ACTIVE);
    }

    @Test
    void aQueueWithoutAnActivationClauseLimitsNothing() throws Exception {
        activate("beans", 3);
        submit(5);
        reader();
        reader();
        reader();
    }

    @Test
    void theSmallerMaximumHolds() throws Exception {
        alter("MAX_QUEUE_READERS = 2, STATUS = ON");
        Activation beans = activate("beans", 3);
        submit(5);
        Delivery first = reader();
        Delivery second = reader();
        awaitDispatched();
        assertThat(started).isEmpty();
        assertThat(beans.status().readers()).isEqualTo(2);
        assertThat(work(first)).isTrue();
        assertThat(work(second)).isTrue();
        assertThat(beans.status().readers()).isEqualTo(2);
    }

    @Test
    void theActivationsOwnMaximumHoldsWhenItIsTheSmaller() throws Exception {
        alter("MAX_QUEUE_READERS = 5, STATUS = ON");
        Activation beans = activate("beans", 1);
        submit(3);
        assertThat(work(reader())).isTrue();
        assertThat(beans.status().readers()).isOne();
    }

    @Test
    void theMaximumHoldsOverAllActivations() throws Exception {
        alter("MAX_QUEUE_READERS = 3, STATUS = ON");
        Activation some = activate("some", 2);
        Activation others = activate("others", 2);
        submit(6);
        reader();
        reader();
        reader();
        awaitDispatched();
        assertThat(started).isEmpty();
        assertThat(some.status().readers() + others.status().readers()).isEqualTo(3);
    }

    @Test
    void raisedWhileRunningItStartsMoreAtOnce() throws Exception {
        alter("MAX_QUEUE_READERS = 1, STATUS = ON");
        activate("beans", 3);
        submit(5);
        reader();
        awaitDispatched();
        assertThat(started).isEmpty();
        alter("MAX_QUEUE_READERS = 3");
        reader();
        reader();
    }

    @Test
    void loweredWhileRunningItStopsNoneAndStartsNoneUntilTheNumberHasDropped() throws Exception {
        activate("beans", 3);
        submit(8);
        Delivery first = reader();
        Delivery second = reader();
        Delivery third = reader();
        alter("MAX_QUEUE_READERS = 1, STATUS = ON");
        // each has its group to the end, then it is one too many
        assertThat(work(first)).isFalse();
        assertThat(work(second)).isFalse();
        assertThat(work(third)).isTrue();
        assertThat(started).isEmpty();
    }

    @Test
    void turnedOffItStartsNoneAndStopsNone() throws Exception {
        Activation beans = activate("beans", 2);
        submit(1);
        Delivery first = reader();
        alter("STATUS = OFF");
        submit(2);
        assertThat(beans.status().state()).isEqualTo(ActivationStatus.State.WAITING);
        assertThat(beans.status().reason()).contains("ACTIVATION of queue 'ExpenseQueue' is off");
        assertThat(work(first)).isFalse();
        awaitDispatched();
        assertThat(started).isEmpty();
        alter("STATUS = ON, MAX_QUEUE_READERS = 2");
        reader();
        reader();
        assertThat(beans.status().state()).isEqualTo(ActivationStatus.State.ACTIVE);
    }

    @Test
    void aMaximumOfZeroStartsNone() throws Exception {
        alter("STATUS = ON, MAX_QUEUE_READERS = 0");
        Activation beans = activate("beans", 2);
        submit(1);
        awaitDispatched();
        assertThat(started).isEmpty();
        assertThat(beans.status().reason()).contains("MAX_QUEUE_READERS of queue 'ExpenseQueue' is 0");
        alter("DROP");
        reader();
    }

    @Test
    void aQueueThatIsTurnedOnStartsReadersWithinItsMaximum() throws Exception {
        alter("STATUS = ON, MAX_QUEUE_READERS = 1");
        Activation beans = activate("beans", 3);
        client.catalog().setQueueStatus(Expenses.DESK_QUEUE, false);
        submit(3);
        assertThat(beans.status().reason()).contains("queue 'ExpenseQueue' is off");
        client.catalog().setQueueStatus(Expenses.DESK_QUEUE, true);
        assertThat(work(reader())).isTrue();
        assertThat(beans.status().readers()).isOne();
    }

    @Test
    void theLimitsAreKnownAfterARestart() throws Exception {
        alter("STATUS = ON, MAX_QUEUE_READERS = 1");
        submit(3);
        home.restart();
        connect();
        Activation beans = activate("beans", 3);
        assertThat(work(reader())).isTrue();
        assertThat(beans.status().readers()).isOne();
    }
}
