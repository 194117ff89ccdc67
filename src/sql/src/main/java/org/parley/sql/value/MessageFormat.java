package org.parley.sql.value;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parley.sql.ScriptError;

/** The format of RAISERROR and FORMATMESSAGE: {@code %[flags][width][.precision][size]type}. */
public final class MessageFormat {

    /** Longest message; what is longer ends in three dots. */
    public static final int LONGEST = 2047;

    private static final int MOST_ARGUMENTS = 20;
    private static final int MOST_DIGITS = 8_000;
    private static final Pattern PLACE =
            Pattern.compile("%([-+0# ]*)(\\*|\\d{1,9})?(?:\\.(\\*|\\d{1,9}))?(?:h|l|I64)?([diuxXos%])");
    private static final BigInteger UNSIGNED_INT = BigInteger.ONE.shiftLeft(32);
    private static final BigInteger UNSIGNED_BIG = BigInteger.ONE.shiftLeft(64);

    private final String format;
    private final List<Value> arguments;
    private final StringBuilder text = new StringBuilder();
    private int next;

    private MessageFormat(String format, List<Value> arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    /**
     * The text with the values in their places.
     *
     * @throws ScriptError 2747, 2748, 2786 and 2787 for values and places that don't fit
     */
    public static String format(String format, List<Value> arguments) {
        if (arguments.size() > MOST_ARGUMENTS) {
            throw new ScriptError(
                    2747,
                    "A message has " + arguments.size() + " values for its text; at most " + MOST_ARGUMENTS
                            + " are allowed.");
        }
        for (int i = 0; i < arguments.size(); i++) {
            checkType(arguments.get(i), i + 1);
        }
        return new MessageFormat(format, arguments).run();
    }

    private static void checkType(Value value, int place) {
        boolean fits = value.type().isText()
                || value.type().isBytes()
                || value.type().isNull()
                || value.type().isInteger();
        if (!fits) {
            throw new ScriptError(
                    2748,
                    "Value " + place + " of a message is of type " + value.type()
                            + "; only text, binary and integers are allowed.");
        }
    }

    private String run() {
        Matcher place = PLACE.matcher(format);
        int at = 0;
        for (int percent = format.indexOf('%'); percent >= 0; percent = format.indexOf('%', at)) {
            text.append(format, at, percent);
            if (!place.find(percent) || place.start() != percent) {
                int end = Math.min(format.length(), percent + 10);
                throw new ScriptError(
                        2787,
                        "A message can't have the format '" + format.substring(percent, end)
                                + "'; known are %d %i %u %x %X %o %s and %%.");
            }
            fill(place);
            at = place.end();
            if (text.length() > LONGEST) {
                break;
            }
        }
        text.append(format, at, Math.max(at, Math.min(format.length(), at + LONGEST)));
        return shortened(text.toString());
    }

    /** The text, with three dots where it is too long for a message. */
    public static String shortened(String message) {
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST - 3) + "...";
    }

    private void fill(Matcher place) {
        char type = place.group(4).charAt(0);
        if (type == '%') {
            text.append('%');
            return;
        }
        String flags = place.group(1) == null ? "" : place.group(1);
        int width = size(place.group(2));
        int precision = place.group(3) == null ? -1 : size(place.group(3));
        Value value = next < arguments.size() ? arguments.get(next) : Value.NULL;
        next++;
        String filled = type == 's' ? text(value, precision) : number(value, type, flags, precision);
        boolean zeros = flags.contains("0") && !flags.contains("-") && type != 's' && !value.isNull();
        pad(filled, Math.min(width, LONGEST + 1), flags.contains("-"), zeros);
    }

    /** Width or precision, written or, for a star, taken from the values; 0 when it isn't there. */
    private int size(String written) {
        if (written == null) {
            return 0;
        }
        if (!written.equals("*")) {
            return Integer.parseInt(written);
        }
        Value value = next < arguments.size() ? arguments.get(next) : Value.NULL;
        next++;
        if (!(value.content() instanceof Integer number)) {
            throw mismatch("*", value);
        }
        return Math.max(0, number);
    }

    private String text(Value value, int precision) {
        if (value.isNull()) {
            return "(null)";
        }
        if (!(value.content() instanceof String string)) {
            throw mismatch("%s", value);
        }
        return precision >= 0 && precision < string.length() ? string.substring(0, precision) : string;
    }

    private String number(Value value, char type, String flags, int precision) {
        if (value.isNull()) {
            return "(null)";
        }
        if (!value.type().isInteger() || !(value.content() instanceof Number)) {
            throw mismatch("%" + type, value);
        }
        boolean big = value.type().base() == SqlType.Base.BIGINT;
        BigInteger number = BigInteger.valueOf(((Number) value.content()).longValue());
        boolean signed = type == 'd' || type == 'i';
        BigInteger shown =
                signed || number.signum() >= 0 ? number.abs() : number.add(big ? UNSIGNED_BIG : UNSIGNED_INT);
        String digits =
                switch (type) {
                    case 'x' -> shown.toString(16);
                    case 'X' -> shown.toString(16).toUpperCase(Locale.ROOT);
                    case 'o' -> shown.toString(8);
                    default -> shown.toString();
                };
        digits = "0".repeat(Math.max(0, Math.min(precision, MOST_DIGITS) - digits.length())) + digits;
        if (flags.contains("#") && shown.signum() != 0) {
            digits = (type == 'x' ? "0x" : type == 'X' ? "0X" : type == 'o' ? "0" : "") + digits;
        }
        String sign =
                !signed ? "" : number.signum() < 0 ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
        return sign + digits;
    }

    private ScriptError mismatch(String place, Value value) {
        return new ScriptError(
                2786,
                "Value " + next + " of a message is of type " + value.type() + ", which doesn't fit its place '" + place
                        + "'.");
    }

    private void pad(String filled, int width, boolean left, boolean zeros) {
        int missing = width - filled.length();
        if (missing <= 0) {
            text.append(filled);
        } else if (left) {
            text.append(filled).append(" ".repeat(missing));
        } else if (zeros) {
            int sign = filled.startsWith("-") || filled.startsWith("+") ? 1 : 0;
            text.append(filled, 0, sign).append("0".repeat(missing)).append(filled, sign, filled.length());
        } else {
            text.append(" ".repeat(missing)).append(filled);
        }
    }
}
