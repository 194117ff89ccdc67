package org.parley.sql.manual;

import java.util.List;

/** A piece of a rule of the grammar. */
sealed interface Part {

    /** A keyword, a mark or a kind of value, as a page shows it. */
    record Word(String shown) implements Part {}

    /** Another rule. */
    record Reference(String rule) implements Part {}

    /** One after the other. */
    record Sequence(List<Part> parts) implements Part {}

    /** One of several. */
    record Choice(List<Part> parts) implements Part {}

    /** May be left out. */
    record Maybe(Part part) implements Part {}

    /** Any number of times, also none. */
    record Repeated(Part part) implements Part {}
}
