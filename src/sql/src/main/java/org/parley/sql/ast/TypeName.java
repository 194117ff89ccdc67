package org.parley.sql.ast;

import java.util.List;

/**
 * A type as written: {@code nvarchar(max)}, {@code decimal(10, 2)}, {@code xml(Orders)}.
 *
 * @param name in lower case; a type of two words ({@code double precision}, {@code national char}) with one space
 * @param arguments length, or precision and scale; empty when not written; {@link #MAX} for {@code max}
 * @param collection XML schema collection of a typed {@code xml}, or null
 */
public record TypeName(String name, List<Integer> arguments, ObjectName collection) {

    /** Argument of {@code nvarchar(max)}. */
    public static final int MAX = -1;

    /** Copies its list. */
    public TypeName {
        arguments = List.copyOf(arguments);
    }

    /** A type without arguments. */
    public static TypeName of(String name, Integer... arguments) {
        return new TypeName(name, List.of(arguments), null);
    }
}
