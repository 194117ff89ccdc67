package org.parley.engine.xml;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.parley.engine.xml.Expression.Choice;
import org.parley.engine.xml.Expression.Repeat;
import org.parley.engine.xml.Expression.Sequence;
import org.parley.engine.xml.Expression.Symbol;

/**
 * Bounds what the JDK makes of content models: it writes repetitions and groups out, builds an automaton of it, and compares
 * everything that may come next with each other.
 */
final class ContentBounds {

    private static final int DEEPEST = 100;
    private static final int MOST_PARTS = 2_000;

    private static final int MOST_STATES = 2_000;
    private static final int MOST_WAYS = 100_000;

    /** All contents of a collection: what may stand beside each other, and places in the tables of their automata. */
    private static final long MOST_STEPS = 40_000_000;

    private static final long MOST_TABLE = 1_000_000;

    private final SchemaIndex index;
    private long steps;
    private long table;

    ContentBounds(SchemaIndex index) {
        this.index = index;
    }

    /** Refuses a complex type whose content could cost too much. */
    void check(SchemaNode complexType) {
        Model model = new Model();
        Expression content = model.content(complexType, 0);
        List<BitSet> inputs = IntStream.range(0, model.symbols.size())
                .mapToObj(symbol -> {
                    BitSet takers = new BitSet();
                    takers.set(symbol);
                    return takers;
                })
                .toList();
        Optional<Automaton.Cost> cost = Automaton.explore(
                content,
                inputs,
                !model.repeatsGroups,
                new Automaton.Limits(MOST_PARTS, MOST_STATES, MOST_WAYS, MOST_STEPS - steps));
        if (cost.isPresent()) {
            steps += cost.get().steps();
            table += (long) cost.get().states() * inputs.size();
        }
        if (cost.isEmpty() || table > MOST_TABLE) {
            throw SchemaErrors.tooMuch(
                    complexType.place(),
                    "the content of this type has more than " + MOST_PARTS
                            + " parts when its repetitions and groups are written out, or is ambiguous, or has, together"
                            + " with the types before it, too many elements that may stand beside each other");
        }
    }

    /** One content model while it is written out. */
    private final class Model {

        private final Map<String, Integer> symbols = new HashMap<>();
        private boolean repeatsGroups;
        private int parts;

        Expression content(SchemaNode type, int depth) {
            if (type == null) {
                return new Sequence(List.of());
            }
            count(type, depth);
            SchemaNode complex = type.child("complexContent");
            if (complex == null) {
                return particles(type, depth);
            }
            SchemaNode extension = complex.child("extension");
            if (extension == null) {
                SchemaNode restriction = complex.child("restriction");
                return restriction == null ? new Sequence(List.of()) : particles(restriction, depth);
            }
            String base = extension.get("base");
            return new Sequence(List.of(
                    base == null ? new Sequence(List.of()) : content(index.type(extension, base), depth + 1),
                    particles(extension, depth)));
        }

        private Expression particles(SchemaNode of, int depth) {
            return new Sequence(of.children("sequence", "choice", "all", "group", "element", "any")
                    .map(child -> particle(child, depth + 1))
                    .toList());
        }

        private void count(SchemaNode at, int depth) {
            if (depth > DEEPEST) {
                throw SchemaErrors.tooMuch(at.place(), "types or groups stand more than " + DEEPEST + " deep");
            }
            if (++parts > MOST_PARTS) {
                throw SchemaErrors.tooMuch(
                        at.place(), "a content has more than " + MOST_PARTS + " parts when its groups are written out");
            }
        }

        private Expression particle(SchemaNode node, int depth) {
            count(node, depth);
            int min = occurs(node, "minOccurs");
            int max = occurs(node, "maxOccurs");
            boolean group = !node.is("element") && !node.is("any");
            repeatsGroups |= group && (min != 1 || max != 1);
            Expression once =
                    switch (node.kind()) {
                        case "element" -> symbol(localName(node));
                        case "any" -> symbol("*");
                        case "group" -> group(node, depth);
                        case "sequence" -> particles(node, depth);
                        default -> choice(node, depth);
                    };
            // a group that stands in any order is counted as one that does so any number of times
            boolean anyOrder = node.is("all");
            return new Repeat(once, anyOrder ? 0 : min, anyOrder ? Expression.UNBOUNDED : max);
        }

        private Expression choice(SchemaNode node, int depth) {
            List<Expression> ways = new ArrayList<>();
            for (Expression way : ((Sequence) particles(node, depth)).parts()) {
                ways.add(way);
            }
            return ways.isEmpty() ? new Sequence(List.of()) : new Choice(ways);
        }

        private Expression group(SchemaNode node, int depth) {
            SchemaNode group = node.get("ref") == null ? null : index.group(node);
            return group == null ? new Sequence(List.of()) : particles(group, depth);
        }

        private Symbol symbol(String name) {
            return new Symbol(symbols.computeIfAbsent(name, each -> symbols.size()));
        }

        /** Elements of different namespaces that have one local name count as one, which costs at least as much. */
        private static String localName(SchemaNode element) {
            String name = element.get("ref") != null ? element.get("ref") : String.valueOf(element.get("name"));
            return name.substring(name.indexOf(':') + 1);
        }
    }

    private static int occurs(SchemaNode node, String attribute) {
        String written = node.get(attribute);
        if (written == null) {
            return 1;
        }
        if (written.equals("unbounded")) {
            return Expression.UNBOUNDED;
        }
        try {
            return Integer.parseInt(written);
        } catch (NumberFormatException e) {
            throw SchemaErrors.notASchema(
                    node.place(),
                    attribute + " is '" + written + "'; allowed are 0 to " + Integer.MAX_VALUE + " and unbounded.");
        }
    }
}
