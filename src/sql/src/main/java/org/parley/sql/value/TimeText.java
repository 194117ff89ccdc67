package org.parley.sql.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parley.sql.value.SqlType.Base;

/** Dates and times as text that is read: what Transact-SQL takes under us_english, whatever the session's place. */
final class TimeText {

    static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");

    private static final String MONTH = "([a-zA-Z]{3,9})\\.?";
    private static final Pattern PLAIN =
            Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)(?!\\d)|(\\d\\d)(\\d\\d)(\\d\\d)(?!\\d)");
    private static final Pattern NUMERIC =
            Pattern.compile("(\\d{1,4})\\s*[-/.]\\s*(\\d{1,2})\\s*[-/.]\\s*(\\d{1,4})(?!\\d)");
    private static final Pattern MONTH_FIRST =
            Pattern.compile(MONTH + "\\s*(\\d{1,2})\\s*(?:,|\\s)\\s*(\\d{4}|\\d\\d)(?!\\d)");
    private static final Pattern DAY_FIRST =
            Pattern.compile("(\\d{1,2})[\\s-]*" + MONTH + "[\\s,-]*(\\d{4}|\\d\\d)(?!\\d)");
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})[\\s-]*" + MONTH + "[\\s-]*(\\d{1,2})(?!\\d)");
    private static final Pattern YEAR = Pattern.compile("(\\d{4})$");
    private static final Pattern TIME = Pattern.compile(
            "(\\d{1,2})(?::(\\d{1,2})(?::(\\d{1,2})(?:([.:])(\\d{1,9}))?)?)?\\s*([aApP][mM])?\\s*([zZ]|[+-]\\d\\d:\\d\\d)?");

    /** Longer text is no date, and looking for one would take long. */
    private static final int MOST_CHARACTERS = 100;

    /** Years of two digits are up to 2049, as Transact-SQL has it. */
    private static final int LAST_SHORT_YEAR = 49;

    private TimeText() {}

    static String format(Value value, Integer style) {
        return TimeFormat.format(value, style);
    }

    /** Throws DateTimeException for what is none. */
    static LocalDateTime parse(String written, Integer style, SqlType to) {
        String text = written.strip();
        if (text.length() > MOST_CHARACTERS) {
            throw new DateTimeException("too long");
        }
        if (text.isEmpty()) {
            return Conversion.FIRST_DAY;
        }
        Matcher alone = TIME.matcher(text);
        if (alone.matches() && (alone.group(2) != null || alone.group(6) != null)) {
            return time(alone, to).atDate(Conversion.FIRST_DAY.toLocalDate());
        }
        for (Form form : Form.values()) {
            Matcher matcher = form.pattern.matcher(text);
            if (matcher.lookingAt()) {
                return date(form, matcher, style).atTime(rest(text.substring(matcher.end()), to));
            }
        }
        throw new DateTimeException("no date");
    }

    /** How a date may be written. */
    private enum Form {
        PLAIN(TimeText.PLAIN),
        NUMERIC(TimeText.NUMERIC),
        MONTH_FIRST(TimeText.MONTH_FIRST),
        YEAR_FIRST(TimeText.YEAR_FIRST),
        DAY_FIRST(TimeText.DAY_FIRST),
        YEAR(TimeText.YEAR);

        private final Pattern pattern;

        Form(Pattern pattern) {
            this.pattern = pattern;
        }
    }

    private static LocalDate date(Form form, Matcher matcher, Integer style) {
        return switch (form) {
            case PLAIN ->
                matcher.group(1) != null
                        ? date(matcher.group(1), number(matcher.group(2)), matcher.group(3))
                        : date(matcher.group(4), number(matcher.group(5)), matcher.group(6));
            case NUMERIC -> numeric(matcher.group(1), matcher.group(2), matcher.group(3), style);
            case MONTH_FIRST -> date(matcher.group(3), month(matcher.group(1)), matcher.group(2));
            case YEAR_FIRST -> date(matcher.group(1), month(matcher.group(2)), matcher.group(3));
            case DAY_FIRST -> date(matcher.group(3), month(matcher.group(2)), matcher.group(1));
            case YEAR -> date(matcher.group(1), 1, "1");
        };
    }

    private static LocalDate numeric(String first, String second, String third, Integer style) {
        if (first.length() == 4) {
            return date(first, number(second), third);
        }
        return switch (style == null ? 0 : style % 100) {
            case 3, 4, 5 -> date(third, number(second), first);
            case 2, 11 -> date(first, number(second), third);
            default -> date(third, number(first), second);
        };
    }

    private static LocalDate date(String year, int month, String day) {
        int full = number(year);
        if (year.length() == 2) {
            full += full <= LAST_SHORT_YEAR ? 2000 : 1900;
        } else if (year.length() != 4) {
            throw new DateTimeException("year of " + year.length() + " digits");
        }
        try {
            return ToTime.inRange(LocalDate.of(full, month, number(day)));
        } catch (DateTimeException e) {
            throw outOfRange(e);
        }
    }

    private static ToTime.OutOfRange outOfRange(DateTimeException e) {
        ToTime.OutOfRange outside = new ToTime.OutOfRange(e.getMessage());
        outside.initCause(e);
        return outside;
    }

    private static int month(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < MONTHS.size(); i++) {
            String month = MONTHS.get(i).toLowerCase(Locale.ROOT);
            if (lower.equals(month) || lower.equals(month.substring(0, 3))) {
                return i + 1;
            }
        }
        throw new DateTimeException("no month");
    }

    private static LocalTime rest(String text, SqlType to) {
        String time = text.startsWith("T") ? text.substring(1) : text.strip();
        if (time.isEmpty()) {
            return LocalTime.MIDNIGHT;
        }
        Matcher matcher = TIME.matcher(time);
        boolean apart = !text.startsWith(time);
        if (!apart || !matcher.matches() || matcher.group(2) == null && matcher.group(6) == null) {
            throw new DateTimeException("no time");
        }
        return time(matcher, to);
    }

    private static LocalTime time(Matcher matcher, SqlType to) {
        boolean coarse = to.base() == Base.DATETIME;
        String zone = matcher.group(7);
        String fraction = matcher.group(5) == null ? "" : matcher.group(5);
        int most = coarse || ":".equals(matcher.group(4)) ? 3 : 9;
        if (fraction.length() > most || coarse && zone != null && zone.length() > 1) {
            throw new DateTimeException("finer than a datetime");
        }
        int nanos = number((":".equals(matcher.group(4)) ? "0".repeat(3 - fraction.length()) + fraction : fraction)
                .concat("000000000")
                .substring(0, 9));
        try {
            return LocalTime.of(
                    hour(number(matcher.group(1)), matcher.group(6)),
                    matcher.group(2) == null ? 0 : number(matcher.group(2)),
                    matcher.group(3) == null ? 0 : number(matcher.group(3)),
                    nanos);
        } catch (DateTimeException e) {
            throw outOfRange(e);
        }
    }

    private static int hour(int hour, String half) {
        if (half == null) {
            return hour;
        }
        boolean afternoon = half.equalsIgnoreCase("pm");
        if (hour > 12) {
            throw new DateTimeException("hour " + hour + " " + half);
        }
        return hour % 12 + (afternoon ? 12 : 0);
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
