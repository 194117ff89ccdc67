package org.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.parley.testkit.Eventually.eventually;
import static org.parley.testkit.Eventually.within;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyTest {

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void looksUntilItHolds() {
        eventually().holds("five looks", () -> looks.incrementAndGet() == 5);
        assertThat(eventually().becomes("ten looks", looks::incrementAndGet, n -> n >= 10))
                .isEqualTo(10);
        eventually().passes(() -> assertThat(looks.incrementAndGet()).isEqualTo(15));
    }

    @Test
    void saysWhatItWaitedForAndWhatWasThere() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> within(Duration.ofMillis(5)).becomes("twelve", () -> 11, n -> n == 12))
                .withMessage("Waited PT0.005S for twelve; at last it was 11");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> within(Duration.ofMillis(5)).passes(() -> {
                    throw new AssertionError("not yet");
                }))
                .withMessage("Waited PT0.005S; at last: not yet")
                .withCauseInstanceOf(AssertionError.class);
    }

    @Test
    void endsAtOnceWhenLookingFails() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> eventually().holds("it", () -> {
                    throw new IOException("broken");
                }))
                .withMessage("Failed while waiting for it: java.io.IOException: broken");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> eventually().holds("it", () -> {
                    throw new IllegalStateException("broken");
                }));
    }

    @Test
    void endsWhenInterrupted() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> eventually().holds("it", () -> false))
                .withMessage("Interrupted while waiting for it; at last it was false");
        assertThat(Thread.interrupted()).isTrue();
    }
}
