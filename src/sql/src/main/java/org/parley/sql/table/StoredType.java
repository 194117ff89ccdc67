package org.parley.sql.table;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parley.sql.ScriptError;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.SqlType.Base;

/**
 * A type of the store's columns.
 *
 * @param kind which one
 * @param length characters, bytes or digits; 0 where it has none
 * @param scale digits behind the point
 */
record StoredType(Kind kind, int length, int scale) implements SqlText.Part {

    /** Longest text and bytes that aren't a large object. */
    static final int LONGEST = 32_672;

    /** Most digits of a number. */
    static final int MOST_DIGITS = 31;

    /** Length of an identifier as text; a column of CHAR(36) is one. */
    static final int IDENTIFIER = 36;

    enum Kind {
        BOOLEAN,
        SMALLINT,
        INTEGER,
        BIGINT,
        DECIMAL,
        REAL,
        DOUBLE,
        CHAR,
        VARCHAR,
        CLOB,
        CHAR_BYTES,
        VARCHAR_BYTES,
        BLOB,
        DATE,
        TIME,
        TIMESTAMP
    }

    private static final Pattern WRITTEN =
            Pattern.compile("([A-Z ]+?) ?(?:\\((\\d+)(?:, ?(\\d+))?\\))?( FOR BIT DATA)?(?: NOT NULL)?");

    private static StoredType of(Kind kind) {
        return new StoredType(kind, 0, 0);
    }

    /** The type of a column as the store's dictionary writes it, or null for one that scripts don't know. */
    static StoredType read(String written) {
        Matcher at = WRITTEN.matcher(written);
        if (!at.matches()) {
            return null;
        }
        int length = at.group(2) == null ? 0 : Integer.parseInt(at.group(2));
        int scale = at.group(3) == null ? 0 : Integer.parseInt(at.group(3));
        boolean bytes = at.group(4) != null;
        return switch (at.group(1)) {
            case "BOOLEAN" -> of(Kind.BOOLEAN);
            case "SMALLINT" -> of(Kind.SMALLINT);
            case "INTEGER" -> of(Kind.INTEGER);
            case "BIGINT" -> of(Kind.BIGINT);
            case "DECIMAL", "NUMERIC" -> new StoredType(Kind.DECIMAL, length, scale);
            case "REAL" -> of(Kind.REAL);
            case "DOUBLE" -> of(Kind.DOUBLE);
            case "CHAR" -> new StoredType(bytes ? Kind.CHAR_BYTES : Kind.CHAR, length, 0);
            case "VARCHAR" -> new StoredType(bytes ? Kind.VARCHAR_BYTES : Kind.VARCHAR, length, 0);
            case "LONG VARCHAR" -> bytes ? of(Kind.BLOB) : of(Kind.CLOB);
            case "CLOB" -> of(Kind.CLOB);
            case "BLOB" -> of(Kind.BLOB);
            case "DATE" -> of(Kind.DATE);
            case "TIME" -> of(Kind.TIME);
            case "TIMESTAMP" -> of(Kind.TIMESTAMP);
            default -> null;
        };
    }

    /** What a script sees a column of this type as. */
    SqlType seen() {
        return switch (kind) {
            case BOOLEAN -> SqlType.BIT;
            case SMALLINT -> SqlType.SMALLINT;
            case INTEGER -> SqlType.INT;
            case BIGINT -> SqlType.BIGINT;
            case DECIMAL -> SqlType.decimal(length, scale);
            case REAL -> SqlType.REAL;
            case DOUBLE -> SqlType.FLOAT;
            case CHAR -> length == IDENTIFIER ? SqlType.UNIQUEIDENTIFIER : SqlType.of(Base.NCHAR, length);
            case VARCHAR -> SqlType.nvarchar(length);
            case CLOB -> SqlType.nvarchar(SqlType.MAX);
            case CHAR_BYTES -> SqlType.of(Base.BINARY, length);
            case VARCHAR_BYTES -> SqlType.varbinary(length);
            case BLOB -> SqlType.varbinary(SqlType.MAX);
            case DATE -> SqlType.DATE;
            case TIME -> SqlType.time(0);
            case TIMESTAMP -> SqlType.datetime2(SqlType.FINEST_TIME);
        };
    }

    /** The type that a column or value of a script's type has in the store. */
    static StoredType of(SqlType type) {
        return switch (type.base()) {
            case NULL -> of(Kind.INTEGER);
            case BIT -> of(Kind.BOOLEAN);
            case TINYINT, SMALLINT -> of(Kind.SMALLINT);
            case INT -> of(Kind.INTEGER);
            case BIGINT -> of(Kind.BIGINT);
            case DECIMAL -> decimal(type.precision(), type.scale());
            case MONEY -> new StoredType(Kind.DECIMAL, 19, SqlType.MONEY_SCALE);
            case REAL -> of(Kind.REAL);
            case FLOAT -> of(Kind.DOUBLE);
            case CHAR, NCHAR -> text(Kind.CHAR, type.length());
            case VARCHAR, NVARCHAR, SYSNAME -> text(Kind.VARCHAR, type.length());
            case XML -> of(Kind.CLOB);
            case BINARY -> bytes(Kind.CHAR_BYTES, type.length());
            case VARBINARY -> bytes(Kind.VARCHAR_BYTES, type.length());
            case UNIQUEIDENTIFIER -> new StoredType(Kind.CHAR, IDENTIFIER, 0);
            case DATE -> of(Kind.DATE);
            case TIME -> of(Kind.TIME);
            case DATETIME, DATETIME2 -> of(Kind.TIMESTAMP);
        };
    }

    /** Text of a length that would be an identifier, or too long for the fixed kind, varies. */
    private static StoredType text(Kind kind, int length) {
        if (length == SqlType.MAX || length > LONGEST) {
            return of(Kind.CLOB);
        }
        boolean fixed = kind == Kind.CHAR && length <= MOST_FIXED && length != IDENTIFIER;
        return new StoredType(fixed ? Kind.CHAR : Kind.VARCHAR, length, 0);
    }

    private static final int MOST_FIXED = 254;

    private static StoredType bytes(Kind kind, int length) {
        if (length == SqlType.MAX || length > LONGEST) {
            return of(Kind.BLOB);
        }
        return new StoredType(length > MOST_FIXED ? Kind.VARCHAR_BYTES : kind, length, 0);
    }

    private static StoredType decimal(int precision, int scale) {
        if (scale > MOST_DIGITS) {
            throw new ScriptError(
                    2750,
                    "decimal(" + precision + "," + scale + ") has more digits than a table can hold: " + MOST_DIGITS
                            + " are allowed.");
        }
        return new StoredType(Kind.DECIMAL, Math.min(precision, MOST_DIGITS), scale);
    }

    /** Text that varies, as long as needed. */
    static StoredType varchar(int length) {
        return text(Kind.VARCHAR, Math.max(1, length));
    }

    /** Whether values can't be compared. */
    boolean isLarge() {
        return kind == Kind.CLOB || kind == Kind.BLOB;
    }

    @Override
    public void write(SqlText out) {
        switch (kind) {
            case DECIMAL ->
                out.put("DECIMAL(").number(length).put(", ").number(scale).put(")");
            case CHAR, VARCHAR -> out.put(kind.name()).put("(").number(length).put(")");
            case CHAR_BYTES -> out.put("CHAR(").number(length).put(") FOR BIT DATA");
            case VARCHAR_BYTES -> out.put("VARCHAR(").number(length).put(") FOR BIT DATA");
            default -> out.put(kind.name());
        }
    }
}
