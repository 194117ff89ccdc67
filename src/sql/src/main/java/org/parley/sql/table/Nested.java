package org.parley.sql.table;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.parley.sql.ScriptError;
import org.parley.sql.value.SqlType;

/**
 * A translated query all of whose columns the store computes, as it stands inside another statement.
 *
 * @param columns in their order
 * @param building makes the query with each column converted as the function says
 */
record Nested(List<Column> columns, Function<BiFunction<Integer, Typed, Sql>, SqlQuery> building) {

    /** A column; the name is empty for an expression without one. */
    record Column(String name, SqlType type, boolean anyCase) {

        private Column ofResult() {
            return new Column(name, type.ofColumn(), anyCase);
        }
    }

    Nested {
        columns = columns.stream().map(Column::ofResult).toList();
    }

    SqlType type(int place) {
        return columns.get(place).type();
    }

    boolean anyCase() {
        return columns.get(0).anyCase();
    }

    /** Itself, when it has one column. */
    Nested single() {
        if (columns.size() != 1) {
            throw new ScriptError(116, "A query that stands for a value has one column, not " + columns.size() + ".");
        }
        return this;
    }

    SqlQuery query() {
        return building.apply((place, typed) -> typed.asIs());
    }

    /** With its one column as the side of a comparison. */
    SqlQuery compared(SqlType common, boolean anyCase) {
        return building.apply((place, typed) -> Coercion.side(typed, common, anyCase));
    }

    /** With columns of these types. */
    SqlQuery as(List<SqlType> types) {
        return building.apply((place, typed) -> Coercion.to(typed, types.get(place)));
    }
}
