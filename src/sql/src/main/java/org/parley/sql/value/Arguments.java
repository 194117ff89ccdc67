package org.parley.sql.value;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;

/**
 * What a function is called with.
 *
 * @param values the arguments
 * @param result the type that the function gives
 */
record Arguments(List<Value> values, SqlType result, Surroundings surroundings) {

    int count() {
        return values.size();
    }

    Value value(int index) {
        return values.get(index);
    }

    SqlType type(int index) {
        return values.get(index).type();
    }

    boolean isNull(int index) {
        return index >= count() || values.get(index).isNull();
    }

    String text(int index) {
        return ToText.of(values.get(index));
    }

    int integer(int index) {
        return (Integer) as(index, SqlType.INT);
    }

    /** An integer that may be left out. */
    int integer(int index, int otherwise) {
        return index < count() ? integer(index) : otherwise;
    }

    double floating(int index) {
        return (Double) as(index, SqlType.FLOAT);
    }

    /** What is no number is taken as a float. */
    BigDecimal number(int index) {
        return type(index).isNumber() ? ToNumber.number(values.get(index)) : BigDecimal.valueOf(floating(index));
    }

    UUID identifier(int index) {
        return (UUID) as(index, SqlType.UNIQUEIDENTIFIER);
    }

    /** Text is read as a datetime2, so that nothing of it is lost; a number is a datetime. */
    LocalDateTime moment(int index) {
        SqlType type = type(index);
        if (type.isTemporal()) {
            return ToTime.of(values.get(index));
        }
        return (LocalDateTime) as(index, type.isText() ? SqlType.datetime2(SqlType.FINEST_TIME) : SqlType.DATETIME);
    }

    Session session() {
        return surroundings.session();
    }

    private Object as(int index, SqlType type) {
        return Conversion.implicit(values.get(index), type).content();
    }
}
