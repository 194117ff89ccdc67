package org.parley.sql.run;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.concurrent.CountDownLatch;
import org.parley.ErrorNumbers;
import org.parley.spi.BrokerClock;
import org.parley.sql.ScriptError;

/** WAITFOR DELAY and WAITFOR TIME. */
final class Pause {

    private static final int BAD_TIME = 148;
    private static final Duration LONGEST = Duration.ofHours(24);

    private final BrokerClock clock;

    Pause(BrokerClock clock) {
        this.clock = clock;
    }

    /** Waits for so long. */
    void delay(String written) {
        until(clock.instant().plus(duration(written)));
    }

    /** Waits until it is this time of day. */
    void time(String written) {
        ZonedDateTime now = clock.instant().atZone(ZoneId.systemDefault());
        ZonedDateTime due = now.with(LocalTime.MIDNIGHT).plus(duration(written));
        until((due.isBefore(now) ? due.plusDays(1) : due).toInstant());
    }

    private void until(Instant due) {
        CountDownLatch rung = new CountDownLatch(1);
        BrokerClock.Alarm alarm = clock.at(due, rung::countDown);
        try {
            rung.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        } finally {
            alarm.cancel();
        }
    }

    static ScriptError interrupted() {
        return new ScriptError(ErrorNumbers.SCRIPT_INTERRUPTED, "The script was interrupted.");
    }

    /** {@code hh:mm[:ss[.fff]]}, below 24 hours. */
    static Duration duration(String written) {
        String[] parts = written.trim().split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw bad(written);
        }
        try {
            Duration duration = Duration.ofHours(number(parts[0], 23)).plusMinutes(number(parts[1], 59));
            if (parts.length == 3) {
                String[] seconds = parts[2].split("\\.", -1);
                String fraction = seconds.length == 2 ? (seconds[1] + "000").substring(0, 3) : "0";
                if (seconds.length > 2) {
                    throw bad(written);
                }
                duration = duration.plusSeconds(number(seconds[0], 59)).plusMillis(number(fraction, 999));
            }
            if (duration.compareTo(LONGEST) >= 0) {
                throw bad(written);
            }
            return duration;
        } catch (NumberFormatException e) {
            throw bad(written);
        }
    }

    private static int number(String digits, int most) {
        int number = Integer.parseUnsignedInt(digits);
        if (number > most) {
            throw new NumberFormatException(digits);
        }
        return number;
    }

    private static ScriptError bad(String written) {
        return new ScriptError(
                BAD_TIME,
                "WAITFOR can't read the time '" + written + "'; it takes hh:mm, hh:mm:ss or hh:mm:ss.mmm below 24"
                        + " hours.");
    }
}
