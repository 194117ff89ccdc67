package org.parley.sql.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.parley.sql.ScriptError;
import org.parley.sql.value.SqlType.Base;
import org.parley.sql.value.SqlType.Family;

/** Conversion to dates and times. */
final class ToTime {

    private static final LocalDateTime FIRST_DATETIME = LocalDateTime.of(1753, 1, 1, 0, 0);
    private static final LocalDate FIRST_DATE = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST_DATE = LocalDate.of(9999, 12, 31);
    private static final BigDecimal SECONDS_OF_DAY = BigDecimal.valueOf(86_400);
    private static final BigDecimal MOST_DAYS = BigDecimal.valueOf(10_000_000);
    private static final long NANOS = 1_000_000_000L;

    private ToTime() {}

    static Object convert(Value value, SqlType to, Integer style) {
        LocalDateTime moment;
        try {
            moment = switch (value.type().family()) {
                case TEXT -> TimeText.parse((String) value.content(), style, to);
                case BYTES -> moment(TimeBytes.parse((byte[]) value.content(), to));
                case INTEGER, DECIMAL, MONEY, APPROXIMATE -> days(ToNumber.number(value));
                default -> moment(value.content());
            };
            return of(moment, to);
        } catch (DateTimeException e) {
            throw refused(value, to, e);
        }
    }

    private static ScriptError refused(Value value, SqlType to, DateTimeException cause) {
        boolean outside = cause instanceof OutOfRange && to.base() == Base.DATETIME;
        int number =
                switch (value.type().family()) {
                    case TEXT, DATE, TIME, DATETIME, DATETIME2 -> outside ? 242 : 241;
                    case BYTES -> 210;
                    default -> 8115;
                };
        String range = outside ? " A datetime is from 1753-01-01 to 9999-12-31 23:59:59.997." : "";
        return new ScriptError(
                number, 16, 1, Words.of(value) + " of type " + value.type() + " isn't a " + to + "." + range, cause);
    }

    /** A moment that exists but that the type doesn't hold. */
    static final class OutOfRange extends DateTimeException {

        private static final long serialVersionUID = 1L;

        OutOfRange(String message) {
            super(message);
        }
    }

    static LocalDate inRange(LocalDate date) {
        if (date.isBefore(FIRST_DATE) || date.isAfter(LAST_DATE)) {
            throw new OutOfRange("not from 0001 to 9999");
        }
        return date;
    }

    private static LocalDateTime moment(Object content) {
        if (content instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        return content instanceof LocalTime time
                ? time.atDate(Conversion.FIRST_DAY.toLocalDate())
                : (LocalDateTime) content;
    }

    private static LocalDateTime days(BigDecimal days) {
        if (days.abs().compareTo(MOST_DAYS) > 0) {
            throw new OutOfRange("not from 1753 to 9999");
        }
        BigDecimal ticks = days.multiply(SECONDS_OF_DAY)
                .multiply(BigDecimal.valueOf(TimeBytes.TICKS))
                .setScale(0, RoundingMode.HALF_UP);
        long[] parts = {
            Math.floorDiv(ticks.longValueExact(), 86_400L * TimeBytes.TICKS),
            Math.floorMod(ticks.longValueExact(), 86_400L * TimeBytes.TICKS)
        };
        return Conversion.FIRST_DAY.plusDays(parts[0]).plusNanos(nanosOfTicks(parts[1]));
    }

    /** Shown to the millisecond: a datetime ends with .000, .003 or .007. */
    static long nanosOfTicks(long ticks) {
        return ticks / TimeBytes.TICKS * NANOS + Math.round(ticks % TimeBytes.TICKS / 0.3) * 1_000_000L;
    }

    /** What a type keeps of a moment. */
    static Object of(LocalDateTime moment, SqlType to) {
        return switch (to.base()) {
            case DATE -> inRange(moment.toLocalDate());
            case TIME -> rounded(moment, to.precision()).toLocalTime();
            case DATETIME2 -> {
                LocalDateTime rounded = rounded(moment, to.precision());
                inRange(rounded.toLocalDate());
                yield rounded;
            }
            default -> datetime(moment);
        };
    }

    private static LocalDateTime rounded(LocalDateTime moment, int fraction) {
        long unit = TimeBytes.nanosOfUnit(fraction);
        long rest = moment.getNano() % unit;
        return rest >= unit - rest ? moment.plusNanos(unit - rest) : moment.minusNanos(rest);
    }

    /** Rounded to three hundredths of a second. */
    static LocalDateTime datetime(LocalDateTime moment) {
        long ticks = Math.round(moment.getNano() * (TimeBytes.TICKS / 1e9));
        LocalDateTime rounded = moment.withNano(0).plusNanos(nanosOfTicks(ticks));
        if (rounded.isBefore(FIRST_DATETIME) || rounded.toLocalDate().isAfter(LAST_DATE)) {
            throw new OutOfRange("not from 1753 to 9999");
        }
        return rounded;
    }

    /** The moment of a value that is a date or a time or both. */
    static LocalDateTime of(Value value) {
        return moment(value.content());
    }

    /** Whether its values have a date, or a time only. */
    static boolean hasDate(SqlType type) {
        return type.family() != Family.TIME;
    }
}
