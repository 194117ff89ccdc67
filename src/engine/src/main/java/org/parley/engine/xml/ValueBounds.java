package org.parley.engine.xml;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.TypeInfo;

/**
 * Bounds what judging a value may cost: the patterns of its type, the values that are listed for it, and the same of the
 * types that it comes from. A pattern with a part that repeats without a maximum costs the square of the value's length in
 * the JDK; so do values of {@code xs:language}. Such values must be short: see {@link ValueGuard}.
 */
final class ValueBounds {

    private static final int DEEPEST = 100;
    private static final int HEAVIEST = 3_000;
    private static final int MOST_WAYS = 500;
    private static final int MOST_LOOPS = 10;
    private static final int MOST_PATTERNS = 1_000;
    private static final long MOST_STEPS = 5_000_000;
    private static final String LANGUAGE = SchemaNode.fullName(SchemaNode.LANGUAGE, "language");

    private final SchemaIndex index;
    private final Map<SchemaNode, Load> known = new HashMap<>();
    private final Set<String> shortNames = new HashSet<>();
    private boolean anyShort;
    private long steps;
    private int patterns;

    /**
     * What a value of a type costs.
     *
     * @param weight number of comparisons
     * @param squared whether the square of its length counts
     */
    private record Load(int weight, boolean squared) {

        static final Load BUILT_IN = new Load(1, false);

        Load with(Load other) {
            return new Load(Math.min(weight + other.weight, Integer.MAX_VALUE / 2), squared || other.squared);
        }
    }

    ValueBounds(SchemaIndex index) {
        this.index = index;
        shortNames.add(LANGUAGE);
    }

    /** Refuses a type whose values could cost too much. */
    void check(SchemaNode type) {
        Load load = load(type, 0);
        if (load.weight() > HEAVIEST) {
            throw SchemaErrors.tooMuch(
                    type.place(),
                    "a value of this type is compared with more than " + HEAVIEST
                            + " others; a pattern counts as 10 of them");
        }
        anyShort |= load.squared();
        if (load.squared() && type.get("name") != null) {
            shortNames.add(type.defined());
        }
    }

    /** Whether text of an element of that type must be short; what has no name is taken for the worst of the collection. */
    boolean mustBeShort(TypeInfo type) {
        if (type == null) {
            return false;
        }
        String name = type.getTypeName();
        return name == null || name.startsWith("#")
                ? anyShort
                : shortNames.contains(SchemaNode.fullName(type.getTypeNamespace(), name));
    }

    private Load load(SchemaNode type, int depth) {
        Load before = known.get(type);
        if (before != null) {
            return before;
        }
        if (depth > DEEPEST) {
            throw SchemaErrors.tooMuch(
                    type.place(), "types are derived from each other more than " + DEEPEST + " times");
        }
        Load load = Load.BUILT_IN;
        SchemaNode holder = type.is("complexType") ? type.child("simpleContent", "complexContent") : type;
        if (holder != null) {
            for (SchemaNode way :
                    holder.children("restriction", "extension", "list", "union").toList()) {
                load = load.with(derived(way, depth));
            }
        }
        known.put(type, load);
        return load;
    }

    private Load derived(SchemaNode way, int depth) {
        Load load = Load.BUILT_IN;
        for (String attribute : new String[] {"base", "itemType", "memberTypes"}) {
            String names = way.get(attribute);
            for (String name : names == null ? new String[0] : names.split("\\s+")) {
                load = load.with(named(way, name, depth));
            }
        }
        for (SchemaNode inner : way.children("simpleType").toList()) {
            load = load.with(load(inner, depth + 1));
        }
        for (SchemaNode facet : way.children("enumeration", "pattern").toList()) {
            load = load.with(facet.is("pattern") ? pattern(facet) : Load.BUILT_IN);
        }
        return load;
    }

    private Load named(SchemaNode at, String name, int depth) {
        if (at.resolve(name).equals(LANGUAGE)) {
            return new Load(1, true);
        }
        SchemaNode type = index.type(at, name);
        return type == null ? Load.BUILT_IN : load(type, depth + 1);
    }

    private Load pattern(SchemaNode facet) {
        String written = facet.raw("value");
        if (written == null) {
            return Load.BUILT_IN;
        }
        if (++patterns > MOST_PATTERNS) {
            throw SchemaErrors.tooMuch(facet.place(), "more than " + MOST_PATTERNS + " patterns");
        }
        try {
            PatternReader pattern = PatternReader.read(written);
            Optional<Automaton.Cost> cost = Automaton.explore(
                    pattern.expression(),
                    pattern.inputs(),
                    false,
                    new Automaton.Limits(4_000, 5_000, MOST_WAYS, MOST_STEPS - steps));
            if (cost.isEmpty() || pattern.loops() > MOST_LOOPS) {
                throw SchemaErrors.tooMuch(
                        facet.place(),
                        "the pattern '" + Words.shortened("'" + written + "'").replace("'", "")
                                + "' matches one text in too many ways, or is too long; write it so that each character"
                                + " leads one way, and repeat with * instead of large quantities");
            }
            steps += cost.get().steps();
            return new Load(10, pattern.loops() > 0);
        } catch (PatternReader.Unreadable e) {
            throw SchemaErrors.notASchema(facet.place(), "the pattern isn't understood: " + e.getMessage() + ".");
        }
    }
}
