package org.parley.sql.value;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import java.util.UUID;

/**
 * A type of the statement language.
 *
 * @param base which one
 * @param length characters or bytes, {@link #MAX} for max; 0 where it has none
 * @param precision digits in all, or fractional digits of a time; 0 where it has none
 * @param scale digits behind the point; 0 where it has none
 */
public record SqlType(Base base, int length, int precision, int scale) {

    /** Length of {@code nvarchar(max)}. */
    public static final int MAX = -1;

    /** Most bytes of a type that isn't max; half as many characters of a national one. */
    public static final int MOST_BYTES = 8_000;

    /** Most characters or bytes of a value of max: a loop that doubles a text must end with an error, not with the memory. */
    public static final int MOST_OF_MAX = 1 << 26;

    /** Most digits of a decimal. */
    public static final int MOST_DIGITS = 38;

    /** Digits behind the point of money. */
    public static final int MONEY_SCALE = 4;

    /** Fractional digits of a time or datetime2 that says none. */
    public static final int FINEST_TIME = 7;

    public static final SqlType NULL = of(Base.NULL);
    public static final SqlType BIT = of(Base.BIT);
    public static final SqlType TINYINT = of(Base.TINYINT);
    public static final SqlType SMALLINT = of(Base.SMALLINT);
    public static final SqlType INT = of(Base.INT);
    public static final SqlType BIGINT = of(Base.BIGINT);
    public static final SqlType MONEY = of(Base.MONEY);
    public static final SqlType REAL = of(Base.REAL);
    public static final SqlType FLOAT = of(Base.FLOAT);
    public static final SqlType SYSNAME = new SqlType(Base.SYSNAME, 128, 0, 0);
    public static final SqlType UNIQUEIDENTIFIER = of(Base.UNIQUEIDENTIFIER);
    public static final SqlType DATE = of(Base.DATE);
    public static final SqlType DATETIME = of(Base.DATETIME);
    public static final SqlType XML = of(Base.XML);

    /** What types have in common when they are converted. */
    public enum Family {
        NULL,
        INTEGER,
        DECIMAL,
        MONEY,
        APPROXIMATE,
        TEXT,
        BYTES,
        IDENTIFIER,
        DATE,
        TIME,
        DATETIME,
        DATETIME2,
        XML
    }

    /** All types, the weakest first: of two operands the weaker is converted. Each has the Java class of its values. */
    public enum Base {
        /** The type of NULL alone. */
        NULL(Void.class, Family.NULL),
        BINARY(byte[].class, Family.BYTES),
        VARBINARY(byte[].class, Family.BYTES),
        CHAR(String.class, Family.TEXT),
        VARCHAR(String.class, Family.TEXT),
        NCHAR(String.class, Family.TEXT),
        NVARCHAR(String.class, Family.TEXT),
        /** A name: nvarchar(128). */
        SYSNAME(String.class, Family.TEXT),
        UNIQUEIDENTIFIER(UUID.class, Family.IDENTIFIER),
        BIT(Boolean.class, Family.INTEGER),
        TINYINT(Integer.class, Family.INTEGER),
        SMALLINT(Integer.class, Family.INTEGER),
        INT(Integer.class, Family.INTEGER),
        BIGINT(Long.class, Family.INTEGER),
        MONEY(BigDecimal.class, Family.MONEY),
        DECIMAL(BigDecimal.class, Family.DECIMAL),
        REAL(Double.class, Family.APPROXIMATE),
        FLOAT(Double.class, Family.APPROXIMATE),
        TIME(LocalTime.class, Family.TIME),
        DATE(LocalDate.class, Family.DATE),
        DATETIME(LocalDateTime.class, Family.DATETIME),
        DATETIME2(LocalDateTime.class, Family.DATETIME2),
        /** The text of a document or fragment. */
        XML(String.class, Family.XML);

        private final Class<?> content;
        private final Family family;

        Base(Class<?> content, Family family) {
            this.content = content;
            this.family = family;
        }

        /** Class of its values. */
        public Class<?> content() {
            return content;
        }

        /** What it is converted like. */
        public Family family() {
            return family;
        }

        /** As a script writes it, without length. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A type without length, precision and scale. */
    private static SqlType of(Base base) {
        return new SqlType(base, 0, 0, 0);
    }

    /** Text or bytes of this length; at least 1, for there is no type of length 0, and max where the length is too long. */
    public static SqlType of(Base base, int length) {
        SqlType type = new SqlType(base, Math.max(1, length), 0, 0);
        return length == MAX || length > type.mostLength() ? new SqlType(base, MAX, 0, 0) : type;
    }

    /** varchar(n). */
    public static SqlType varchar(int length) {
        return of(Base.VARCHAR, length);
    }

    /** nvarchar(n). */
    public static SqlType nvarchar(int length) {
        return of(Base.NVARCHAR, length);
    }

    /** varbinary(n). */
    public static SqlType varbinary(int length) {
        return of(Base.VARBINARY, length);
    }

    /** decimal(p, s). */
    public static SqlType decimal(int precision, int scale) {
        return new SqlType(Base.DECIMAL, 0, precision, scale);
    }

    /** datetime2(n). */
    public static SqlType datetime2(int fraction) {
        return new SqlType(Base.DATETIME2, 0, fraction, 0);
    }

    /** time(n). */
    public static SqlType time(int fraction) {
        return new SqlType(Base.TIME, 0, fraction, 0);
    }

    /** What it is converted like. */
    public Family family() {
        return base.family();
    }

    /** Whether it is NULL without another type. */
    public boolean isNull() {
        return base == Base.NULL;
    }

    /** Whether it is text. */
    public boolean isText() {
        return family() == Family.TEXT;
    }

    /** Whether it is text of Unicode. */
    public boolean isNational() {
        return base == Base.NCHAR || base == Base.NVARCHAR || base == Base.SYSNAME;
    }

    /** Whether values are filled up to its length. */
    public boolean isFixed() {
        return base == Base.CHAR || base == Base.NCHAR || base == Base.BINARY;
    }

    /** Whether it is max. */
    public boolean isMax() {
        return length == MAX;
    }

    /** Whether it is binary or varbinary. */
    public boolean isBytes() {
        return family() == Family.BYTES;
    }

    /** Whether it counts: an integer, bit too. */
    public boolean isInteger() {
        return family() == Family.INTEGER;
    }

    /** Whether it is a number, bit too. */
    public boolean isNumber() {
        return switch (family()) {
            case INTEGER, DECIMAL, MONEY, APPROXIMATE -> true;
            default -> false;
        };
    }

    /** Whether it is a date, a time or both. */
    public boolean isTemporal() {
        return switch (family()) {
            case DATE, TIME, DATETIME, DATETIME2 -> true;
            default -> false;
        };
    }

    /** The longest that is not max. */
    int mostLength() {
        return isNational() ? MOST_BYTES / 2 : MOST_BYTES;
    }

    /** The type of a result column: NULL alone is shown as int, as Transact-SQL does. */
    public SqlType ofColumn() {
        return isNull() ? INT : this;
    }

    /** As a script writes it. */
    @Override
    public String toString() {
        return switch (base) {
            case CHAR, VARCHAR, NCHAR, NVARCHAR, BINARY, VARBINARY ->
                base.word() + "(" + (isMax() ? "max" : length) + ")";
            case DECIMAL -> "decimal(" + precision + "," + scale + ")";
            case TIME, DATETIME2 -> base.word() + "(" + precision + ")";
            default -> base.word();
        };
    }
}
