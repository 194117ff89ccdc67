package org.parley.sql.value;

import java.time.LocalDateTime;
import org.parley.sql.ScriptError;
import org.parley.sql.value.SqlType.Family;

/**
 * From a value of one type to a value of another, with Transact-SQL's rules about what may become what, and its errors. What may
 * be is known from the types alone ({@link #checkImplicit}, {@link #checkExplicit}); whether it can be depends on the value.
 */
public final class Conversion {

    /** How a type may become another. */
    private enum Way {
        BY_ITSELF,
        WHEN_ASKED,
        NEVER
    }

    private Conversion() {}

    /**
     * The value as SET, a comparison or a function's argument takes it: text and bytes are cut to the length without a word.
     *
     * @throws ScriptError 206, 257 when the types forbid it; 220, 232, 241, 242, 244, 245, 248, 8114, 8115, 8169 when the value does
     */
    public static Value implicit(Value value, SqlType to) {
        checkImplicit(value.type(), to);
        return convert(value, to, null);
    }

    /**
     * The value as CAST and CONVERT make it.
     *
     * @param style of CONVERT, or null
     * @throws ScriptError 529 when the types forbid it; 281, 9809 for a style that isn't known; else as {@link #implicit}
     */
    public static Value explicit(Value value, SqlType to, Integer style) {
        checkExplicit(value.type(), to);
        return convert(value, to, style);
    }

    /**
     * The value as a column of a table takes it: text and bytes that are too long are an error. Blanks and zero bytes that would be
     * cut off don't count.
     *
     * @throws ScriptError 2628 for what is too long; else as {@link #implicit}
     */
    public static Value stored(Value value, SqlType to, String column) {
        if (value.isNull() || to.isMax() || !to.isText() && !to.isBytes()) {
            return implicit(value, to);
        }
        Value whole = implicit(value, new SqlType(Types.varying(to.base()), SqlType.MAX, 0, 0));
        boolean fits = whole.content() instanceof String text
                ? text.stripTrailing().length() <= to.length()
                        || text.substring(to.length()).isBlank()
                : Bytes.lengthWithoutZeros((byte[]) whole.content()) <= to.length();
        if (!fits) {
            throw new ScriptError(
                    2628,
                    "Column '" + column + "' of type " + to + " is too short for " + Words.of(whole)
                            + ", which would be cut off.");
        }
        return convert(whole, to, null);
    }

    /** Whether a value of one type becomes one of the other by itself: 206 when never, 257 when CONVERT is needed. */
    public static void checkImplicit(SqlType from, SqlType to) {
        Way way = way(from.family(), to.family());
        if (way == Way.NEVER) {
            throw new ScriptError(
                    206,
                    "A value of type " + from.base().word() + " can't be used as "
                            + to.base().word() + ".");
        }
        if (way == Way.WHEN_ASKED) {
            throw new ScriptError(
                    257,
                    "A value of type " + from.base().word() + " doesn't become "
                            + to.base().word() + " by itself: write CONVERT(" + to + ", ...).");
        }
    }

    /** Whether CAST and CONVERT make a value of one type from one of the other: 529 when not. */
    public static void checkExplicit(SqlType from, SqlType to) {
        if (way(from.family(), to.family()) == Way.NEVER) {
            throw new ScriptError(
                    529,
                    "CAST and CONVERT can't make " + to.base().word() + " from "
                            + from.base().word() + ".");
        }
    }

    private static Way way(Family from, Family to) {
        if (from == to || from == Family.NULL) {
            return Way.BY_ITSELF;
        }
        return switch (from) {
            case TEXT -> to == Family.BYTES ? Way.WHEN_ASKED : Way.BY_ITSELF;
            case BYTES ->
                switch (to) {
                    case APPROXIMATE -> Way.NEVER;
                    case DATE, TIME, DATETIME2 -> Way.WHEN_ASKED;
                    default -> Way.BY_ITSELF;
                };
            case INTEGER, DECIMAL, MONEY, APPROXIMATE ->
                switch (to) {
                    case DATE, TIME, DATETIME2, IDENTIFIER, XML -> Way.NEVER;
                    default -> Way.BY_ITSELF;
                };
            case IDENTIFIER -> to == Family.TEXT || to == Family.BYTES ? Way.BY_ITSELF : Way.NEVER;
            case XML -> to == Family.TEXT || to == Family.BYTES ? Way.WHEN_ASKED : Way.NEVER;
            default -> ofTime(from, to);
        };
    }

    private static Way ofTime(Family from, Family to) {
        return switch (to) {
            case TEXT, DATETIME, DATETIME2 -> Way.BY_ITSELF;
            case BYTES -> Way.WHEN_ASKED;
            case DATE -> from == Family.TIME ? Way.NEVER : Way.BY_ITSELF;
            case TIME -> from == Family.DATE ? Way.NEVER : Way.BY_ITSELF;
            case INTEGER, DECIMAL, MONEY, APPROXIMATE -> from == Family.DATETIME ? Way.WHEN_ASKED : Way.NEVER;
            default -> Way.NEVER;
        };
    }

    private static Value convert(Value value, SqlType to, Integer style) {
        if (value.isNull() || to.isNull()) {
            return new Value(to, null);
        }
        Object content =
                switch (to.family()) {
                    case TEXT -> ToText.convert(value, to, style);
                    case BYTES -> ToBytes.convert(value, to, style);
                    case INTEGER, DECIMAL, MONEY, APPROXIMATE -> ToNumber.convert(value, to);
                    case IDENTIFIER -> Identifiers.convert(value);
                    case DATE, TIME, DATETIME, DATETIME2 -> ToTime.convert(value, to, style);
                    case XML -> ToXml.convert(value, style);
                    case NULL -> throw new IllegalStateException("NULL has no values");
                };
        return new Value(to, content);
    }

    /** What a converted value is called in the messages about it. */
    static ScriptError failed(int number, Value value, SqlType to) {
        return new ScriptError(
                number, Words.of(value) + " of type " + value.type() + " can't be converted to " + to + ".");
    }

    /** A number that is too large for its type. */
    static ScriptError overflow(int number, Value value, SqlType to) {
        return new ScriptError(
                number, Words.of(value) + " of type " + value.type() + " is out of the range of " + to + ".");
    }

    /** The day that stands for number 0, and for the date of what has only a time. */
    static final LocalDateTime FIRST_DAY = LocalDateTime.of(1900, 1, 1, 0, 0);
}
