package org.parley.sql.value;

import static org.parley.sql.value.Function.Parameter.ANY;
import static org.parley.sql.value.Function.Parameter.INTEGER;
import static org.parley.sql.value.Function.Parameter.NUMBER;
import static org.parley.sql.value.Function.Parameter.TEXT;
import static org.parley.sql.value.SqlType.INT;
import static org.parley.sql.value.SqlType.MAX;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.parley.sql.ScriptError;

/** Functions on text. Lengths and places are counted in characters of UTF-16, places from 1. */
final class TextFunctions {

    private static final SqlType NAME = SqlType.nvarchar(128);

    static final List<Function> ALL = List.of(
            Function.of("ASCII", Function.always(INT), TextFunctions::ascii, TEXT),
            Function.of("CHAR", Function.always(SqlType.of(SqlType.Base.CHAR, 1)), TextFunctions::character, INTEGER),
            Function.of("CHARINDEX", TextFunctions::place, TextFunctions::charIndex, TEXT, TEXT, INTEGER)
                    .atLeast(2),
            Function.of("CONCAT", TextFunctions::joined, TextFunctions::concat, ANY)
                    .atLeast(2)
                    .repeating()
                    .lenient(),
            Function.of("DATALENGTH", TextFunctions::length, TextFunctions::dataLength, ANY),
            Function.of(
                            "FORMATMESSAGE",
                            Function.always(SqlType.nvarchar(MessageFormat.LONGEST)),
                            TextFunctions::format,
                            ANY,
                            ANY)
                    .atLeast(1)
                    .repeating()
                    .lenient(),
            Function.of("LEFT", TextFunctions::same, TextFunctions::left, TEXT, INTEGER),
            Function.of(
                    "LEN",
                    TextFunctions::length,
                    a -> number(a, stripped(a.text(0)).length()),
                    TEXT),
            Function.of("LOWER", TextFunctions::same, a -> mapped(a, Character::toLowerCase), TEXT),
            Function.of("LTRIM", TextFunctions::same, a -> trimmed(a.text(0), true, false), TEXT),
            Function.of("NCHAR", Function.always(SqlType.nvarchar(2)), TextFunctions::wideCharacter, INTEGER),
            Function.of("PARSENAME", Function.always(NAME), TextFunctions::parseName, TEXT, INTEGER),
            Function.of("PATINDEX", TextFunctions::place, TextFunctions::patternIndex, TEXT, TEXT),
            Function.of("QUOTENAME", Function.always(SqlType.nvarchar(258)), TextFunctions::quoteName, TEXT, TEXT)
                    .atLeast(1),
            Function.of("REPLACE", TextFunctions::wide, TextFunctions::replace, TEXT, TEXT, TEXT),
            Function.of("REPLICATE", TextFunctions::wide, TextFunctions::replicate, TEXT, INTEGER),
            Function.of(
                    "REVERSE",
                    TextFunctions::same,
                    a -> new StringBuilder(a.text(0)).reverse().toString(),
                    TEXT),
            Function.of("RIGHT", TextFunctions::same, TextFunctions::right, TEXT, INTEGER),
            Function.of("RTRIM", TextFunctions::same, a -> trimmed(a.text(0), false, true), TEXT),
            Function.of(
                    "SPACE",
                    Function.always(SqlType.varchar(SqlType.MOST_BYTES)),
                    a -> a.integer(0) < 0 ? null : " ".repeat(Math.min(a.integer(0), SqlType.MOST_BYTES)),
                    INTEGER),
            Function.of(
                            "STR",
                            Function.always(SqlType.varchar(SqlType.MOST_BYTES)),
                            TextFunctions::str,
                            NUMBER,
                            INTEGER,
                            INTEGER)
                    .atLeast(1),
            Function.of("STUFF", TextFunctions::stuffed, TextFunctions::stuff, TEXT, INTEGER, INTEGER, TEXT)
                    .lenient(),
            Function.of("SUBSTRING", TextFunctions::part, TextFunctions::substring, TEXT, INTEGER, INTEGER),
            Function.of("TRIM", TextFunctions::same, a -> trimmed(a.text(0), true, true), TEXT),
            Function.of("UNICODE", Function.always(INT), TextFunctions::unicode, TEXT),
            Function.of("UPPER", TextFunctions::same, a -> mapped(a, Character::toUpperCase), TEXT));

    private TextFunctions() {}

    /** Text as long as the first argument; what is no text becomes varchar. */
    private static SqlType same(List<SqlType> arguments) {
        SqlType type = arguments.get(0);
        if (type.isNull()) {
            return SqlType.varchar(1);
        }
        if (!type.isText()) {
            return SqlType.varchar(type.isBytes() && type.length() > 0 ? type.length() : SqlType.MOST_BYTES);
        }
        return SqlType.of(Types.varying(type.base()), type.length());
    }

    /** The kind of text of the first argument, at its longest. */
    private static SqlType wide(List<SqlType> arguments) {
        SqlType type = same(arguments);
        boolean national = arguments.stream().anyMatch(SqlType::isNational);
        boolean max = type.isMax() || arguments.size() == 3 && arguments.get(2).isMax();
        SqlType kind = national ? SqlType.nvarchar(1) : type;
        return SqlType.of(kind.base(), max ? MAX : kind.mostLength());
    }

    private static SqlType part(List<SqlType> arguments) {
        return arguments.get(0).isBytes() ? SqlType.varbinary(arguments.get(0).length()) : same(arguments);
    }

    private static SqlType stuffed(List<SqlType> arguments) {
        return Operators.type("+", same(arguments), same(List.of(arguments.get(3))));
    }

    private static SqlType joined(List<SqlType> arguments) {
        return arguments.stream()
                .map(type -> type.isText() ? type : SqlType.varchar(type.isNull() ? 1 : 40))
                .reduce((left, right) -> Operators.type("+", left, right))
                .orElseThrow();
    }

    /** Lengths of what may be long are bigint. */
    private static SqlType length(List<SqlType> arguments) {
        return arguments.get(0).isMax() ? SqlType.BIGINT : INT;
    }

    private static SqlType place(List<SqlType> arguments) {
        return arguments.get(1).isMax() ? SqlType.BIGINT : INT;
    }

    private static Object number(Arguments arguments, int number) {
        return arguments.result().equals(SqlType.BIGINT) ? (Object) (long) number : (Object) number;
    }

    private static Object ascii(Arguments arguments) {
        String text = arguments.text(0);
        return text.isEmpty() ? null : CodePage.encode(text.substring(0, 1))[0] & 0xff;
    }

    private static Object unicode(Arguments arguments) {
        String text = arguments.text(0);
        return text.isEmpty() ? null : text.codePointAt(0);
    }

    private static Object character(Arguments arguments) {
        int code = arguments.integer(0);
        return code < 0 || code > 255 ? null : CodePage.decode(new byte[] {(byte) code});
    }

    private static Object wideCharacter(Arguments arguments) {
        int code = arguments.integer(0);
        return code < 0 || code > Character.MAX_CODE_POINT ? null : Character.toString(code);
    }

    private static Object charIndex(Arguments arguments) {
        String wanted = Collation.folded(arguments.text(0));
        String text = Collation.folded(arguments.text(1));
        int from = Math.max(1, arguments.integer(2, 1));
        return number(arguments, wanted.isEmpty() || from > text.length() ? 0 : text.indexOf(wanted, from - 1) + 1);
    }

    /** The first place from which the text, or a beginning of the rest, is what the pattern says. */
    private static Object patternIndex(Arguments arguments) {
        String pattern = arguments.text(0);
        String text = arguments.text(1);
        boolean anywhere = pattern.startsWith("%");
        LikePattern rest = new LikePattern(anywhere ? pattern.substring(1) : pattern, null);
        for (int i = 0; i <= (anywhere ? text.length() : 0); i++) {
            if (rest.matches(text, i)) {
                return number(arguments, i + 1);
            }
        }
        return number(arguments, 0);
    }

    private static Object concat(Arguments arguments) {
        StringBuilder whole = new StringBuilder();
        for (int i = 0; i < arguments.count(); i++) {
            if (!arguments.isNull(i)) {
                String text = arguments.text(i);
                Operators.checkLength((long) whole.length() + text.length(), arguments.result());
                whole.append(text);
            }
        }
        return fitted(whole.toString(), arguments.result());
    }

    /** Text that is too long for its type is cut off without a word. */
    private static String fitted(String text, SqlType type) {
        return type.isMax() || text.length() <= type.length() ? text : text.substring(0, type.length());
    }

    private static Object dataLength(Arguments arguments) {
        Value value = arguments.value(0);
        int bytes = value.content() instanceof String text
                ? value.type().isText() && !value.type().isNational() ? text.length() : 2 * text.length()
                : ToBytes.convert(value, SqlType.varbinary(MAX), null).length;
        return number(arguments, bytes);
    }

    private static Object format(Arguments arguments) {
        if (arguments.isNull(0)) {
            return null;
        }
        if (arguments.type(0).isNumber()) {
            // texts by number are those of sys.messages, where there are none
            return null;
        }
        return MessageFormat.format(arguments.text(0), arguments.values().subList(1, arguments.count()));
    }

    /** How many characters are wanted. */
    private static int count(Arguments arguments, int index, String function) {
        int count = arguments.integer(index);
        if (count < 0) {
            throw new ScriptError(
                    function.equals("RIGHT") ? 536 : 537,
                    "Argument " + (index + 1) + " of " + function + " is a length: 0 or more, not " + count + ".");
        }
        return count;
    }

    private static Object left(Arguments arguments) {
        String text = arguments.text(0);
        return text.substring(0, Math.min(text.length(), count(arguments, 1, "LEFT")));
    }

    private static Object right(Arguments arguments) {
        String text = arguments.text(0);
        return text.substring(text.length() - Math.min(text.length(), count(arguments, 1, "RIGHT")));
    }

    private static Object substring(Arguments arguments) {
        long from = arguments.integer(1) - 1L;
        long end = from + count(arguments, 2, "SUBSTRING");
        boolean bytes = arguments.result().isBytes();
        int length = bytes
                ? ((byte[]) arguments.value(0).content()).length
                : arguments.text(0).length();
        int first = (int) Math.max(0, Math.min(from, length));
        int last = (int) Math.max(first, Math.min(end, length));
        return bytes
                ? (Object) Arrays.copyOfRange((byte[]) arguments.value(0).content(), first, last)
                : (Object) arguments.text(0).substring(first, last);
    }

    private static Object stuff(Arguments arguments) {
        if (arguments.isNull(0) || arguments.isNull(1) || arguments.isNull(2)) {
            return null;
        }
        String text = arguments.text(0);
        int from = arguments.integer(1);
        int length = arguments.integer(2);
        if (from < 1 || from > text.length() || length < 0) {
            return null;
        }
        int end = (int) Math.min(text.length(), from - 1L + length);
        String inserted = arguments.isNull(3) ? "" : arguments.text(3);
        return fitted(text.substring(0, from - 1) + inserted + text.substring(end), arguments.result());
    }

    private static Object replace(Arguments arguments) {
        String text = arguments.text(0);
        String wanted = Collation.folded(arguments.text(1));
        String replacement = arguments.text(2);
        if (wanted.isEmpty()) {
            return text;
        }
        String folded = Collation.folded(text);
        StringBuilder whole = new StringBuilder();
        int done = 0;
        for (int at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, done)) {
            whole.append(text, done, at).append(replacement);
            Operators.checkLength((long) whole.length() + text.length() - at, arguments.result());
            done = at + wanted.length();
        }
        return fitted(whole.append(text, done, text.length()).toString(), arguments.result());
    }

    private static Object replicate(Arguments arguments) {
        String text = arguments.text(0);
        int times = arguments.integer(1);
        if (times < 0) {
            return null;
        }
        SqlType type = arguments.result();
        if (type.isMax()) {
            Operators.checkLength((long) text.length() * times, type);
            return text.repeat(times);
        }
        int enough = text.isEmpty() ? 0 : Math.min(times, type.length() / text.length() + 1);
        return fitted(text.repeat(enough), type);
    }

    private static String stripped(String text) {
        return trimmed(text, false, true);
    }

    /** Only blanks: tabs and ends of line stay. */
    private static String trimmed(String text, boolean start, boolean end) {
        int from = 0;
        int to = text.length();
        while (start && from < to && text.charAt(from) == ' ') {
            from++;
        }
        while (end && to > from && text.charAt(to - 1) == ' ') {
            to--;
        }
        return text.substring(from, to);
    }

    /** Character by character, so that the length stays; what the code page of varchar doesn't have stays as it is. */
    private static Object mapped(Arguments arguments, IntUnaryOperator mapping) {
        boolean national = arguments.result().isNational();
        StringBuilder mapped = new StringBuilder();
        arguments.text(0).codePoints().forEach(character -> {
            int changed = mapping.applyAsInt(character);
            mapped.appendCodePoint(national || CodePage.has(changed) ? changed : character);
        });
        return mapped.toString();
    }

    private static Object str(Arguments arguments) {
        int length = arguments.integer(1, 10);
        int places = arguments.integer(2, 0);
        if (length < 1 || length > SqlType.MOST_BYTES || places < 0) {
            return null;
        }
        int shown = Math.min(16, places);
        BigDecimal number = new BigDecimal(arguments.floating(0)).setScale(shown, RoundingMode.HALF_UP);
        String whole = number.setScale(0, RoundingMode.DOWN).toPlainString();
        if (whole.length() > length) {
            return "*".repeat(length);
        }
        // places behind the point that have no room are left out, and the last that has room is rounded
        int room = Math.max(0, Math.min(shown, length - whole.length() - 1));
        String text = new BigDecimal(arguments.floating(0))
                .setScale(room, RoundingMode.HALF_UP)
                .toPlainString();
        return " ".repeat(Math.max(0, length - text.length())) + text;
    }

    private static Object quoteName(Arguments arguments) {
        String text = arguments.text(0);
        String quote = arguments.count() > 1 ? arguments.text(1) : "[";
        String pairs = "[]()<>{}";
        if (text.length() > 128 || quote.length() != 1) {
            return null;
        }
        char first = quote.charAt(0);
        if (first == '\'' || first == '"' || first == '`') {
            return quote + text.replace(quote, quote + quote) + quote;
        }
        int pair = pairs.indexOf(first);
        if (pair < 0) {
            return null;
        }
        String open = pairs.substring(pair / 2 * 2, pair / 2 * 2 + 1);
        String close = pairs.substring(pair / 2 * 2 + 1, pair / 2 * 2 + 2);
        return open + text.replace(close, close + close) + close;
    }

    private static Object parseName(Arguments arguments) {
        int part = arguments.integer(1);
        List<String> parts = NameParts.of(arguments.text(0));
        return part < 1 || part > parts.size() || parts.get(parts.size() - part).isEmpty()
                ? null
                : parts.get(parts.size() - part);
    }
}
