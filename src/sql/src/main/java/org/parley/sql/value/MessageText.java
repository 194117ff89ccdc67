package org.parley.sql.value;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parley.sql.ScriptError;
import org.parley.sql.value.SqlType.Base;

/** The text of RAISERROR and FORMATMESSAGE, with its arguments put in: {@code %s %d %i %u %o %x %X}, with flags, width and precision. */
public final class MessageText {

    private static final Pattern PLACE =
            Pattern.compile("%([-+0# ]*)(\\d*|\\*)(?:\\.(\\d*|\\*))?(I64|[hl])?([a-zA-Z%])|%");
    private static final int MOST_ARGUMENTS = 20;
    private static final int MOST_WIDTH = 2_047;

    private final List<Value> arguments;
    private int next;

    private MessageText(List<Value> arguments) {
        this.arguments = arguments;
    }

    /**
     * The text with its arguments.
     *
     * @throws ScriptError 2786, 2787 when text and arguments don't go together, 2747 for too many, 2748 for a type that can't be shown
     */
    public static String format(String template, List<Value> arguments) {
        if (arguments.size() > MOST_ARGUMENTS) {
            throw new ScriptError(
                    2747, "A message has at most " + MOST_ARGUMENTS + " arguments, not " + arguments.size() + ".");
        }
        for (int i = 0; i < arguments.size(); i++) {
            SqlType type = arguments.get(i).type();
            boolean shown = type.isNull() || type.isText() || type.isBytes() || type.isInteger();
            if (!shown) {
                throw new ScriptError(
                        2748,
                        "Argument " + (i + 1) + " of a message can't be " + type
                                + ": convert it to text or an integer.");
            }
        }
        MessageText text = new MessageText(arguments);
        Matcher matcher = PLACE.matcher(template);
        StringBuilder whole = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(whole, Matcher.quoteReplacement(text.shown(matcher)));
        }
        return matcher.appendTail(whole).toString();
    }

    private String shown(Matcher place) {
        String kind = place.group(5);
        if (kind != null && kind.equals("%")) {
            return "%";
        }
        if (kind == null || !"sdiuoxX".contains(kind)) {
            throw new ScriptError(
                    2787,
                    "'" + place.group()
                            + "' in a message is none of %s, %d, %i, %u, %o, %x, %X; a percent sign is %%.");
        }
        int width = size(place.group(2));
        int precision = place.group(3) == null ? -1 : size(place.group(3));
        Value argument = argument(place.group());
        String text = kind.equals("s") ? string(argument, precision, place) : number(argument, kind, place);
        return padded(text, place.group(1), width, kind);
    }

    private int size(String written) {
        if (written.isEmpty()) {
            return 0;
        }
        Value value = written.equals("*") ? argument("*") : Value.national(written);
        Value number = Conversion.implicit(value, SqlType.INT);
        return number.isNull() ? 0 : Math.min(MOST_WIDTH, Math.abs((Integer) number.content()));
    }

    private Value argument(String place) {
        return next < arguments.size() ? arguments.get(next++) : new Value(SqlType.NULL, null);
    }

    private static String string(Value argument, int precision, Matcher place) {
        if (argument.isNull()) {
            return "(null)";
        }
        if (!argument.type().isText() && !argument.type().isBytes()) {
            throw mismatch(argument, place);
        }
        String text = (String)
                Conversion.implicit(argument, SqlType.nvarchar(SqlType.MAX)).content();
        return precision < 0 || precision >= text.length() ? text : text.substring(0, precision);
    }

    private static ScriptError mismatch(Value argument, Matcher place) {
        return new ScriptError(
                2786,
                "'" + place.group() + "' in a message doesn't show " + Words.of(argument) + " of type "
                        + argument.type() + ": %s is for text, %d for integers.");
    }

    private static String number(Value argument, String kind, Matcher place) {
        if (argument.isNull()) {
            return "(null)";
        }
        if (!argument.type().isInteger()) {
            throw mismatch(argument, place);
        }
        long number = ToNumber.number(argument).longValue();
        boolean wide = argument.type().base() == Base.BIGINT;
        long unsigned = wide ? number : Integer.toUnsignedLong((int) number);
        return switch (kind) {
            case "u" -> Long.toUnsignedString(unsigned);
            case "o" -> Long.toOctalString(unsigned);
            case "x", "X" -> {
                String digits = Long.toHexString(unsigned);
                String prefixed = place.group(1).contains("#") ? "0x" + digits : digits;
                yield kind.equals("X") ? prefixed.toUpperCase(java.util.Locale.ROOT) : prefixed;
            }
            default -> (number >= 0 && place.group(1).contains("+") ? "+" : "") + number;
        };
    }

    private static String padded(String text, String flags, int width, String kind) {
        if (text.length() >= width) {
            return text;
        }
        String filling = " ".repeat(width - text.length());
        if (flags.contains("-")) {
            return text + filling;
        }
        boolean zeros = flags.contains("0") && !kind.equals("s");
        if (!zeros) {
            return filling + text;
        }
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return text.substring(0, sign) + filling.replace(' ', '0') + text.substring(sign);
    }
}
