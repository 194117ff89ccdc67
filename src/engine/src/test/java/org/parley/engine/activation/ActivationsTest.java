package org.parley.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.ActivationStatus;
import org.parley.ActivationStatus.State;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;
import org.parley.spi.Activation;
import org.parley.spi.ActivationConfig;
import org.parley.spi.Delivery;

/** The activations of a server as a session sees, pauses and resumes them. */
class ActivationsTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private final List<Activation> activations = new ArrayList<>();

    @AfterEach
    void stop() {
        activations.forEach(activation -> activation.stop(Duration.ZERO));
        deliveries.forEach(Delivery::close);
    }

    private Activation activate(String name, String queue, int readers) {
        Activation activation = home.parley()
                .server()
                .activate(
                        new ActivationConfig(name, ExpenseHome.DATABASE, queue, readers, 1, null, null),
                        deliveries::add);
        activations.add(activation);
        return activation;
    }

    @Test
    void allOfADatabaseAreSeen() {
        LocalConnection dbo = home.connect();
        assertThat(dbo.activations()).isEmpty();
        activate("b", Expenses.DESK_QUEUE, 3);
        activate("a", "dbo." + Expenses.DESK_QUEUE, 2);
        Activation early = activate("c", "Absent", 1);
        assertThat(dbo.activations())
                .containsExactly(
                        new ActivationStatus(
                                "Absent",
                                "c",
                                State.WAITING,
                                "queue 'Absent' does not exist in database '" + ExpenseHome.DATABASE + "'",
                                0,
                                1,
                                0,
                                null),
                        new ActivationStatus(
                                Expenses.DESK_QUEUE,
                                "a",
                                State.ACTIVE,
                                "it reads queue 'dbo.ExpenseQueue'",
                                0,
                                2,
                                0,
                                null),
                        new ActivationStatus(
                                Expenses.DESK_QUEUE,
                                "b",
                                State.ACTIVE,
                                "it reads queue 'ExpenseQueue'",
                                0,
                                3,
                                0,
                                null));
        early.stop(Duration.ZERO);
        assertThat(dbo.activations()).extracting(ActivationStatus::name).containsExactly("a", "b");
    }

    @Test
    void whatArrivesWhileAllArePausedIsReadWhenOneIsResumed() throws Exception {
        activate("bean", Expenses.DESK_QUEUE, 1);
        activate("bean", Expenses.DESK_QUEUE, 1);
        LocalConnection dbo = home.connect();
        dbo.pauseActivation("dbo." + Expenses.DESK_QUEUE, "bean");
        dbo.pauseActivation(Expenses.DESK_QUEUE, "bean");
        assertThat(dbo.activations()).extracting(ActivationStatus::state).containsOnly(State.PAUSED);
        Expenses.submit(dbo, "<a/>");
        // whoever started a reader would hold the group
        assertThat(dbo.getConversationGroup(Expenses.DESK_QUEUE, Duration.ZERO)).isPresent();
        assertThat(deliveries).isEmpty();
        dbo.resumeActivation(Expenses.DESK_QUEUE, "bean");
        Delivery delivery = deliveries.poll(30, TimeUnit.SECONDS);
        assertThat(delivery).isNotNull();
        assertThat(dbo.activations()).extracting(ActivationStatus::state).containsOnly(State.ACTIVE);
        assertThat(dbo.activations().stream()
                        .mapToInt(ActivationStatus::readers)
                        .sum())
                .isOne();
        delivery.close();
    }

    @Test
    void aPauseStaysWhenTheCallerRollsBack() {
        activate("bean", Expenses.DESK_QUEUE, 1);
        LocalConnection dbo = home.connect();
        dbo.begin();
        dbo.begin(Expenses.dialog()).send(Expenses.NOTE, "<a/>");
        dbo.pauseActivation(Expenses.DESK_QUEUE, "bean");
        dbo.rollback();
        assertThat(dbo.activations()).extracting(ActivationStatus::state).containsExactly(State.PAUSED);
    }

    @Test
    void othersThanItsOwnerSeeAndPauseNone() {
        activate("bean", Expenses.DESK_QUEUE, 1);
        home.connect().catalog().define("CREATE USER anna; CREATE USER bob; ALTER ROLE db_owner ADD MEMBER bob");
        try (LocalConnection anna = home.parley().connect(ExpenseHome.DATABASE, "anna", null)) {
            assertThat(anna.activations()).isEmpty();
            Failing.with(15247, () -> anna.pauseActivation(Expenses.DESK_QUEUE, "bean"));
            Failing.with(15247, () -> anna.resumeActivation(Expenses.DESK_QUEUE, "bean"));
        }
        try (LocalConnection bob = home.parley().connect(ExpenseHome.DATABASE, "bob", null)) {
            bob.pauseActivation(Expenses.DESK_QUEUE, "bean");
            assertThat(bob.activations()).extracting(ActivationStatus::state).containsExactly(State.PAUSED);
        }
    }

    @Test
    void whoNamesNoneHearsWhichThereAre() {
        LocalConnection dbo = home.connect();
        Failing.with(ErrorNumbers.NO_ACTIVATION, () -> dbo.pauseActivation(Expenses.DESK_QUEUE, "bean"));
        activate("bean", Expenses.DESK_QUEUE, 1);
        assertThat(Failing.with(ErrorNumbers.NO_ACTIVATION, () -> dbo.resumeActivation(Expenses.CLIENT_QUEUE, "bean")))
                .hasMessageContaining("'bean' on '" + Expenses.DESK_QUEUE + "'");
        Failing.with(ErrorNumbers.NO_ACTIVATION, () -> dbo.pauseActivation(Expenses.DESK_QUEUE, "Bean"));
        Failing.with(ErrorNumbers.NO_ACTIVATION, () -> dbo.pauseActivation(null, null));
    }
}
