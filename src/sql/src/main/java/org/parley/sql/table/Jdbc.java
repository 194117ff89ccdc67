package org.parley.sql.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.parley.sql.ScriptError;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/**
 * Values to the store and from it. Times go as text: a {@code java.sql.Timestamp} would lose the hour that the zone of the JVM skips
 * in spring.
 */
final class Jdbc {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.nnnnnnnnn");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    /** The finest part of a time that a script sees. */
    private static final int NANOS = 100;

    private Jdbc() {}

    static void bind(PreparedStatement statement, List<Object> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            Object parameter = parameters.get(i);
            if (parameter instanceof Sql.Parameter value) {
                bind(statement, i + 1, value);
            } else if (parameter instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setLong(i + 1, (Long) parameter);
            }
        }
    }

    private static void bind(PreparedStatement statement, int place, Sql.Parameter parameter) throws SQLException {
        Object content = parameter.value().content();
        if (content == null) {
            statement.setNull(place, code(parameter.type().kind()));
            return;
        }
        switch (parameter.type().kind()) {
            case BOOLEAN -> statement.setBoolean(place, (Boolean) content);
            case SMALLINT, INTEGER -> statement.setInt(place, (Integer) content);
            case BIGINT -> statement.setLong(place, (Long) content);
            case DECIMAL -> statement.setBigDecimal(place, (BigDecimal) content);
            case REAL, DOUBLE -> statement.setDouble(place, (Double) content);
            case CHAR_BYTES, VARCHAR_BYTES, BLOB -> statement.setBytes(place, (byte[]) content);
            case CHAR, VARCHAR, CLOB, DATE, TIME, TIMESTAMP -> statement.setString(place, text(content));
        }
    }

    /** Gives a column of the row that is at hand another value; the row keeps it when it is updated. */
    static void change(ResultSet at, int place, Value value) throws SQLException {
        Object content = value.content();
        if (content == null) {
            at.updateNull(place);
        } else if (content instanceof byte[] || content instanceof Number || content instanceof Boolean) {
            at.updateObject(place, content);
        } else {
            at.updateString(place, text(content));
        }
    }

    private static int code(StoredType.Kind kind) {
        return switch (kind) {
            case BOOLEAN -> Types.BOOLEAN;
            case SMALLINT -> Types.SMALLINT;
            case INTEGER -> Types.INTEGER;
            case BIGINT -> Types.BIGINT;
            case DECIMAL -> Types.DECIMAL;
            case REAL -> Types.REAL;
            case DOUBLE -> Types.DOUBLE;
            case CHAR -> Types.CHAR;
            case VARCHAR -> Types.VARCHAR;
            case CLOB -> Types.CLOB;
            case CHAR_BYTES -> Types.BINARY;
            case VARCHAR_BYTES -> Types.VARBINARY;
            case BLOB -> Types.BLOB;
            case DATE -> Types.DATE;
            case TIME -> Types.TIME;
            case TIMESTAMP -> Types.TIMESTAMP;
        };
    }

    /** A value as text that the store casts back to it. */
    static String text(Object content) {
        if (content instanceof LocalDateTime time) {
            return TIMESTAMP.format(time);
        }
        if (content instanceof LocalTime time) {
            return TIME.format(time);
        }
        return content instanceof BigDecimal number ? number.toPlainString() : content.toString();
    }

    /** The value of a column in the row that is at hand. */
    static Value read(ResultSet at, int place, SqlType type) throws SQLException {
        Object content = content(at, place, type);
        return new Value(type, at.wasNull() ? null : content);
    }

    private static Object content(ResultSet at, int place, SqlType type) throws SQLException {
        return switch (type.base()) {
            case BIT -> at.getBoolean(place);
            case NULL, TINYINT, SMALLINT, INT -> at.getInt(place);
            case BIGINT -> at.getLong(place);
            case DECIMAL -> scaled(at.getBigDecimal(place), type.scale());
            case MONEY -> scaled(at.getBigDecimal(place), SqlType.MONEY_SCALE);
            case REAL, FLOAT -> at.getDouble(place);
            case CHAR, VARCHAR, NCHAR, NVARCHAR, SYSNAME, XML -> at.getString(place);
            case BINARY, VARBINARY -> at.getBytes(place);
            case UNIQUEIDENTIFIER -> identifier(at.getString(place));
            case DATE -> parsed(at.getString(place), LocalDate::parse);
            case TIME -> parsed(at.getString(place), LocalTime::parse);
            case DATETIME, DATETIME2 -> parsed(at.getString(place), Jdbc::timestamp);
        };
    }

    private static BigDecimal scaled(BigDecimal number, int scale) {
        return number == null ? null : number.setScale(scale, RoundingMode.HALF_UP);
    }

    private static UUID identifier(String text) {
        if (text == null) {
            return null;
        }
        try {
            return UUID.fromString(text.trim());
        } catch (IllegalArgumentException e) {
            throw new ScriptError(
                    8169,
                    16,
                    1,
                    "A column of CHAR(36) is read as uniqueidentifier, and '" + text
                            + "' is none; other text belongs into a VARCHAR" + " or another length.",
                    e);
        }
    }

    private interface Parsing {
        Object parse(String text);
    }

    private static Object parsed(String text, Parsing parsing) {
        return text == null ? null : parsing.parse(text);
    }

    private static LocalDateTime timestamp(String text) {
        LocalDateTime time = LocalDateTime.parse(text.replace(' ', 'T'));
        return time.withNano(time.getNano() / NANOS * NANOS);
    }
}
