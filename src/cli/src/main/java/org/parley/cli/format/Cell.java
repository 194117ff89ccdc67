package org.parley.cli.format;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;

/** One value as text. */
final class Cell {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** At least milliseconds, as a {@code datetime} has them; more only when there are more. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 3, 9, true)
            .toFormatter();

    private static final DateTimeFormatter SPACED = dated(' ');
    private static final DateTimeFormatter ISO = dated('T');

    private Cell() {}

    private static DateTimeFormatter dated(char between) {
        return new DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .appendLiteral(between)
                .append(TIME)
                .toFormatter();
    }

    /** What people and CSV see; not for null. */
    static String text(Object value) {
        LocalDateTime time = timeOf(value);
        return time == null ? plain(value) : SPACED.format(time);
    }

    /** The same with times as ISO 8601 writes them. */
    static String isoText(Object value) {
        LocalDateTime time = timeOf(value);
        return time == null ? plain(value) : ISO.format(time);
    }

    private static LocalDateTime timeOf(Object value) {
        return value instanceof Timestamp stamp
                ? stamp.toLocalDateTime()
                : value instanceof LocalDateTime time ? time : null;
    }

    private static String plain(Object value) {
        if (value instanceof byte[] bytes) {
            return "0x" + HEX.formatHex(bytes);
        }
        if (value instanceof Boolean bit) {
            return bit ? "1" : "0";
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof LocalTime time ? TIME.format(time) : value.toString();
    }

    /** Whether its digits should stand below each other. */
    static boolean isNumber(Object value) {
        return value instanceof Number || value instanceof Boolean;
    }
}
