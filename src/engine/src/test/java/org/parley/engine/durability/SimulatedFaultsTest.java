package org.parley.engine.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Parley;
import org.parley.Receive;
import org.parley.spi.Health;
import org.parley.spi.ServerConfig;
import org.parley.testkit.SettableClock;
import org.parley.testkit.storage.SimulatedDisk;
import org.parley.testkit.storage.SimulatedDisk.Operation;

/** A disk that is full or fails brings a database down with a number of its own; when it is well, the database comes back. */
class SimulatedFaultsTest {

    private static final int BODY = 20_000;

    @TempDir
    Path home;

    private final SettableClock clock = new SettableClock();
    private SimulatedDisk disk;
    private Parley parley;
    private LocalConnection connection;
    private Conversation dialog;
    private int acknowledged;

    @BeforeEach
    void open() throws Exception {
        try (Parley fresh = Parley.open(home)) {
            fresh.connect("orders").catalog().define("""
                            CREATE QUEUE Shop; CREATE SERVICE [//shop] ON QUEUE Shop;
                            CREATE QUEUE Store; CREATE SERVICE [//store] ON QUEUE Store ([DEFAULT]);
                            """);
        }
        disk = SimulatedDisk.mount(home);
        parley = Parley.open(ServerConfig.of(home).withClock(clock));
        connection = parley.connect("orders");
        dialog = connection.begin(Dialog.between("//shop", "//store"));
        send();
    }

    @AfterEach
    void close() throws Exception {
        disk.heal();
        parley.close();
        disk.close();
    }

    private void send() {
        dialog.send("DEFAULT", new byte[BODY]);
        acknowledged++;
    }

    /** Sends until it fails, which must be soon. */
    private BrokerException failsToSend() {
        for (int i = 0; i < 1000; i++) {
            try {
                send();
            } catch (BrokerException e) {
                return e;
            }
        }
        throw new AssertionError("A thousand messages were sent.");
    }

    private void isDown(int number, String reason) {
        eventually().passes(() -> {
            Health health = parley.server().health();
            assertThat(health.status()).isEqualTo(Health.Status.DOWN);
            assertThat(health.reasons()).singleElement().asString().contains(reason);
        });
        assertThat(failsToSend().number()).isEqualTo(number);
        assertThat(health()).isEqualTo(Health.Status.DOWN);
    }

    private Health.Status health() {
        return parley.server().health().status();
    }

    /** Also in vain, while the cause is there. */
    private void comesBack(int number) {
        long rung = clock.rung();
        clock.awaitAlarms(1);
        clock.advance(Duration.ofSeconds(1));
        clock.awaitRung(rung + 1);
        clock.awaitAlarms(1);
        assertThat(failsToSend().number()).isEqualTo(number);
        disk.heal();
        clock.advance(Duration.ofSeconds(1));
        eventually().holds("the database to come back", () -> health() == Health.Status.UP);
        List<Message> received = connection.receive(Receive.from("Store").top(10_000));
        // one may have been committed without an answer
        assertThat(received.size()).isBetween(acknowledged, acknowledged + 1);
        send();
        assertThat(connection.receive(Receive.from("Store"))).hasSize(1);
    }

    /** It comes and goes while a little room is left: what is small still fits. */
    @Test
    void fullDisk() {
        disk.leaveRoom(100_000);
        assertThat(failsToSend().number()).isIn(ErrorNumbers.DISK_FULL, ErrorNumbers.OUTCOME_UNKNOWN);
        disk.heal();
        // whether a full disk takes the database down depends on which write it was
        List<Message> found = eventually().becomes("what was sent", this::received, all -> !all.isEmpty());
        assertThat(found.size()).isBetween(acknowledged, acknowledged + 1);
        eventually().holds("health to be up", () -> health() == Health.Status.UP);
    }

    private List<Message> received() {
        clock.advance(Duration.ofSeconds(1));
        try {
            return connection.receive(Receive.from("Store").top(10_000));
        } catch (BrokerException e) {
            // the database is down, or on its way up
            return List.of();
        }
    }

    @Test
    void logThatCannotBeWritten() {
        disk.fail(Operation.WRITE, file -> file.contains("/log/"), 3, "Input/output error");
        assertThat(failsToSend().number()).isIn(ErrorNumbers.DISK_FAILS, ErrorNumbers.OUTCOME_UNKNOWN);
        isDown(ErrorNumbers.DISK_FAILS, "the disk fails");
        comesBack(ErrorNumbers.DISK_FAILS);
    }

    @Test
    void logThatCannotBeForced() {
        disk.fail(Operation.SYNC, file -> file.contains("/log/"), 2, "Input/output error");
        assertThat(failsToSend().number()).isIn(ErrorNumbers.DISK_FAILS, ErrorNumbers.OUTCOME_UNKNOWN);
        isDown(ErrorNumbers.DISK_FAILS, "the disk fails");
        comesBack(ErrorNumbers.DISK_FAILS);
    }

    @Test
    void pagesThatCannotBeWritten() {
        disk.fail(Operation.WRITE, file -> file.contains("/seg0/"), 0, "Input/output error");
        assertThat(failsToSend().number()).isIn(ErrorNumbers.DISK_FAILS, ErrorNumbers.OUTCOME_UNKNOWN);
        isDown(ErrorNumbers.DISK_FAILS, "the disk fails");
        comesBack(ErrorNumbers.DISK_FAILS);
    }

    @Test
    void pagesThatCannotBeRead() {
        disk.fail(Operation.READ, file -> file.contains("/seg0/"), 0, "Input/output error");
        disk.fail(Operation.WRITE, file -> file.contains("/log/"), 0, "Input/output error");
        assertThat(failsToSend().number()).isIn(ErrorNumbers.DISK_FAILS, ErrorNumbers.OUTCOME_UNKNOWN);
        isDown(ErrorNumbers.DISK_FAILS, "the disk fails");
        comesBack(ErrorNumbers.DISK_FAILS);
    }
}
