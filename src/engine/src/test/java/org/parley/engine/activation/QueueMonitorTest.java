package org.parley.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.activation.QueueMonitor.INTERVAL_MILLIS;
import static org.parley.engine.activation.QueueMonitor.REPEAT_MILLIS;
import static org.parley.engine.activation.QueueMonitor.State.INACTIVE;
import static org.parley.engine.activation.QueueMonitor.State.NOTIFIED;
import static org.parley.engine.activation.QueueMonitor.State.RECEIVES_OCCURRING;
import static org.parley.engine.activation.QueueMonitor.Verdict.FAILED;
import static org.parley.engine.activation.QueueMonitor.Verdict.LIMIT_REACHED;
import static org.parley.engine.activation.QueueMonitor.Verdict.NOTHING;
import static org.parley.engine.activation.QueueMonitor.Verdict.SILENT;
import static org.parley.engine.activation.QueueMonitor.Verdict.START;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.engine.activation.QueueMonitor.Kind;
import org.parley.engine.activation.QueueMonitor.Sight;
import org.parley.engine.activation.QueueMonitor.Verdict;
import org.parley.testkit.Seeds;

/** The rules of service-broker.md, sections 13.2, 13.3 and 13.5. */
class QueueMonitorTest {

    private static final Sight NOTHING_THERE = new Sight(false, false);
    private static final Sight MESSAGES = new Sight(true, false);
    private static final Sight AWAITED = new Sight(true, true);

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private final QueueMonitor monitor = new QueueMonitor(Kind.PROCEDURE, true, 3);
    private long now = 1_000_000;

    @Test
    void aMessageInAnEmptyQueueStartsAProcedure() {
        assertThat(monitor.shown().state()).isEqualTo(INACTIVE);
        assertThat(monitor.arrived(true, MESSAGES, now)).isEqualTo(START);
        assertThat(monitor.shown()).isEqualTo(new QueueMonitor.Shown(NOTIFIED, 1, null, now));
    }

    @Test
    void whatArrivesLockedStartsNothing() {
        assertThat(monitor.arrived(true, NOTHING_THERE, now)).isEqualTo(NOTHING);
        assertThat(monitor.shown().state()).isEqualTo(INACTIVE);
    }

    @Test
    void whileNotifiedNothingMoreIsStarted() {
        monitor.arrived(true, MESSAGES, now);
        now += 10 * INTERVAL_MILLIS;
        assertThat(monitor.arrived(false, MESSAGES, now)).isEqualTo(NOTHING);
        assertThat(monitor.rolledBack(MESSAGES, now)).isEqualTo(NOTHING);
        assertThat(monitor.shown().running()).isOne();
    }

    @Test
    void whileReceivesOccurOneIsStartedInFiveSeconds() {
        monitor.arrived(true, MESSAGES, now);
        assertThat(monitor.received(false, false, MESSAGES, now)).isEqualTo(NOTHING);
        assertThat(monitor.shown().state()).isEqualTo(RECEIVES_OCCURRING);
        assertThat(monitor.tick(MESSAGES, now + INTERVAL_MILLIS - 1)).isEqualTo(NOTHING);
        assertThat(monitor.tick(MESSAGES, now + INTERVAL_MILLIS)).isEqualTo(START);
        assertThat(monitor.shown().running()).isEqualTo(2);
        assertThat(monitor.shown().state()).isEqualTo(NOTIFIED);
    }

    @Test
    void aSessionThatWaitsIsReaderEnough() {
        monitor.arrived(true, MESSAGES, now);
        monitor.received(false, false, MESSAGES, now);
        assertThat(monitor.tick(AWAITED, now + INTERVAL_MILLIS)).isEqualTo(NOTHING);
        assertThat(monitor.tick(MESSAGES, now + INTERVAL_MILLIS)).isEqualTo(START);
    }

    @Test
    void anEmptyReceiveBeginsTheFiveSecondsAnew() {
        monitor.arrived(true, MESSAGES, now);
        monitor.received(false, true, MESSAGES, now + INTERVAL_MILLIS - 1);
        assertThat(monitor.shown().lastEmptyRowset()).isEqualTo(now + INTERVAL_MILLIS - 1);
        assertThat(monitor.tick(MESSAGES, now + INTERVAL_MILLIS)).isEqualTo(NOTHING);
        assertThat(monitor.tick(MESSAGES, now + 2 * INTERVAL_MILLIS - 1)).isEqualTo(START);
    }

    @Test
    void aReceiveWithWhereIsNoReaderButEndsNotified() {
        monitor.arrived(true, MESSAGES, now);
        monitor.received(true, true, MESSAGES, now + INTERVAL_MILLIS - 1);
        assertThat(monitor.shown().lastEmptyRowset()).isNull();
        assertThat(monitor.shown().state()).isEqualTo(RECEIVES_OCCURRING);
        assertThat(monitor.tick(MESSAGES, now + INTERVAL_MILLIS)).isEqualTo(START);
    }

    @Test
    void aDrainedQueueIsInactiveAndItsNextMessageStartsAtOnce() {
        monitor.arrived(true, MESSAGES, now);
        monitor.received(false, true, NOTHING_THERE, now);
        assertThat(monitor.shown().state()).isEqualTo(INACTIVE);
        monitor.readerEnded(true, NOTHING_THERE, now + 1);
        assertThat(monitor.arrived(true, MESSAGES, now + 2)).isEqualTo(START);
    }

    @Test
    void aProcedureThatEndsAmongMessagesIsStartedAgain() {
        monitor.arrived(true, MESSAGES, now);
        monitor.received(false, false, MESSAGES, now);
        assertThat(monitor.readerEnded(true, MESSAGES, now + 1)).isEqualTo(START);
        assertThat(monitor.shown().running()).isOne();
    }

    @Test
    void oneOfSeveralThatEndsIsNotReplacedAtOnce() {
        monitor.arrived(true, MESSAGES, now);
        monitor.received(false, false, MESSAGES, now);
        now += INTERVAL_MILLIS;
        monitor.tick(MESSAGES, now);
        monitor.received(false, false, MESSAGES, now);
        assertThat(monitor.readerEnded(true, MESSAGES, now + 1)).isEqualTo(NOTHING);
        assertThat(monitor.shown().running()).isOne();
    }

    @Test
    void theMaximumIsKeptAndSaid() {
        QueueMonitor one = new QueueMonitor(Kind.PROCEDURE, true, 1);
        one.arrived(true, MESSAGES, now);
        one.received(false, false, MESSAGES, now);
        assertThat(one.tick(MESSAGES, now + INTERVAL_MILLIS)).isEqualTo(LIMIT_REACHED);
        assertThat(one.shown().running()).isOne();
    }

    @Test
    void aRaisedMaximumStartsAtOnceAndALoweredOneWaits() {
        QueueMonitor altered = new QueueMonitor(Kind.PROCEDURE, true, 1);
        altered.arrived(true, MESSAGES, now);
        assertThat(altered.altered(true, 2, MESSAGES, now + 1)).isEqualTo(START);
        altered.received(false, false, MESSAGES, now + 2);
        assertThat(altered.altered(true, 1, MESSAGES, now + INTERVAL_MILLIS + 1))
                .isEqualTo(LIMIT_REACHED);
        assertThat(altered.shown().running()).isEqualTo(2);
        assertThat(altered.readerEnded(true, MESSAGES, now + INTERVAL_MILLIS + 1))
                .isEqualTo(LIMIT_REACHED);
        assertThat(altered.readerEnded(true, MESSAGES, now + INTERVAL_MILLIS + 1))
                .isEqualTo(START);
    }

    @Test
    void turnedOffItStartsNoneAndTurnedOnOneAtOnce() {
        QueueMonitor off = new QueueMonitor(Kind.PROCEDURE, false, 1);
        assertThat(off.arrived(true, MESSAGES, now)).isEqualTo(NOTHING);
        assertThat(off.tick(MESSAGES, now + INTERVAL_MILLIS)).isEqualTo(NOTHING);
        assertThat(off.altered(true, 1, MESSAGES, now + INTERVAL_MILLIS)).isEqualTo(START);
        assertThat(off.altered(false, 1, MESSAGES, now + INTERVAL_MILLIS)).isEqualTo(NOTHING);
        assertThat(off.shown().running()).isOne();
    }

    @Test
    void aMaximumOfZeroStartsNothing() {
        QueueMonitor none = new QueueMonitor(Kind.PROCEDURE, true, 0);
        assertThat(none.arrived(true, MESSAGES, now)).isEqualTo(LIMIT_REACHED);
    }

    @Test
    void aProcedureWithoutReceiveStopsActivationUntilItIsTurnedOffAndOn() {
        monitor.arrived(true, MESSAGES, now);
        assertThat(monitor.readerEnded(false, MESSAGES, now)).isEqualTo(FAILED);
        assertThat(monitor.tick(MESSAGES, now + 3 * INTERVAL_MILLIS)).isEqualTo(NOTHING);
        assertThat(monitor.arrived(false, MESSAGES, now + 3 * INTERVAL_MILLIS)).isEqualTo(NOTHING);
        assertThat(monitor.altered(false, 3, MESSAGES, now)).isEqualTo(NOTHING);
        assertThat(monitor.altered(true, 3, MESSAGES, now)).isEqualTo(START);
    }

    @Test
    void aProcedureThatIsSilentForFiveSecondsIsToldOfOnce() {
        monitor.arrived(true, MESSAGES, now);
        assertThat(monitor.tick(MESSAGES, now + INTERVAL_MILLIS - 1)).isEqualTo(NOTHING);
        assertThat(monitor.tick(MESSAGES, now + INTERVAL_MILLIS)).isEqualTo(SILENT);
        assertThat(monitor.tick(MESSAGES, now + 2 * INTERVAL_MILLIS)).isEqualTo(NOTHING);
    }

    @Test
    void aStartThatFailsIsTriedAgainAfterFiveSeconds() {
        monitor.arrived(true, MESSAGES, now);
        monitor.startFailed(now + 10);
        assertThat(monitor.shown().running()).isZero();
        assertThat(monitor.tick(MESSAGES, now + INTERVAL_MILLIS)).isEqualTo(NOTHING);
        assertThat(monitor.tick(MESSAGES, now + 10 + INTERVAL_MILLIS)).isEqualTo(START);
    }

    @Test
    void aRollbackMakesAReaderNeeded() {
        monitor.arrived(true, MESSAGES, now);
        monitor.received(false, false, NOTHING_THERE, now);
        assertThat(monitor.rolledBack(MESSAGES, now + INTERVAL_MILLIS)).isEqualTo(START);
    }

    @Test
    void messagesThatSomebodyEndedLeaveItInactive() {
        QueueMonitor notification = new QueueMonitor(Kind.NOTIFICATION, true, 0);
        notification.arrived(true, MESSAGES, now);
        assertThat(notification.tick(NOTHING_THERE, now + 1)).isEqualTo(NOTHING);
        assertThat(notification.shown().state()).isEqualTo(INACTIVE);
    }

    @Test
    void aNotificationIsSentAgainAfterAReceiveOrAMinute() {
        QueueMonitor notification = new QueueMonitor(Kind.NOTIFICATION, true, 0);
        assertThat(notification.arrived(true, MESSAGES, now)).isEqualTo(START);
        assertThat(notification.arrived(false, MESSAGES, now + INTERVAL_MILLIS)).isEqualTo(NOTHING);
        assertThat(notification.tick(MESSAGES, now + REPEAT_MILLIS - 1)).isEqualTo(NOTHING);
        assertThat(notification.tick(MESSAGES, now + REPEAT_MILLIS)).isEqualTo(START);
        assertThat(notification.received(false, false, MESSAGES, now + REPEAT_MILLIS + 1))
                .isEqualTo(NOTHING);
        assertThat(notification.tick(MESSAGES, now + REPEAT_MILLIS + INTERVAL_MILLIS))
                .isEqualTo(START);
    }

    /** Rule 1 is about messages that arrive; what a rollback gives back waits as an empty RECEIVE has asked for. */
    @Test
    void whatARollbackGivesBackIsNoFirstArrival() {
        QueueMonitor notification = new QueueMonitor(QueueMonitor.Kind.NOTIFICATION, true, 0);
        assertThat(notification.received(false, true, new Sight(false, false), now))
                .isEqualTo(NOTHING);
        assertThat(notification.rolledBack(new Sight(false, false), now)).isEqualTo(NOTHING);
        assertThat(notification.arrived(true, MESSAGES, now)).isEqualTo(NOTHING);
        assertThat(notification.tick(MESSAGES, now + INTERVAL_MILLIS)).isEqualTo(START);
    }

    /** Readers that are started for claimed groups: nothing is ordered, and the state tells how far they are. */
    @Test
    void readersOfClaimedGroupsAreOnlyShown() {
        Sight nothing = new Sight(false, false);
        QueueMonitor readers = new QueueMonitor(QueueMonitor.Kind.READERS, true, 5);
        assertThat(readers.arrived(true, MESSAGES, now)).isEqualTo(NOTHING);
        readers.readerStarted(now);
        assertThat(readers.shown().state()).isEqualTo(NOTIFIED);
        assertThat(readers.tick(nothing, now + INTERVAL_MILLIS - 1)).isEqualTo(NOTHING);
        assertThat(readers.tick(nothing, now + INTERVAL_MILLIS)).isEqualTo(SILENT);
        assertThat(readers.tick(nothing, now + 2 * INTERVAL_MILLIS)).isEqualTo(NOTHING);
        assertThat(readers.received(false, false, nothing, now)).isEqualTo(NOTHING);
        assertThat(readers.shown().state()).isEqualTo(RECEIVES_OCCURRING);
        // another session finds nothing: the reader is still at work
        readers.received(false, true, nothing, now);
        assertThat(readers.shown().state()).isEqualTo(RECEIVES_OCCURRING);
        assertThat(readers.readerEnded(true, nothing, now)).isEqualTo(NOTHING);
        assertThat(readers.shown().state()).isEqualTo(QueueMonitor.State.INACTIVE);
    }

    /** Whatever happens: never over the maximum, never twice in five seconds while receives occur, never while off. */
    @Test
    void holdsItsBoundsInAnyOrderOfEvents() {
        Random random = seeds.random();
        List<Boolean> atWork = new ArrayList<>();
        boolean on = true;
        int most = 3;
        for (int step = 0; step < 20_000; step++) {
            now += random.nextInt(2_000);
            QueueMonitor.Shown before = monitor.shown();
            Sight sight = new Sight(random.nextBoolean(), random.nextInt(4) == 0);
            int event = random.nextInt(7);
            Verdict verdict;
            if (event == 0) {
                verdict = monitor.arrived(random.nextBoolean(), sight, now);
            } else if (event == 1) {
                verdict = monitor.received(random.nextBoolean(), random.nextBoolean(), sight, now);
            } else if (event == 2) {
                verdict = monitor.rolledBack(sight, now);
            } else if (event == 3 && !atWork.isEmpty()) {
                atWork.remove(0);
                verdict = monitor.readerEnded(true, sight, now);
            } else if (event == 4) {
                on = random.nextInt(5) > 0;
                most = random.nextInt(5);
                verdict = monitor.altered(on, most, sight, now);
            } else {
                verdict = monitor.tick(sight, now);
            }
            if (verdict == START) {
                assertThat(on).isTrue();
                assertThat(sight.receivable() && !sight.awaited()).isTrue();
                assertThat(atWork.size()).isLessThan(most);
                atWork.add(true);
                boolean byTheRules = event != 4 && event != 3;
                boolean later = before.lastActivated() != null && before.state() == RECEIVES_OCCURRING;
                if (byTheRules && later && event != 1) {
                    assertThat(now - before.lastActivated()).isGreaterThanOrEqualTo(INTERVAL_MILLIS);
                }
                assertThat(byTheRules && before.state() == NOTIFIED && event != 1)
                        .isFalse();
            }
            assertThat(monitor.shown().running()).isEqualTo(atWork.size());
        }
    }
}
