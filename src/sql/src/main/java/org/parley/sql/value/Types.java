package org.parley.sql.value;

import static org.parley.sql.value.SqlType.MAX;
import static org.parley.sql.value.SqlType.MOST_BYTES;
import static org.parley.sql.value.SqlType.MOST_DIGITS;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.TypeName;
import org.parley.sql.value.SqlType.Base;

/** From the name of a type to the type, with Transact-SQL's defaults and bounds; and the type that two have in common. */
public final class Types {

    private static final int LENGTH_OF_VARIABLE = 1;
    private static final int LENGTH_OF_CAST = 30;
    private static final int DIGITS_OF_DECIMAL = 18;
    private static final int BITS_OF_REAL = 24;
    private static final int BITS_OF_FLOAT = 53;

    private static final Map<String, Base> NAMES = Map.ofEntries(
            Map.entry("bit", Base.BIT),
            Map.entry("tinyint", Base.TINYINT),
            Map.entry("smallint", Base.SMALLINT),
            Map.entry("int", Base.INT),
            Map.entry("integer", Base.INT),
            Map.entry("bigint", Base.BIGINT),
            Map.entry("decimal", Base.DECIMAL),
            Map.entry("dec", Base.DECIMAL),
            Map.entry("numeric", Base.DECIMAL),
            Map.entry("money", Base.MONEY),
            Map.entry("real", Base.REAL),
            Map.entry("float", Base.FLOAT),
            Map.entry("double precision", Base.FLOAT),
            Map.entry("char", Base.CHAR),
            Map.entry("character", Base.CHAR),
            Map.entry("varchar", Base.VARCHAR),
            Map.entry("char varying", Base.VARCHAR),
            Map.entry("character varying", Base.VARCHAR),
            Map.entry("nchar", Base.NCHAR),
            Map.entry("national char", Base.NCHAR),
            Map.entry("national character", Base.NCHAR),
            Map.entry("nvarchar", Base.NVARCHAR),
            Map.entry("national char varying", Base.NVARCHAR),
            Map.entry("national character varying", Base.NVARCHAR),
            Map.entry("sysname", Base.SYSNAME),
            Map.entry("binary", Base.BINARY),
            Map.entry("varbinary", Base.VARBINARY),
            Map.entry("binary varying", Base.VARBINARY),
            Map.entry("uniqueidentifier", Base.UNIQUEIDENTIFIER),
            Map.entry("date", Base.DATE),
            Map.entry("time", Base.TIME),
            Map.entry("datetime", Base.DATETIME),
            Map.entry("datetime2", Base.DATETIME2),
            Map.entry("xml", Base.XML));

    private Types() {}

    /** Whether there is a type of this name in lower case. */
    static boolean isKnown(String name) {
        return NAMES.containsKey(name);
    }

    /** The type of a variable or column. */
    public static SqlType declared(TypeName name) {
        Base base = NAMES.get(name.name());
        if (base == null) {
            throw new ScriptError(2715, "There is no data type '" + name.name() + "'; known are " + known() + ".");
        }
        return of(base, name, LENGTH_OF_VARIABLE);
    }

    /** The type that CAST or CONVERT makes: text and bytes without a length have 30. */
    public static SqlType target(TypeName name) {
        Base base = NAMES.get(name.name());
        if (base == null) {
            throw new ScriptError(243, "There is no data type '" + name.name() + "'; known are " + known() + ".");
        }
        return of(base, name, LENGTH_OF_CAST);
    }

    private static String known() {
        return NAMES.values().stream().distinct().map(Base::word).sorted().collect(Collectors.joining(", "));
    }

    private static SqlType of(Base base, TypeName name, int defaultLength) {
        List<Integer> arguments = name.arguments();
        return switch (base) {
            case CHAR, VARCHAR, NCHAR, NVARCHAR, BINARY, VARBINARY -> sized(base, name, defaultLength);
            case DECIMAL -> decimal(name);
            case TIME, DATETIME2 -> {
                int fraction = arguments.isEmpty() ? SqlType.FINEST_TIME : single(name);
                if (fraction < 0 || fraction > SqlType.FINEST_TIME) {
                    throw new ScriptError(
                            1002,
                            "Type '" + name.name() + "' has 0 to " + SqlType.FINEST_TIME + " fractional digits, not "
                                    + fraction + ".");
                }
                yield new SqlType(base, 0, fraction, 0);
            }
            case FLOAT -> floating(name);
            case SYSNAME -> plain(SqlType.SYSNAME, name);
            default -> plain(new SqlType(base, 0, 0, 0), name);
        };
    }

    private static SqlType plain(SqlType type, TypeName name) {
        if (!name.arguments().isEmpty()) {
            throw new ScriptError(
                    2716,
                    "Type '" + name.name() + "' takes no length or precision, but " + written(name) + " is given.");
        }
        return type;
    }

    private static String written(TypeName name) {
        return name.arguments().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static int single(TypeName name) {
        if (name.arguments().size() != 1) {
            throw new ScriptError(
                    2716, "Type '" + name.name() + "' takes one length or precision, not " + written(name) + ".");
        }
        return name.arguments().get(0);
    }

    private static SqlType sized(Base base, TypeName name, int defaultLength) {
        SqlType type = new SqlType(base, name.arguments().isEmpty() ? defaultLength : single(name), 0, 0);
        int length = type.length();
        if (length == MAX && type.isFixed() || length < MAX || length == 0) {
            throw new ScriptError(
                    1001,
                    "Length " + (length == MAX ? "max" : length) + " of type '" + name.name() + "' is invalid: 1 to "
                            + type.mostLength() + " is allowed" + (type.isFixed() ? "." : ", or max."));
        }
        if (length > type.mostLength()) {
            throw new ScriptError(
                    length > MOST_BYTES ? 131 : 2717,
                    ScriptError.SYNTAX_LEVEL,
                    "Length " + length + " of type '" + name.name() + "' is beyond " + type.mostLength()
                            + (type.isFixed() ? "." : "; what may be longer is " + name.name() + "(max)."));
        }
        return type;
    }

    private static SqlType decimal(TypeName name) {
        List<Integer> arguments = name.arguments();
        if (arguments.size() > 2) {
            throw new ScriptError(
                    2716, "Type '" + name.name() + "' takes a precision and a scale, not " + written(name) + ".");
        }
        int precision = arguments.isEmpty() ? DIGITS_OF_DECIMAL : arguments.get(0);
        int scale = arguments.size() < 2 ? 0 : arguments.get(1);
        if (precision < 1) {
            throw new ScriptError(
                    1001,
                    "Precision " + (precision == MAX ? "max" : precision) + " of type '" + name.name()
                            + "' is invalid: 1 to 38 is allowed.");
        }
        if (precision > MOST_DIGITS) {
            throw new ScriptError(
                    2750, "Precision " + precision + " of type '" + name.name() + "' is beyond " + MOST_DIGITS + ".");
        }
        if (scale < 0 || scale > precision) {
            throw new ScriptError(
                    192,
                    "Scale " + scale + " of type '" + name.name() + "' must be 0 to its precision, " + precision + ".");
        }
        return SqlType.decimal(precision, scale);
    }

    private static SqlType floating(TypeName name) {
        if (name.name().equals("double precision")) {
            return plain(SqlType.FLOAT, name);
        }
        int bits = name.arguments().isEmpty() ? BITS_OF_FLOAT : single(name);
        if (bits < 1) {
            throw new ScriptError(1001, "Precision " + bits + " of type 'float' is invalid: 1 to 53 is allowed.");
        }
        if (bits > BITS_OF_FLOAT) {
            throw new ScriptError(2750, "Precision " + bits + " of type 'float' is beyond " + BITS_OF_FLOAT + ".");
        }
        return bits <= BITS_OF_REAL ? SqlType.REAL : SqlType.FLOAT;
    }

    /**
     * The type that values of both are converted to where they meet, in a comparison or in the branches of a CASE: that of the
     * stronger one, wide enough for both.
     */
    public static SqlType common(SqlType one, SqlType other) {
        boolean first = one.base().compareTo(other.base()) >= 0;
        SqlType strong = first ? one : other;
        SqlType weak = first ? other : one;
        return switch (strong.family()) {
            case TEXT, BYTES -> wider(strong, weak);
            case DECIMAL -> weak.isNumber() ? decimalFor(strong, exact(weak)) : strong;
            case TIME, DATETIME2 -> new SqlType(strong.base(), 0, Math.max(strong.precision(), fraction(weak)), 0);
            default -> strong;
        };
    }

    private static SqlType wider(SqlType strong, SqlType weak) {
        if (strong.base() == Base.SYSNAME && weak.base() != Base.SYSNAME) {
            return wider(SqlType.nvarchar(strong.length()), weak);
        }
        if (weak.isNull() || strong.equals(weak)) {
            return strong;
        }
        Base base = strong.isFixed() && !weak.isFixed() ? varying(strong.base()) : strong.base();
        boolean max = strong.isMax() || weak.isMax();
        return max
                ? new SqlType(varying(base), MAX, 0, 0)
                : new SqlType(base, Math.min(strong.mostLength(), Math.max(strong.length(), weak.length())), 0, 0);
    }

    /** The type of the same characters or bytes that isn't filled up. */
    static Base varying(Base base) {
        return switch (base) {
            case CHAR -> Base.VARCHAR;
            case NCHAR, SYSNAME -> Base.NVARCHAR;
            case BINARY -> Base.VARBINARY;
            default -> base;
        };
    }

    private static SqlType decimalFor(SqlType one, SqlType other) {
        int scale = Math.max(one.scale(), other.scale());
        int whole = Math.max(one.precision() - one.scale(), other.precision() - other.scale());
        int precision = Math.min(MOST_DIGITS, whole + scale);
        return SqlType.decimal(precision, Math.min(scale, Math.max(0, precision - whole)));
    }

    private static int fraction(SqlType type) {
        return switch (type.family()) {
            case TIME, DATETIME2 -> type.precision();
            case DATETIME -> 3;
            default -> 0;
        };
    }

    /** The decimal that holds all values of a number that isn't approximate. */
    static SqlType exact(SqlType number) {
        return switch (number.base()) {
            case BIT -> SqlType.decimal(1, 0);
            case TINYINT -> SqlType.decimal(3, 0);
            case SMALLINT -> SqlType.decimal(5, 0);
            case INT -> SqlType.decimal(10, 0);
            case BIGINT -> SqlType.decimal(19, 0);
            case MONEY -> SqlType.decimal(19, SqlType.MONEY_SCALE);
            default -> number;
        };
    }
}
