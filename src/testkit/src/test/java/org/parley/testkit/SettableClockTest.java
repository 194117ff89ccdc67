package org.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.parley.spi.BrokerClock.Alarm;

@Timeout(60)
class SettableClockTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final SettableClock clock = new SettableClock();
    private final List<String> rung = Collections.synchronizedList(new ArrayList<>());

    private Alarm alarm(int second, String name) {
        return clock.at(second(second), () -> rung.add(name + " at " + seconds()));
    }

    private static Instant second(int second) {
        return START.plusSeconds(second);
    }

    private long seconds() {
        return Duration.between(START, clock.instant()).toSeconds();
    }

    @Test
    void standsStill() {
        assertThat(clock.instant()).isEqualTo(START).isEqualTo(clock.instant());
        assertThat(clock.millis()).isEqualTo(START.toEpochMilli());
    }

    @Test
    void ringsWhatIsDueInTheOrderOfTime() {
        alarm(3, "c");
        alarm(1, "a");
        alarm(4, "d");
        alarm(1, "b");
        clock.advance(Duration.ofSeconds(3));
        assertThat(rung).containsExactly("a at 1", "b at 1", "c at 3");
        assertThat(clock.alarms()).containsExactly(second(4));
        assertThat(seconds()).isEqualTo(3);
        clock.set(second(10));
        assertThat(rung).endsWith("d at 4");
        assertThat(seconds()).isEqualTo(10);
    }

    @Test
    void ringsOnTheMovingThread() {
        List<Thread> threads = new ArrayList<>();
        clock.at(second(1), () -> threads.add(Thread.currentThread()));
        clock.advance(Duration.ofSeconds(1));
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void ringsAlarmsThatAlarmsSetInTheSameMove() {
        clock.at(second(1), () -> {
            alarm(0, "past");
            alarm(2, "next");
            alarm(9, "later");
        });
        clock.advance(Duration.ofSeconds(5));
        assertThat(rung).containsExactly("past at 1", "next at 2");
        assertThat(clock.nextAlarm()).contains(second(9));
    }

    @Test
    void ringsWhatIsPastOnAnotherThread() {
        CompletableFuture<Thread> first = new CompletableFuture<>();
        clock.at(START, () -> first.complete(Thread.currentThread()));
        assertThat(first.join()).isNotSameAs(Thread.currentThread());
        clock.at(second(-5), () -> rung.add("past"));
        clock.awaitRung(2);
        assertThat(rung).containsExactly("past");
        Eventually.eventually().holds("the thread to end", () -> !first.join().isAlive());
    }

    @Test
    void takesAlarmsBack() {
        Alarm alarm = alarm(1, "a");
        alarm(2, "b");
        alarm.cancel();
        alarm.cancel();
        clock.advance(Duration.ofSeconds(2));
        alarm.cancel();
        assertThat(rung).containsExactly("b at 2");
    }

    @Test
    void closeForgetsAlarmsAndLeavesTheClockInUse() {
        alarm(1, "a");
        clock.close();
        clock.advance(Duration.ofSeconds(1));
        alarm(2, "b");
        clock.advance(Duration.ofSeconds(1));
        assertThat(rung).containsExactly("b at 2");
    }

    @Test
    void goesBackWithoutRinging() {
        clock.advance(Duration.ofSeconds(10));
        alarm(12, "a");
        clock.set(second(5));
        assertThat(seconds()).isEqualTo(5);
        assertThat(rung).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofSeconds(-1)));
    }

    @Test
    void movesToTheNextAlarm() {
        alarm(7, "a");
        assertThat(clock.advanceToNextAlarm()).contains(second(7));
        assertThat(rung).containsExactly("a at 7");
        assertThat(clock.advanceToNextAlarm()).isEmpty();
        assertThat(seconds()).isEqualTo(7);
    }

    @Test
    void failsTheMovingTestWithWhatAlarmsThrew() {
        clock.at(second(1), () -> {
            throw new IllegalStateException("first");
        });
        clock.at(second(2), () -> {
            throw new IllegalStateException("second");
        });
        alarm(3, "third");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> clock.advance(Duration.ofSeconds(3)))
                .withMessage("An alarm failed: java.lang.IllegalStateException: first")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("second"));
        assertThat(rung).containsExactly("third at 3");
        clock.advance(Duration.ofSeconds(1));
    }

    @Test
    void refusesToBeMovedByAnAlarm() {
        clock.at(second(1), () -> clock.advance(Duration.ofSeconds(1)));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> clock.advance(Duration.ofSeconds(1)))
                .withMessageContaining("An alarm can't move the clock that rings it.");
    }

    @Test
    void waitsForAlarmsOfOtherThreads() {
        Thread thread = new Thread(() -> {
            alarm(60, "a");
            alarm(30, "b");
        });
        thread.start();
        clock.awaitAlarms(2);
        clock.awaitAlarmBy(second(30));
        clock.advance(Duration.ofMinutes(1));
        assertThat(rung).containsExactly("b at 30", "a at 60");
    }

    @Test
    void losesNothingWhenManyThreadsSetAndMove() {
        AtomicInteger count = new AtomicInteger();
        int threads = 4;
        int each = 2_000;
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            done.add(CompletableFuture.runAsync(() -> {
                for (int j = 0; j < each; j++) {
                    clock.at(clock.instant().plusMillis(j % 3 - 1), count::incrementAndGet);
                    if (number == 0) {
                        clock.advance(Duration.ofMillis(1));
                    }
                }
            }));
        }
        done.forEach(CompletableFuture::join);
        clock.advance(Duration.ofSeconds(1));
        clock.awaitRung((long) threads * each);
        assertThat(count).hasValue(threads * each);
        assertThat(clock.alarms()).isEmpty();
    }
}
