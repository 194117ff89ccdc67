package org.parley.sql.table;

import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/**
 * A translated expression.
 *
 * @param sql in the store's SQL; null for a constant that is bound when its type is settled
 * @param type of the value
 * @param constant its value when no column is needed for it, else null
 * @param anyCase whether it is a name that is compared without regard to case
 */
record Typed(Sql sql, SqlType type, Value constant, boolean anyCase) {

    static Typed of(Sql sql, SqlType type) {
        return new Typed(sql, type, null, false);
    }

    static Typed constant(Value value) {
        return new Typed(null, value.type(), value, false);
    }

    boolean isConstant() {
        return constant != null;
    }

    /** It as the store computes it, in its own type. */
    Sql asIs() {
        return sql != null ? sql : Coercion.parameter(constant);
    }
}
