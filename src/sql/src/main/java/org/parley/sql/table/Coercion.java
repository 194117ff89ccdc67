package org.parley.sql.table;

import java.util.List;
import org.parley.sql.value.Conversion;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.SqlType.Base;
import org.parley.sql.value.SqlType.Family;
import org.parley.sql.value.Types;
import org.parley.sql.value.Value;

/** From one type to another inside the store; constants are converted before they get there. */
final class Coercion {

    private static final int DIGITS_AND_SIGN = 20;
    private static final int DECIMAL_AS_TEXT = 34;

    private Coercion() {}

    /** A value as the store takes it; text and bytes as long as they are. */
    static Sql.Parameter parameter(Value value) {
        StoredType type = StoredType.of(value.type());
        if (value.content() instanceof String text && !value.type().isFixed()) {
            boolean large = value.type().base() == Base.XML;
            type = large ? type : StoredType.varchar(text.length());
        } else if (value.content() instanceof String text) {
            type = StoredType.varchar(Math.max(text.length(), value.type().length()));
        }
        return new Sql.Parameter(value, type);
    }

    /** As the implicit conversion to a type. */
    static Sql to(Typed from, SqlType type) {
        if (from.isConstant() && from.sql() != null && type.base() == Base.INT) {
            return from.sql();
        }
        if (from.isConstant()) {
            boolean text = type.isText() && !type.isMax() && !from.constant().isNull();
            SqlType wide = text ? SqlType.nvarchar(SqlType.MAX) : type;
            return parameter(Conversion.implicit(from.constant(), wide));
        }
        Conversion.checkImplicit(from.type(), type);
        return convert(from.sql(), from.type(), type);
    }

    /** As CAST to a type. */
    static Sql cast(Typed from, SqlType type) {
        Conversion.checkExplicit(from.type(), type);
        Sql converted = convert(from.asIs(), from.type(), type);
        boolean cut = (type.isText() || type.isBytes()) && !type.isMax();
        boolean exact = type.isNumber() && !type.equals(from.type()) && type.base() != Base.BIT;
        return cut || exact ? new Sql.Cast(converted, StoredType.of(type)) : converted;
    }

    private static Sql convert(Sql from, SqlType type, SqlType to) {
        if (type.base() == to.base() || type.isNull()) {
            return from;
        }
        if (to.isNumber()) {
            return number(from, type, to);
        }
        return switch (to.family()) {
            case TEXT, XML -> text(from, type, to);
            case IDENTIFIER -> {
                require(type.isText(), type, to);
                yield Sql.Call.of(Sql.Function.LOWER, new Sql.Cast(short_(from, type), StoredType.of(to)));
            }
            case DATE, TIME, DATETIME, DATETIME2 -> time(from, type, to);
            case BYTES -> {
                require(type.isBytes(), type, to);
                yield from;
            }
            default -> throw beyond(type, to);
        };
    }

    private static void require(boolean possible, SqlType from, SqlType to) {
        if (!possible) {
            throw beyond(from, to);
        }
    }

    private static BeyondStore beyond(SqlType from, SqlType to) {
        return new BeyondStore("The conversion of a column of type " + from + " to " + to);
    }

    /** Text that can be converted and compared: the first characters of one that may be longer. */
    private static Sql short_(Sql text, SqlType type) {
        return type.isMax() || type.base() == Base.XML
                ? new Sql.Cast(text, StoredType.varchar(StoredType.LONGEST))
                : text;
    }

    private static Sql number(Sql from, SqlType type, SqlType to) {
        if (type.base() == Base.BIT) {
            Sql one = new Sql.Case(
                    List.of(new Sql.When(from, new Sql.Whole(1)), new Sql.When(new Sql.Not(from), new Sql.Whole(0))),
                    null);
            return to.base() == Base.INT ? one : new Sql.Cast(one, StoredType.of(to));
        }
        if (to.base() == Base.BIT) {
            require(type.isNumber(), type, to);
            Sql zero = new Sql.Whole(0);
            return new Sql.Infix(Sql.Operator.UNEQUAL, from, zero);
        }
        if (type.isNumber()) {
            return new Sql.Cast(from, StoredType.of(to));
        }
        require(type.isText(), type, to);
        Sql text = short_(from, type);
        return to.family() == Family.APPROXIMATE
                ? Sql.Call.of(Sql.Function.DOUBLE, text)
                : new Sql.Cast(text, StoredType.of(to));
    }

    private static Sql text(Sql from, SqlType type, SqlType to) {
        if (type.isText() || type.base() == Base.XML) {
            return from;
        }
        if (type.base() == Base.UNIQUEIDENTIFIER) {
            return Sql.Call.of(Sql.Function.UPPER, from);
        }
        if (type.base() == Base.BIT) {
            return text(number(from, type, SqlType.INT), SqlType.INT, to);
        }
        require(type.isInteger() || type.base() == Base.DECIMAL, type, to);
        int length = type.isInteger() ? DIGITS_AND_SIGN : DECIMAL_AS_TEXT;
        return Sql.Call.of(Sql.Function.RTRIM, new Sql.Cast(from, StoredType.of(SqlType.of(Base.CHAR, length))));
    }

    private static Sql time(Sql from, SqlType type, SqlType to) {
        boolean possible = type.isText()
                || type.family() != Family.TIME && type.isTemporal()
                || to.family() == Family.DATE && type.isTemporal();
        require(possible, type, to);
        return StoredType.of(type).equals(StoredType.of(to))
                ? from
                : new Sql.Cast(short_(from, type), StoredType.of(to));
    }

    /** What the store can compare, sort and group. */
    static Sql comparable(Sql sql, SqlType type) {
        return type.isText() || type.base() == Base.XML ? short_(sql, type) : sql;
    }

    /** Two expressions that can be compared with each other. */
    static Pair pair(Typed left, Typed right) {
        SqlType common = Types.common(left.type(), right.type());
        if (common.base() == Base.XML) {
            throw new org.parley.sql.ScriptError(
                    305, "Values of type xml can't be compared or sorted; IS NULL is allowed.");
        }
        boolean anyCase = (left.anyCase() || right.anyCase()) && common.isText();
        return new Pair(side(left, common, anyCase), side(right, common, anyCase));
    }

    /** One side of a comparison. */
    static Sql side(Typed typed, SqlType common, boolean anyCase) {
        if (common.isBytes() && StoredType.of(typed.type()).isLarge() && !typed.isConstant()) {
            throw new BeyondStore("The comparison of a column of type " + typed.type());
        }
        boolean numbers =
                common.isNumber() && typed.type().isNumber() && typed.type().base() != Base.BIT;
        Sql sql = numbers || common.isNull() ? typed.asIs() : to(typed, common);
        sql = comparable(sql, typed.isConstant() ? common : typed.type().isText() ? typed.type() : common);
        return anyCase ? Sql.Call.of(Sql.Function.UPPER, sql) : sql;
    }

    record Pair(Sql left, Sql right) {}
}
