package org.parley.sql.value;

import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import org.parley.sql.ScriptError;
import org.parley.sql.value.SqlType.Family;

/** Dates and times as text that is written, in the styles of CONVERT. */
final class TimeFormat {

    /** What a datetime is written in when nothing is said. */
    private static final int DATETIME_STYLE = 0;
    /** What the newer types are written in when nothing is said. */
    private static final int ISO_STYLE = 121;

    /**
     * A style: date and time apart, for a value may have only one of them. Letters: yyyy, yy, MM, mon, dd, d (filled with a blank),
     * HH, h (of twelve, filled), mm, ss, f (fraction behind a point), c (behind a colon for a datetime), a (AM or PM).
     */
    private record Style(String date, String between, String time) {}

    private static final Style DEFAULT = new Style("mon d yyyy", " ", "h:mma");
    private static final Style LONG = new Style("mon d yyyy", " ", "h:mm:ssca");
    private static final Style CLOCK = new Style("", "", "HH:mm:ss");
    private static final Style EUROPE = new Style("dd mon yyyy", " ", "HH:mm:ssc");
    private static final Style FINE_CLOCK = new Style("", "", "HH:mm:ssc");
    private static final Style CANONICAL = new Style("yyyy-MM-dd", " ", "HH:mm:ss");
    private static final Style FINE_CANONICAL = new Style("yyyy-MM-dd", " ", "HH:mm:ssf");

    private static final Map<Integer, Style> STYLES = Map.ofEntries(
            Map.entry(0, DEFAULT),
            Map.entry(100, DEFAULT),
            Map.entry(1, date("MM/dd/yy")),
            Map.entry(101, date("MM/dd/yyyy")),
            Map.entry(2, date("yy.MM.dd")),
            Map.entry(102, date("yyyy.MM.dd")),
            Map.entry(3, date("dd/MM/yy")),
            Map.entry(103, date("dd/MM/yyyy")),
            Map.entry(4, date("dd.MM.yy")),
            Map.entry(104, date("dd.MM.yyyy")),
            Map.entry(5, date("dd-MM-yy")),
            Map.entry(105, date("dd-MM-yyyy")),
            Map.entry(6, date("dd mon yy")),
            Map.entry(106, date("dd mon yyyy")),
            Map.entry(7, date("mon dd, yy")),
            Map.entry(107, date("mon dd, yyyy")),
            Map.entry(8, CLOCK),
            Map.entry(24, CLOCK),
            Map.entry(108, CLOCK),
            Map.entry(9, LONG),
            Map.entry(109, LONG),
            Map.entry(10, date("MM-dd-yy")),
            Map.entry(110, date("MM-dd-yyyy")),
            Map.entry(11, date("yy/MM/dd")),
            Map.entry(111, date("yyyy/MM/dd")),
            Map.entry(12, date("yyMMdd")),
            Map.entry(112, date("yyyyMMdd")),
            Map.entry(13, EUROPE),
            Map.entry(113, EUROPE),
            Map.entry(14, FINE_CLOCK),
            Map.entry(114, FINE_CLOCK),
            Map.entry(20, CANONICAL),
            Map.entry(120, CANONICAL),
            Map.entry(21, FINE_CANONICAL),
            Map.entry(25, FINE_CANONICAL),
            Map.entry(121, FINE_CANONICAL),
            Map.entry(22, new Style("MM/dd/yy", " ", "h:mm:ss a")),
            Map.entry(23, date("yyyy-MM-dd")),
            Map.entry(126, new Style("yyyy-MM-dd", "T", "HH:mm:sso")),
            Map.entry(127, new Style("yyyy-MM-dd", "T", "HH:mm:sso")));

    private TimeFormat() {}

    private static Style date(String form) {
        return new Style(form, "", "");
    }

    static String format(Value value, Integer number) {
        Family family = value.type().family();
        int wanted = number != null ? number : family == Family.DATETIME ? DATETIME_STYLE : ISO_STYLE;
        Style style = STYLES.get(wanted);
        if (style == null) {
            throw unknown(wanted, value);
        }
        String form =
                switch (family) {
                    case DATE -> style.date();
                    case TIME -> style.time();
                    default -> style.date() + style.between() + style.time();
                };
        if (form.isEmpty()) {
            throw unknown(wanted, value);
        }
        LocalDateTime moment = ToTime.of(value);
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < form.length(); ) {
            at += append(text, form, at, moment, value.type());
        }
        return text.toString();
    }

    private static ScriptError unknown(int style, Value value) {
        return new ScriptError(
                281,
                "Style " + style + " is none for " + value.type().base().word()
                        + ": those of CONVERT are 0 to 14, 20 to 25,"
                        + " 100 to 114, 120, 121, 126 and 127, as far as they show what the value has.");
    }

    /** Appends what the letters there stand for and returns how many they are. */
    private static int append(StringBuilder text, String form, int at, LocalDateTime moment, SqlType type) {
        String[] words = {"yyyy", "yy", "MM", "mon", "dd", "d", "HH", "h", "mm", "ss", "f", "c", "o", "a"};
        for (String word : words) {
            if (form.startsWith(word, at)) {
                text.append(part(word, moment, type));
                return word.length();
            }
        }
        text.append(form.charAt(at));
        return 1;
    }

    private static String part(String word, LocalDateTime moment, SqlType type) {
        return switch (word) {
            case "yyyy" -> filled("%04d", moment.getYear());
            case "yy" -> filled("%02d", moment.getYear() % 100);
            case "MM" -> filled("%02d", moment.getMonthValue());
            case "mon" -> TimeText.MONTHS.get(moment.getMonthValue() - 1).substring(0, 3);
            case "dd" -> filled("%02d", moment.getDayOfMonth());
            case "d" -> filled("%2d", moment.getDayOfMonth());
            case "HH" -> filled("%02d", moment.getHour());
            case "h" -> filled("%2d", moment.getHour() % 12 == 0 ? 12 : moment.getHour() % 12);
            case "mm" -> filled("%02d", moment.getMinute());
            case "ss" -> filled("%02d", moment.getSecond());
            case "c" -> fraction(type.family() == Family.DATETIME ? ":" : ".", moment, type);
            case "o" -> moment.getNano() == 0 ? "" : fraction(".", moment, type);
            case "f" -> fraction(".", moment, type);
            default -> moment.getHour() < 12 ? "AM" : "PM";
        };
    }

    private static String filled(String form, int number) {
        return String.format(Locale.ROOT, form, number);
    }

    private static String fraction(String point, LocalDateTime moment, SqlType type) {
        int digits = type.family() == Family.DATETIME ? 3 : type.precision();
        return digits == 0 ? "" : point + filled("%09d", moment.getNano()).substring(0, digits);
    }
}
