package org.parley.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.ActivationDefinition;
import org.parley.QueueDefinition;

/** The maximum of a queue over all its activations; service-broker.md, sections 1.5 and 13.3. */
class ReaderQuotaTest {

    private final QueueIndex queue = new QueueIndex(1, new QueueDefinition("Q"));
    private final ReaderQuota quota = queue.quota();
    private final List<String> told = new ArrayList<>();
    private final QueueIndex.Consumer first = () -> told.add("first");
    private final QueueIndex.Consumer second = () -> told.add("second");

    ReaderQuotaTest() {
        queue.activate(first);
        queue.activate(second);
    }

    private void limit(boolean on, int most) {
        queue.become(new QueueDefinition("Q").withActivation(new ActivationDefinition(on, null, most, "dbo")));
    }

    @Test
    void aQueueWithoutActivationOfItsOwnLimitsNothing() {
        for (int i = 0; i < 100; i++) {
            assertThat(quota.enter(first)).isTrue();
        }
        assertThat(quota.goesOn(first)).isTrue();
        assertThat(quota.timesReached()).isZero();
    }

    @Test
    void theMaximumHoldsOverAllActivations() {
        limit(true, 2);
        assertThat(quota.enter(first)).isTrue();
        assertThat(quota.enter(second)).isTrue();
        assertThat(quota.enter(first)).isFalse();
        assertThat(quota.atWork()).isEqualTo(2);
        assertThat(quota.timesReached()).isOne();
    }

    @Test
    void aRaisedMaximumTellsAtOnce() {
        limit(true, 1);
        quota.enter(first);
        assertThat(quota.enter(first)).isFalse();
        assertThat(told).isEmpty();
        limit(true, 2);
        assertThat(told).containsExactlyInAnyOrder("first", "second");
        assertThat(quota.enter(first)).isTrue();
    }

    @Test
    void aLoweredMaximumLetsReadersEndTheirGroupAndStartsNoneUntilTheNumberHasDropped() {
        quota.enter(first);
        quota.enter(first);
        quota.enter(first);
        limit(true, 2);
        assertThat(quota.atWork()).isEqualTo(3);
        assertThat(quota.goesOn(first)).isFalse();
        quota.leave(first);
        assertThat(quota.goesOn(first)).isTrue();
        assertThat(quota.enter(second)).isFalse();
        quota.leave(first);
        assertThat(quota.enter(second)).isTrue();
    }

    @Test
    void turnedOffItStartsNoneAndTurnedOnItTells() {
        quota.enter(first);
        limit(false, 5);
        assertThat(quota.enter(first)).isFalse();
        assertThat(quota.goesOn(first)).isFalse();
        assertThat(quota.atWork()).isOne();
        assertThat(quota.timesReached()).isZero();
        assertThat(told).isEmpty();
        limit(true, 5);
        assertThat(told).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void zeroStartsNothing() {
        limit(true, 0);
        assertThat(quota.enter(first)).isFalse();
    }

    @Test
    void aFullMaximumPassesFromTheOneThatHasMoreToTheOneThatHasFewer() {
        limit(true, 1);
        quota.enter(first);
        assertThat(quota.goesOn(first)).isTrue();
        assertThat(quota.enter(second)).isFalse();
        assertThat(quota.goesOn(first)).isFalse();
        quota.leave(first);
        assertThat(told).containsExactly("second");
        assertThat(quota.enter(second)).isTrue();
    }

    @Test
    void whoHasStoppedReadingKeepsNobodyBack() {
        limit(true, 1);
        quota.enter(first);
        quota.enter(second);
        queue.deactivate(second);
        assertThat(quota.goesOn(first)).isTrue();
    }

    @Test
    void severalAreToldInTurn() {
        limit(false, 1);
        limit(true, 1);
        limit(false, 1);
        limit(true, 1);
        assertThat(told).hasSize(4);
        assertThat(told.get(0)).isNotEqualTo(told.get(2));
    }
}
