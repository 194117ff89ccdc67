package org.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrokerExtensionTest {

    private final BrokerExtension broker = new BrokerExtension(config -> config, Duration.ofMillis(50));

    @BeforeEach
    void open() throws IOException {
        ThreadStartingEngine.CALLS.clear();
        broker.beforeEach(null);
    }

    @AfterEach
    void endEngine() {
        ThreadStartingEngine.leak = false;
        ThreadStartingEngine.failingClose = null;
        ThreadStartingEngine.end.countDown();
    }

    @Test
    void closesWhatItGave() throws IOException {
        Path home = broker.home();
        Files.writeString(Files.createDirectory(home.resolve("orders")).resolve("file"), "x");
        broker.connect("orders");
        broker.afterEach(null);
        assertThat(ThreadStartingEngine.CALLS)
                .containsExactly("open SettableClock at 2030-01-01T00:00:00Z", "close channel", "close server");
        assertThat(home).doesNotExist();
    }

    @Test
    void restartsInTheSameHomeAndTime() {
        Path home = broker.home();
        broker.connect("orders");
        broker.clock().advance(Duration.ofHours(1));
        broker.restart();
        assertThat(broker.home()).isEqualTo(home).exists();
        broker.afterEach(null);
        assertThat(ThreadStartingEngine.CALLS)
                .containsExactly(
                        "open SettableClock at 2030-01-01T00:00:00Z",
                        "close channel",
                        "close server",
                        "open SettableClock at 2030-01-01T01:00:00Z",
                        "close server");
    }

    @Test
    void namesThreadsThatAreLeft() {
        ThreadStartingEngine.leak = true;
        CountDownLatch end = ThreadStartingEngine.end;
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> broker.afterEach(null))
                .withMessageContaining("Closing the server left threads:\n  parley-worker (WAITING)\n    at ");
        assertThat(broker.home()).doesNotExist();
        end.countDown();
    }

    @Test
    void failsWithWhatCloseThrew() {
        ThreadStartingEngine.failingClose = new IllegalStateException("stuck");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> broker.afterEach(null))
                .withMessage("stuck");
        assertThat(broker.home()).doesNotExist();
    }

    @Test
    void failsWithWhatAnAlarmThrew() {
        broker.clock().at(broker.clock().instant(), () -> {
            throw new IllegalStateException("bad alarm");
        });
        Eventually.eventually().holds("the alarm to ring", () -> broker.clock().rung() == 1);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> broker.afterEach(null))
                .withMessageContaining("bad alarm");
    }
}
