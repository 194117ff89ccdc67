package org.parley.sql.run;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.ControlStatement.Declared;
import org.parley.sql.ast.ControlStatement.ScalarVariable;
import org.parley.sql.ast.ControlStatement.TableVariable;
import org.parley.sql.ast.TableDefinition;
import org.parley.sql.table.TableValue;
import org.parley.sql.value.Conversion;
import org.parley.sql.value.Operators;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Types;
import org.parley.sql.value.Value;

/** The variables of one run of a batch, procedure or text. */
final class Variables {

    private static final int UNDECLARED = 137;
    private static final int TABLE_UNDECLARED = 1087;

    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, TableValue> tables = new HashMap<>();

    /**
     * All variables, each NULL or empty.
     *
     * @param declared by name in lower case
     * @param table makes an empty table variable
     */
    Variables(Map<String, Declared> declared, Function<TableDefinition, TableValue> table) {
        declared.forEach((name, variable) -> {
            if (variable instanceof ScalarVariable scalar) {
                values.put(name, new Value(Types.declared(scalar.type()), null));
            } else {
                tables.put(name, table.apply(((TableVariable) variable).table()));
            }
        });
    }

    Value get(String name) {
        Value value = values.get(Declarations.key(name));
        if (value == null) {
            throw new ScriptError(UNDECLARED, "The variable '" + name + "' isn't declared in this batch or procedure.");
        }
        return value;
    }

    SqlType type(String name) {
        return get(name).type();
    }

    /** Sets a variable to a value that is converted to its type. */
    void set(String name, Value value) {
        values.put(Declarations.key(name), Conversion.implicit(value, type(name)));
    }

    /** Sets a variable as SET does: the operator is {@code =}, or one that takes the variable's value as its left side. */
    void set(String name, String operator, Value value) {
        set(
                name,
                operator.equals("=")
                        ? value
                        : Operators.apply(operator.substring(0, operator.length() - 1), get(name), value));
    }

    TableValue table(String name) {
        TableValue table = tables.get(Declarations.key(name));
        if (table == null) {
            throw new ScriptError(
                    TABLE_UNDECLARED, "The table variable '" + name + "' isn't declared in this batch or procedure.");
        }
        return table;
    }
}
