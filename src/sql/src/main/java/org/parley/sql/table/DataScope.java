package org.parley.sql.table;

import java.util.function.Supplier;
import org.parley.BrokerConnection;
import org.parley.sql.value.Surroundings;
import org.parley.sql.value.Value;

/** What a statement on tables sees of the script it stands in. */
public interface DataScope extends Surroundings {

    /** The connection to the current database, as the current principal. */
    BrokerConnection connection();

    /**
     * Gives a variable a value, converted to its type.
     *
     * @param operator {@code =}, or one of {@code += -= *= /= %= &= |= ^=}
     * @throws org.parley.sql.ScriptError 137 when it isn't declared, and as the conversion
     */
    void assign(String name, String operator, Value value);

    /**
     * A table variable.
     *
     * @throws org.parley.sql.ScriptError 1087 when it isn't declared
     */
    TableValue table(String name);

    /** An INSERT has made this value of an IDENTITY column, null when it can't be told; SCOPE_IDENTITY tells it. */
    void identity(Long value);

    /** Which locks what is read takes, when no hint says it. */
    Isolation isolation();

    /** Runs a statement of several steps: when one fails, all are undone. */
    <T> T undivided(Supplier<T> steps);
}
