package org.parley.sql.value;

import static org.parley.sql.value.Function.Parameter.ANY;
import static org.parley.sql.value.Function.Parameter.INTEGER;
import static org.parley.sql.value.Function.Parameter.MOMENT;
import static org.parley.sql.value.SqlType.DATE;
import static org.parley.sql.value.SqlType.DATETIME;
import static org.parley.sql.value.SqlType.INT;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.parley.sql.ScriptError;
import org.parley.sql.value.SqlType.Family;

/** Functions on dates and times. */
final class TimeFunctions {

    private static final SqlType FINE = SqlType.datetime2(SqlType.FINEST_TIME);

    static final List<Function> ALL = List.of(
            Function.of(
                    "CURRENT_TIMESTAMP",
                    Function.always(DATETIME),
                    a -> now(a, a.session().zone())),
            Function.of("DATEADD", TimeFunctions::added, TimeFunctions::add, ANY, INTEGER, MOMENT),
            Function.of("DATEDIFF", Function.always(INT), TimeFunctions::difference, ANY, MOMENT, MOMENT),
            Function.of(
                    "DATEDIFF_BIG", Function.always(SqlType.BIGINT), TimeFunctions::difference, ANY, MOMENT, MOMENT),
            Function.of("DATENAME", Function.always(SqlType.nvarchar(30)), TimeFunctions::name, ANY, MOMENT),
            Function.of("DATEPART", Function.always(INT), TimeFunctions::number, ANY, MOMENT),
            Function.of("DAY", Function.always(INT), a -> part(DatePart.DAY, a, 0, "DAY"), MOMENT),
            Function.of("EOMONTH", Function.always(DATE), TimeFunctions::endOfMonth, MOMENT, INTEGER)
                    .atLeast(1),
            Function.of(
                    "GETDATE",
                    Function.always(DATETIME),
                    a -> now(a, a.session().zone())),
            Function.of("GETUTCDATE", Function.always(DATETIME), a -> now(a, ZoneOffset.UTC)),
            Function.of("ISDATE", Function.always(INT), TimeFunctions::isDate, ANY)
                    .lenient(),
            Function.of("MONTH", Function.always(INT), a -> part(DatePart.MONTH, a, 0, "MONTH"), MOMENT),
            Function.of(
                    "SYSDATETIME",
                    Function.always(FINE),
                    a -> now(a, a.session().zone())),
            Function.of("SYSUTCDATETIME", Function.always(FINE), a -> now(a, ZoneOffset.UTC)),
            Function.of("YEAR", Function.always(INT), a -> part(DatePart.YEAR, a, 0, "YEAR"), MOMENT));

    private TimeFunctions() {}

    private static Object now(Arguments arguments, ZoneId zone) {
        LocalDateTime now = LocalDateTime.ofInstant(arguments.session().clock().instant(), zone);
        return ToTime.of(now, arguments.result());
    }

    /** The type of the date that is added to; text and numbers are a datetime. */
    private static SqlType added(List<SqlType> arguments) {
        SqlType type = arguments.get(2);
        return type.isTemporal() ? type : DATETIME;
    }

    private static DatePart part(Arguments arguments) {
        return DatePart.valueOf(arguments.text(0));
    }

    private static Object add(Arguments arguments) {
        DatePart part = part(arguments);
        SqlType type = arguments.result();
        check(part, type, "DATEADD");
        int count = arguments.integer(1);
        LocalDateTime from = arguments.type(2).isTemporal()
                ? arguments.moment(2)
                : (LocalDateTime)
                        Conversion.implicit(arguments.value(2), DATETIME).content();
        try {
            return ToTime.of(part.added(from, count), type);
        } catch (DateTimeException e) {
            throw new ScriptError(
                    517,
                    16,
                    1,
                    "DATEADD of " + count + " " + part.word() + " to " + Words.of(arguments.value(2))
                            + " is out of the range of " + type + ".",
                    e);
        }
    }

    /** A time has no days, and a date has no hours. */
    private static void check(DatePart part, SqlType type, String function) {
        boolean fits = part.isTime() ? type.family() != Family.DATE : type.family() != Family.TIME;
        if (!fits) {
            throw part.unsupported(function, type.base().word());
        }
    }

    private static Object difference(Arguments arguments) {
        DatePart part = part(arguments);
        try {
            long count = part.between(arguments.moment(1), arguments.moment(2));
            if (arguments.result().equals(INT)) {
                return Math.toIntExact(count);
            }
            return count;
        } catch (ArithmeticException e) {
            throw new ScriptError(
                    535,
                    16,
                    1,
                    "DATEDIFF counts more " + part.word()
                            + " parts than its result can hold: take a larger part, or DATEDIFF_BIG.",
                    e);
        }
    }

    private static Object number(Arguments arguments) {
        return part(part(arguments), arguments, 1, "DATEPART");
    }

    private static Object part(DatePart part, Arguments arguments, int index, String function) {
        // text has both a date and a time
        if (arguments.type(index).isTemporal()) {
            check(part, arguments.type(index), function);
        }
        return part.of(arguments.moment(index));
    }

    private static Object name(Arguments arguments) {
        DatePart part = part(arguments);
        int number = (Integer) part(part, arguments, 1, "DATENAME");
        return switch (part) {
            case MONTH -> TimeText.MONTHS.get(number - 1);
            case WEEKDAY ->
                arguments.moment(1).getDayOfWeek().getDisplayName(java.time.format.TextStyle.FULL, Locale.ENGLISH);
            default -> Integer.toString(number);
        };
    }

    private static Object endOfMonth(Arguments arguments) {
        LocalDateTime moment = arguments.moment(0).plusMonths(arguments.integer(1, 0));
        try {
            return ToTime.inRange(
                    moment.toLocalDate().withDayOfMonth(moment.toLocalDate().lengthOfMonth()));
        } catch (DateTimeException e) {
            throw new ScriptError(
                    517, 16, 1, "EOMONTH of " + Words.of(arguments.value(0)) + " is out of the range of date.", e);
        }
    }

    /** Whether a datetime can be made of it. */
    private static Object isDate(Arguments arguments) {
        Value value = arguments.value(0);
        if (value.isNull() || !value.type().isText() && value.type().family() != Family.DATETIME) {
            return 0;
        }
        try {
            Conversion.implicit(value, DATETIME);
            return arguments.text(0).isBlank() ? 0 : 1;
        } catch (ScriptError e) {
            // whether it can be is what was asked
            return 0;
        }
    }
}
