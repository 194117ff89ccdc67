package org.parley.sql.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.TableDefinition;
import org.parley.sql.value.Condition;
import org.parley.sql.value.Conversion;
import org.parley.sql.value.Evaluator;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Surroundings;
import org.parley.sql.value.Truth;
import org.parley.sql.value.Types;
import org.parley.sql.value.Value;

/** Columns and constraints of a table variable. */
final class VariableDefinition {

    private final List<RowSet.Column> columns = new ArrayList<>();
    private final List<Boolean> nullable = new ArrayList<>();
    private final Map<Integer, Expression> defaults = new HashMap<>();
    private final List<Key> keys = new ArrayList<>();
    private final List<Condition> checks = new ArrayList<>();
    private final ReadRow row;
    private final Evaluator evaluator;
    private int identity = -1;
    private TableDefinition.Identity generation = new TableDefinition.Identity(1, 1);

    private record Key(boolean primary, List<Integer> places) {}

    VariableDefinition(TableDefinition table, Surroundings surroundings) {
        for (TableDefinition.Column column : table.columns()) {
            add(column);
        }
        row = new ReadRow(surroundings);
        for (int i = 0; i < columns.size(); i++) {
            row.add(columns.get(i).name(), columns.get(i).type(), i);
        }
        evaluator = new Evaluator(row);
        for (int i = 0; i < columns.size(); i++) {
            int place = i;
            table.columns()
                    .get(i)
                    .constraints()
                    .forEach(each -> constrain(each, List.of(columns.get(place).name())));
        }
        table.constraints().forEach(each -> constrain(each, List.of()));
    }

    private void add(TableDefinition.Column column) {
        for (RowSet.Column each : columns) {
            if (each.name().equalsIgnoreCase(column.name())) {
                throw new ScriptError(2705, "Column name '" + column.name() + "' stands twice.");
            }
        }
        if (column.identity() != null) {
            if (identity >= 0) {
                throw new ScriptError(
                        2744, "A table has one IDENTITY column; '" + column.name() + "' would be a second.");
            }
            identity = columns.size();
            generation = column.identity();
        }
        if (column.defaultValue() != null) {
            defaults.put(columns.size(), column.defaultValue());
        }
        columns.add(new RowSet.Column(column.name(), Types.declared(column.type())));
        nullable.add(column.identity() == null && !Boolean.FALSE.equals(column.nullable()));
    }

    private void constrain(TableDefinition.Constraint constraint, List<String> own) {
        if (constraint instanceof TableDefinition.Key key) {
            List<Integer> places = (key.columns().isEmpty() ? own : key.columns())
                    .stream().map(this::place).toList();
            if (key.primary()) {
                places.forEach(place -> nullable.set(place, false));
            }
            keys.add(new Key(key.primary(), places));
        } else if (constraint instanceof TableDefinition.Check check) {
            checks.add(evaluator.condition(check.condition()));
        } else {
            throw new ScriptError(
                    1788, "A table variable can't have a FOREIGN KEY; allowed are PRIMARY KEY, UNIQUE and CHECK.");
        }
    }

    /** The place of a column by its name. */
    int place(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new ScriptError(
                207,
                "There is no column '" + name + "' in the table variable; it has "
                        + String.join(
                                ", ", columns.stream().map(RowSet.Column::name).toList()) + ".");
    }

    List<RowSet.Column> columns() {
        return columns;
    }

    long seed() {
        return generation.seed();
    }

    long increment() {
        return generation.increment();
    }

    /** The place of the IDENTITY column, or -1. */
    int identity() {
        return identity;
    }

    Value identityValue(long number) {
        return Conversion.stored(
                Value.of(number),
                columns.get(identity).type(),
                columns.get(identity).name());
    }

    /** What a column gets that isn't given a value. */
    Value defaultValue(int place) {
        Expression expression = defaults.get(place);
        SqlType type = columns.get(place).type();
        return expression == null
                ? new Value(type, null)
                : Conversion.stored(
                        evaluator.value(expression), type, columns.get(place).name());
    }

    /** A row with its values converted and allowed. */
    List<Value> checked(List<Value> values) {
        List<Value> converted = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            RowSet.Column column = columns.get(i);
            Value value = Conversion.stored(values.get(i), column.type(), column.name());
            if (value.isNull() && !nullable.get(i)) {
                throw new ScriptError(515, "Column '" + column.name() + "' of the table variable can't be NULL.");
            }
            converted.add(value);
        }
        row.at(converted);
        for (Condition check : checks) {
            if (check.test() == Truth.FALSE) {
                throw new ScriptError(
                        547, "A CHECK of the table variable forbids the row " + described(converted) + ".");
            }
        }
        return converted;
    }

    /** Refuses rows that have the same key. */
    void checkKeys(List<List<Value>> rows) {
        for (Key key : keys) {
            Set<List<Object>> seen = new HashSet<>();
            for (List<Value> each : rows) {
                List<Value> values = key.places().stream().map(each::get).toList();
                if (!seen.add(
                        values.stream().map(VariableDefinition::comparable).toList())) {
                    throw new ScriptError(
                            2627,
                            "The table variable has a row with the key " + described(values) + " already, which its "
                                    + (key.primary() ? "PRIMARY KEY" : "UNIQUE") + " allows once.");
                }
            }
        }
    }

    /** Equal for values that the store finds equal. */
    private static Object comparable(Value value) {
        if (value.content() instanceof String text) {
            return text.stripTrailing();
        }
        if (value.content() instanceof byte[] bytes) {
            return java.nio.ByteBuffer.wrap(bytes);
        }
        return value.content() == null ? "" : value.content();
    }

    private static String described(List<Value> values) {
        return "("
                + String.join(
                        ", ",
                        values.stream()
                                .map(value -> value.content() instanceof byte[] bytes
                                        ? "0x"
                                                + java.util.HexFormat.of()
                                                        .withUpperCase()
                                                        .formatHex(bytes)
                                        : String.valueOf(value.content()))
                                .map(text -> text.length() > 40 ? text.substring(0, 40) + "..." : text)
                                .toList())
                + ")";
    }
}
