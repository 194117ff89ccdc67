package org.parley.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.parley.BrokerException;
import org.parley.Dialog;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.engine.fault.FaultPoint;

/** A server closes in bounded time, whatever hangs; what is left behind is named. */
@Timeout(value = 25, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClosingTest {

    @TempDir
    Path home;

    private final CountDownLatch there = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    private void hangAt(FaultPoint where) {
        FaultPoint.arm(point -> {
            if (point == where) {
                there.countDown();
                await(goOn);
            }
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void letGo() {
        FaultPoint.arm(null);
        goOn.countDown();
    }

    @Test
    void aTransmitterThatHangsIsLeftAndTheHomeIsFree() {
        Parley parley = Parley.open(home);
        LocalConnection near = parley.connect("near");
        near.catalog().define("CREATE QUEUE Shop; CREATE SERVICE [//shop] ON QUEUE Shop;");
        parley.connect("far");
        hangAt(FaultPoint.TRANSMIT_PICKED);
        near.begin(Dialog.between("//shop", "//nowhere")).send("DEFAULT", "x");
        await(there);
        BrokerException left = Failing.with(ErrorNumbers.STORE_FAILED, parley::close);
        assertThat(left).hasMessageContaining("parley-transmitter").hasStackTraceContaining("FaultPoint.reach");
        Parley.open(home).close();
    }
}
