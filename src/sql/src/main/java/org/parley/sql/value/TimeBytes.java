package org.parley.sql.value;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** Dates and times as bytes, in Transact-SQL's own layout of each type. */
final class TimeBytes {

    /** datetime counts a second in three hundred parts. */
    static final int TICKS = 300;

    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    private static final int DATE_BYTES = 3;
    private static final int DATETIME_BYTES = 8;

    private TimeBytes() {}

    static byte[] of(Value value) {
        int fraction = value.type().precision();
        return switch (value.type().base()) {
            case DATE -> date((LocalDate) value.content());
            case TIME -> time((LocalTime) value.content(), fraction);
            case DATETIME2 -> {
                LocalDateTime moment = (LocalDateTime) value.content();
                yield Bytes.joined(time(moment.toLocalTime(), fraction), date(moment.toLocalDate()));
            }
            default -> datetime((LocalDateTime) value.content());
        };
    }

    /** Throws DateTimeException for bytes that are none. */
    static Object parse(byte[] bytes, SqlType type) {
        return switch (type.base()) {
            case DATE -> date(exactly(DATE_BYTES, bytes));
            case TIME -> time(bytes, bytes.length);
            case DATETIME2 -> {
                if (bytes.length <= DATE_BYTES) {
                    throw new DateTimeException("too short");
                }
                int middle = bytes.length - DATE_BYTES;
                yield date(java.util.Arrays.copyOfRange(bytes, middle, bytes.length))
                        .atTime(time(bytes, middle));
            }
            default -> datetime(bytes);
        };
    }

    private static byte[] exactly(int length, byte[] bytes) {
        if (bytes.length != length) {
            throw new DateTimeException("not " + length + " bytes");
        }
        return bytes;
    }

    private static byte[] date(LocalDate date) {
        return Bytes.littleEndian(BigInteger.valueOf(ChronoUnit.DAYS.between(FIRST, date)), DATE_BYTES);
    }

    private static LocalDate date(byte[] bytes) {
        return ToTime.inRange(
                FIRST.plusDays(Bytes.littleEndian(bytes, 0, DATE_BYTES).longValue()));
    }

    private static byte[] time(LocalTime time, int fraction) {
        long units = time.toNanoOfDay() / nanosOfUnit(fraction);
        int length = fraction <= 2 ? 3 : fraction <= 4 ? 4 : 5;
        return Bytes.joined(new byte[] {(byte) fraction}, Bytes.littleEndian(BigInteger.valueOf(units), length));
    }

    private static LocalTime time(byte[] bytes, int end) {
        if (end < 4 || end > 6 || bytes[0] < 0 || bytes[0] > SqlType.FINEST_TIME) {
            throw new DateTimeException("no time");
        }
        return LocalTime.ofNanoOfDay(Bytes.littleEndian(bytes, 1, end).longValue() * nanosOfUnit(bytes[0]));
    }

    static long nanosOfUnit(int fraction) {
        long nanos = 1_000_000_000;
        for (int i = 0; i < fraction; i++) {
            nanos /= 10;
        }
        return nanos;
    }

    private static byte[] datetime(LocalDateTime moment) {
        long days = ChronoUnit.DAYS.between(Conversion.FIRST_DAY.toLocalDate(), moment.toLocalDate());
        long ticks = Math.round(moment.toLocalTime().toNanoOfDay() * (TICKS / 1e9));
        return Bytes.joined(Bytes.bigEndian(days, 4), Bytes.bigEndian(ticks, 4));
    }

    /** Of fewer than eight bytes the first are zero; of more the last count. */
    private static LocalDateTime datetime(byte[] bytes) {
        byte[] all = new byte[DATETIME_BYTES];
        int kept = Math.min(bytes.length, DATETIME_BYTES);
        System.arraycopy(bytes, bytes.length - kept, all, DATETIME_BYTES - kept, kept);
        long whole = Bytes.bigEndian(all);
        long ticks = whole & 0xffff_ffffL;
        if (ticks >= 24L * 60 * 60 * TICKS) {
            throw new DateTimeException("beyond a day");
        }
        return Conversion.FIRST_DAY.plusDays(whole >> 32).plusNanos(ToTime.nanosOfTicks(ticks));
    }
}
