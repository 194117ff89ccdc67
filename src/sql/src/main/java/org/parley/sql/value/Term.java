package org.parley.sql.value;

/** An expression that gives a value, with its types found: it can be evaluated again and again. */
public interface Term {

    /** The type of its values. {@link SqlType#NULL} when it is NULL alone; see {@link SqlType#ofColumn()}. */
    SqlType type();

    /**
     * Its value now, of its type.
     *
     * @throws org.parley.sql.ScriptError when it has none
     */
    Value value();

    /** A value that doesn't change. */
    static Term constant(Value value) {
        return of(value.type(), () -> value);
    }

    /** A term that asks for its value. */
    static Term of(SqlType type, java.util.function.Supplier<Value> value) {
        return new Term() {
            @Override
            public SqlType type() {
                return type;
            }

            @Override
            public Value value() {
                return value.get();
            }
        };
    }

    /** The term with its values converted as they are when they are given to a variable of the type. */
    default Term as(SqlType type) {
        if (type.equals(type())) {
            return this;
        }
        Conversion.checkImplicit(type(), type);
        return of(type, () -> Conversion.implicit(value(), type));
    }
}
