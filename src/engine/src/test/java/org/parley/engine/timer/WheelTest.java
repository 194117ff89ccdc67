package org.parley.engine.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.parley.engine.timer.Wheel.Entry;
import org.parley.engine.timer.Wheel.Kind;
import org.parley.testkit.SettableClock;

/** What is held of what becomes due; service-broker.md, section 5.6. */
class WheelTest {

    private final SettableClock clock = new SettableClock();
    private final List<Entry> told = new CopyOnWriteArrayList<>();
    private final Wheel wheel = new Wheel(clock, told::add);
    private final long start = clock.millis();

    @Test
    void aTimerThatIsSetAgainAndAgainIsHeldOnce() {
        for (int i = 1; i <= 1000; i++) {
            wheel.add(new Entry(start + i, 7, Kind.TIMER));
        }
        assertThat(wheel.size()).isOne();
        clock.advance(Duration.ofMillis(1000));
        assertThat(told).containsExactly(new Entry(start + 1000, 7, Kind.TIMER));
        assertThat(wheel.size()).isZero();
    }

    @Test
    void nothingIsLeftOfWhatIsTakenBack() {
        for (Kind kind : Kind.values()) {
            wheel.add(new Entry(start + 10, 6, kind));
            wheel.add(new Entry(start + 20, 7, kind));
        }
        wheel.removeAll(6);
        wheel.set(7, Kind.TIMER, 0);
        assertThat(wheel.size()).isEqualTo(Kind.values().length - 1);
        clock.advance(Duration.ofMillis(20));
        assertThat(told).extracting(Entry::endpoint).containsOnly(7L);
        assertThat(told).extracting(Entry::kind).doesNotContain(Kind.TIMER).hasSize(Kind.values().length - 1);
    }

    @Test
    void anAcknowledgementIsNotPutOff() {
        wheel.add(new Entry(start + 10, 7, Kind.ACKNOWLEDGEMENT));
        wheel.add(new Entry(start + 15, 7, Kind.ACKNOWLEDGEMENT));
        clock.advance(Duration.ofMillis(10));
        assertThat(told).containsExactly(new Entry(start + 10, 7, Kind.ACKNOWLEDGEMENT));
    }
}
