package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
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
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Other;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;
import org.parley.spi.Delivery;

/** What can be seen of activated readers, and of one that doesn't come to receive; service-broker.md, section 13. */
class Section13ActivationTest {

    private static final String MONITORS = "SELECT STATE, TASKS_WAITING FROM PARLEY.DM_BROKER_QUEUE_MONITORS";
    private static final String TASKS = "SELECT PROCEDURE_NAME, EXECUTE_AS FROM PARLEY.DM_BROKER_ACTIVATED_TASKS";
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private LocalConnection dbo;
    private Activation activation;

    @BeforeEach
    void activate() {
        dbo = home.connect();
        activation = home.parley()
                .server()
                .activate(
                        new ActivationConfig("desk", ExpenseHome.DATABASE, Expenses.DESK_QUEUE, 2, 1, null, null),
                        deliveries::add);
        eventually()
                .becomes("the activation", () -> activation.status().state(), ActivationStatus.State.ACTIVE::equals);
    }

    @AfterEach
    void stop() {
        activation.stop(Duration.ZERO);
        deliveries.forEach(Delivery::close);
    }

    private Delivery started() throws InterruptedException {
        Delivery delivery = deliveries.poll(30, TimeUnit.SECONDS);
        assertThat(delivery).isNotNull();
        return delivery;
    }

    private static void receive(Delivery delivery) {
        assertThat(delivery.next()).isTrue();
        assertThat(delivery.peek()).hasSize(1);
        delivery.takeAlone();
        delivery.finish(null);
    }

    @Test
    void monitorsShowTheStateOfAQueueThatABeanReads() throws Exception {
        assertThat(Told.select(dbo, MONITORS)).containsExactly("INACTIVE 0");
        Expenses.submit(dbo, "<expense/>");
        Delivery delivery = started();
        assertThat(Told.select(dbo, MONITORS)).containsExactly("NOTIFIED 0");
        receive(delivery);
        assertThat(Told.select(dbo, MONITORS)).containsExactly("RECEIVES_OCCURRING 0");
        assertThat(delivery.next()).isFalse();
        delivery.close();
        assertThat(Told.select(dbo, MONITORS)).containsExactly("INACTIVE 0");
        assertThat(Told.select(dbo, "SELECT LAST_ACTIVATED_TIME FROM PARLEY.DM_BROKER_QUEUE_MONITORS"))
                .doesNotContain("null");
        activation.stop(Duration.ofSeconds(10));
        assertThat(Told.select(dbo, MONITORS)).isEmpty();
    }

    @Test
    void messagesThatNoReaderMayReadLeaveTheMonitorNotified() throws Exception {
        activation.pause();
        Expenses.submit(dbo, "<expense/>");
        assertThat(Told.select(dbo, MONITORS)).containsExactly("NOTIFIED 0");
        activation.resume();
        Delivery delivery = started();
        receive(delivery);
        delivery.close();
        assertThat(Told.select(dbo, MONITORS)).containsExactly("INACTIVE 0");
    }

    @Test
    void oneReaderIsStartedForEachReadyGroupAtOnceUpToTheMaximum() throws Exception {
        for (int i = 0; i < 3; i++) {
            Expenses.submit(dbo, "<expense/>");
        }
        Delivery first = started();
        Delivery second = started();
        assertThat(activation.status().readers()).isEqualTo(2);
        receive(first);
        // a reader that has done its group takes the next one, and ends when there is none
        receive(first);
        assertThat(first.next()).isFalse();
        first.close();
        receive(second);
        second.close();
        assertThat(deliveries).isEmpty();
    }

    @Test
    void aGroupThatSomebodyHoldsStartsNoReaderUntilItIsFree() throws Exception {
        activation.pause();
        Expenses.submit(dbo, "<expense/>");
        LocalConnection holder = home.connect();
        holder.begin();
        assertThat(holder.receive(Receive.from(Expenses.DESK_QUEUE))).hasSize(1);
        activation.resume();
        Expenses.submit(dbo, "<other/>");
        Delivery other = started();
        assertThat(activation.status().readers()).isOne();
        holder.rollback();
        Delivery freed = started();
        receive(other);
        other.close();
        receive(freed);
        freed.close();
    }

    @Test
    void aSessionThatWaitsInReceiveIsServedBeforeAReaderIsStarted() throws Exception {
        Other<List<Message>> waiting = Other.does(
                "waiting",
                () -> home.connect().receive(Receive.from(Expenses.DESK_QUEUE).waiting(Duration.ofSeconds(60))));
        waiting.awaitAsleep();
        Expenses.submit(dbo, "<first/>");
        assertThat(waiting.result()).hasSize(1);
        Expenses.submit(dbo, "<second/>");
        Delivery delivery = started();
        assertThat(delivery.next()).isTrue();
        assertThat(delivery.peek().get(0).text()).isEqualTo("<second/>");
        delivery.takeAlone();
        delivery.finish(null);
        delivery.close();
        assertThat(deliveries).isEmpty();
    }

    @Test
    void activatedTasksShowsEachReaderAtWork() throws Exception {
        assertThat(Told.select(dbo, TASKS)).isEmpty();
        Expenses.submit(dbo, "<one/>");
        Expenses.submit(dbo, "<two/>");
        Delivery first = started();
        Delivery second = started();
        assertThat(Told.select(dbo, TASKS)).containsExactly("desk 1", "desk 1");
        assertThat(Told.select(dbo, "SELECT DISTINCT SPID FROM PARLEY.DM_BROKER_ACTIVATED_TASKS"))
                .hasSize(2);
        receive(first);
        first.close();
        assertThat(Told.select(dbo, TASKS)).hasSize(1);
        receive(second);
        second.close();
        assertThat(Told.select(dbo, TASKS)).isEmpty();
    }

    @Test
    void tasksWaitingCountsEverySessionThatWaitsInAReceive() throws Exception {
        Other<List<Message>> waiting = Other.does(
                "waiting",
                () -> home.connect().receive(Receive.from(Expenses.DESK_QUEUE).waiting(Duration.ofSeconds(60))));
        waiting.awaitAsleep();
        assertThat(Told.select(dbo, MONITORS)).containsExactly("INACTIVE 1");
        Expenses.submit(dbo, "<expense/>");
        assertThat(waiting.result()).hasSize(1);
        assertThat(Told.select(dbo, "SELECT TASKS_WAITING FROM PARLEY.DM_BROKER_QUEUE_MONITORS"))
                .containsExactly("0");
    }

    @Test
    void readersThatDoNotReceiveForFiveSecondsAreToldOnceForEachStart() throws Exception {
        Expenses.submit(dbo, "<expense/>");
        Delivery delivery = started();
        home.clock().advance(INTERVAL.minusMillis(1));
        assertThat(home.heard().lines("silent")).isEmpty();
        home.clock().advance(Duration.ofMillis(1));
        home.clock().advance(INTERVAL);
        assertThat(home.heard().lines("silent")).containsExactly("silent: " + Expenses.DESK_QUEUE + ", 5 s, readers 1");
        receive(delivery);
        delivery.close();
        home.clock().advance(INTERVAL);
        Expenses.submit(dbo, "<expense/>");
        Delivery next = started();
        home.clock().advance(INTERVAL);
        home.clock().advance(INTERVAL);
        assertThat(home.heard().lines("silent")).hasSize(2);
        receive(next);
        next.close();
    }

    @Test
    void aQueueThatNobodyReadsIsNotLookedAt() throws Exception {
        Expenses.submit(dbo, "<expense/>");
        Delivery delivery = started();
        receive(delivery);
        delivery.close();
        home.clock().advance(INTERVAL);
        long rung = home.clock().rung();
        home.clock().advance(Duration.ofMinutes(5));
        assertThat(home.clock().rung()).isEqualTo(rung);
        assertThat(home.heard().lines("silent")).isEmpty();
    }

    @Test
    void whatABeanReceivesIsAReceiveForANotificationToo() throws Exception {
        dbo.catalog()
                .define(Told.SIDE + "CREATE EVENT NOTIFICATION n ON QUEUE ExpenseQueue FOR QUEUE_ACTIVATION"
                        + " TO SERVICE '//starter', 'current database'");
        Told told = new Told(home.connect());
        Expenses.submit(dbo, "<expense/>");
        Delivery delivery = started();
        told.events(1);
        assertThat(Told.select(dbo, MONITORS)).containsExactly("NOTIFIED 0");
        receive(delivery);
        assertThat(Told.select(dbo, MONITORS)).containsExactly("RECEIVES_OCCURRING 0");
        dbo.catalog().dropEventNotification("n", "ExpenseQueue");
        assertThat(Told.select(dbo, TASKS)).hasSize(1);
        delivery.close();
        assertThat(Told.select(dbo, MONITORS)).containsExactly("INACTIVE 0");
    }
}
