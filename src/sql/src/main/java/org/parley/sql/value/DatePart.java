package org.parley.sql.value;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.parley.sql.ScriptError;

/** A part of a date that DATEADD, DATEDIFF, DATEPART and DATENAME are asked about, with its short names. */
enum DatePart {
    YEAR("yy", "yyyy"),
    QUARTER("qq", "q"),
    MONTH("mm", "m"),
    DAYOFYEAR("dy", "y"),
    DAY("dd", "d"),
    WEEK("wk", "ww"),
    WEEKDAY("dw", "w"),
    ISO_WEEK("isowk", "isoww"),
    HOUR("hh"),
    MINUTE("mi", "n"),
    SECOND("ss", "s"),
    MILLISECOND("ms"),
    MICROSECOND("mcs"),
    NANOSECOND("ns");

    private static final LocalDateTime ORIGIN = LocalDateTime.of(1, 1, 1, 0, 0);
    /** A Sunday, from which weeks are counted. */
    private static final LocalDateTime SUNDAY = LocalDateTime.of(1, 1, 7, 0, 0).minusWeeks(1);

    private final List<String> shortNames;

    DatePart(String... shortNames) {
        this.shortNames = List.of(shortNames);
    }

    /** The part of this name in lower case. */
    static DatePart named(String name, String function) {
        for (DatePart part : values()) {
            if (part.word().equals(name) || part.shortNames.contains(name)) {
                return part;
            }
        }
        throw new ScriptError(
                155,
                ScriptError.SYNTAX_LEVEL,
                "'" + name + "' is no part of a date that " + function + " knows: "
                        + Stream.of(values()).map(DatePart::word).collect(Collectors.joining(", ")) + ".");
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is smaller than a day. */
    boolean isTime() {
        return compareTo(HOUR) >= 0;
    }

    int of(LocalDateTime moment) {
        return switch (this) {
            case YEAR -> moment.getYear();
            case QUARTER -> moment.get(IsoFields.QUARTER_OF_YEAR);
            case MONTH -> moment.getMonthValue();
            case DAYOFYEAR -> moment.getDayOfYear();
            case DAY -> moment.getDayOfMonth();
            case WEEK -> week(moment);
            case WEEKDAY -> weekday(moment);
            case ISO_WEEK -> moment.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case HOUR -> moment.getHour();
            case MINUTE -> moment.getMinute();
            case SECOND -> moment.getSecond();
            case MILLISECOND -> moment.get(ChronoField.MILLI_OF_SECOND);
            case MICROSECOND -> moment.get(ChronoField.MICRO_OF_SECOND);
            case NANOSECOND -> moment.getNano();
        };
    }

    /** Sunday is 1. */
    private static int weekday(LocalDateTime moment) {
        return moment.getDayOfWeek() == DayOfWeek.SUNDAY
                ? 1
                : moment.getDayOfWeek().getValue() + 1;
    }

    /** Weeks begin on Sunday, and the first is that of 1 January. */
    private static int week(LocalDateTime moment) {
        int firstDay = weekday(moment.withDayOfYear(1));
        return (moment.getDayOfYear() + firstDay - 2) / 7 + 1;
    }

    LocalDateTime added(LocalDateTime moment, long count) {
        return switch (this) {
            case YEAR -> moment.plusYears(count);
            case QUARTER -> moment.plusMonths(3 * count);
            case MONTH -> moment.plusMonths(count);
            case DAYOFYEAR, DAY, WEEKDAY -> moment.plusDays(count);
            case WEEK -> moment.plusWeeks(count);
            case ISO_WEEK -> throw unsupported("DATEADD", "any type");
            case HOUR -> moment.plusHours(count);
            case MINUTE -> moment.plusMinutes(count);
            case SECOND -> moment.plusSeconds(count);
            case MILLISECOND -> moment.plus(count, ChronoUnit.MILLIS);
            case MICROSECOND -> moment.plus(count, ChronoUnit.MICROS);
            case NANOSECOND -> moment.plusNanos(count);
        };
    }

    /** How many bounds of the part lie between the two; throws ArithmeticException for more than a long counts. */
    long between(LocalDateTime from, LocalDateTime to) {
        return Math.subtractExact(index(to), index(from));
    }

    /** The number of the part since the beginning. */
    private long index(LocalDateTime moment) {
        return switch (this) {
            case YEAR -> moment.getYear();
            case QUARTER -> moment.getYear() * 4L + (moment.getMonthValue() - 1) / 3;
            case MONTH -> moment.getYear() * 12L + moment.getMonthValue();
            case DAYOFYEAR, DAY, WEEKDAY -> ChronoUnit.DAYS.between(ORIGIN, moment);
            case WEEK -> ChronoUnit.WEEKS.between(SUNDAY, moment);
            case ISO_WEEK -> ChronoUnit.WEEKS.between(SUNDAY.plusDays(1), moment);
            case HOUR -> ChronoUnit.HOURS.between(ORIGIN, moment);
            case MINUTE -> ChronoUnit.MINUTES.between(ORIGIN, moment);
            case SECOND -> ChronoUnit.SECONDS.between(ORIGIN, moment);
            case MILLISECOND -> ChronoUnit.MILLIS.between(ORIGIN, moment);
            case MICROSECOND -> ChronoUnit.MICROS.between(ORIGIN, moment);
            case NANOSECOND -> ChronoUnit.NANOS.between(LocalDateTime.of(1970, 1, 1, 0, 0), moment);
        };
    }

    ScriptError unsupported(String function, String type) {
        return new ScriptError(9810, function + " can't use the part " + word() + " with " + type + ".");
    }
}
