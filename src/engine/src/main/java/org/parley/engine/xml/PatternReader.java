package org.parley.engine.xml;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.parley.engine.xml.Expression.Choice;
import org.parley.engine.xml.Expression.Repeat;
import org.parley.engine.xml.Expression.Sequence;
import org.parley.engine.xml.Expression.Symbol;

/**
 * Reads the value of an {@code xs:pattern}, to find out what matching it may cost. What it doesn't understand is refused:
 * nothing reaches the JDK's matcher whose cost isn't known.
 */
final class PatternReader {

    private static final int DEEPEST = 50;
    private static final int NOTHING = -1;
    private static final int MOST_SETS = 300;
    private static final int MOST_INPUTS = 300;

    private final String pattern;
    private final Map<BitSet, Integer> sets = new LinkedHashMap<>();
    private int next;
    private int depth;
    private int loops;
    private Expression expression;

    /** Says what isn't understood, and where. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String what) {
            super(what);
        }
    }

    private PatternReader(String pattern) {
        this.pattern = pattern;
    }

    static PatternReader read(String pattern) throws Unreadable {
        PatternReader reader = new PatternReader(pattern);
        reader.expression = reader.choice();
        if (reader.next < pattern.length()) {
            throw reader.unreadable("')' closes nothing");
        }
        return reader;
    }

    Expression expression() {
        return expression;
    }

    /** Number of parts that repeat without a maximum. */
    int loops() {
        return loops;
    }

    /** For each kind of character that the pattern tells apart, the symbols that take it. */
    List<BitSet> inputs() throws Unreadable {
        List<BitSet> kinds = new ArrayList<>(List.of(CharSet.none().negated().may()));
        for (BitSet set : sets.keySet()) {
            List<BitSet> finer = new ArrayList<>();
            for (BitSet kind : kinds) {
                BitSet inside = (BitSet) kind.clone();
                inside.and(set);
                BitSet outside = (BitSet) kind.clone();
                outside.andNot(set);
                if (!inside.isEmpty()) {
                    finer.add(inside);
                }
                if (!outside.isEmpty()) {
                    finer.add(outside);
                }
            }
            kinds = finer;
            if (kinds.size() > MOST_INPUTS) {
                throw unreadable("more than " + MOST_INPUTS + " kinds of characters are told apart");
            }
        }
        return kinds.stream().map(this::takers).toList();
    }

    private BitSet takers(BitSet kind) {
        BitSet takers = new BitSet();
        sets.forEach((set, symbol) -> takers.set(symbol, set.get(kind.nextSetBit(0))));
        return takers;
    }

    private Unreadable unreadable(String what) {
        return new Unreadable("character " + (next + 1) + ": " + what);
    }

    private int peek() {
        return next < pattern.length() ? pattern.codePointAt(next) : NOTHING;
    }

    private int take() throws Unreadable {
        if (next == pattern.length()) {
            throw unreadable("the pattern ends too early");
        }
        int taken = pattern.codePointAt(next);
        next += Character.charCount(taken);
        return taken;
    }

    private boolean skip(char wanted) {
        boolean found = peek() == wanted;
        if (found) {
            next++;
        }
        return found;
    }

    private Expression choice() throws Unreadable {
        if (++depth > DEEPEST) {
            throw unreadable("parentheses stand more than " + DEEPEST + " deep");
        }
        List<Expression> ways = new ArrayList<>();
        do {
            List<Expression> parts = new ArrayList<>();
            while (peek() != NOTHING && peek() != '|' && peek() != ')') {
                parts.add(repeated(atom()));
            }
            ways.add(parts.size() == 1 ? parts.get(0) : new Sequence(parts));
        } while (skip('|'));
        depth--;
        return ways.size() == 1 ? ways.get(0) : new Choice(ways);
    }

    private Expression repeated(Expression part) throws Unreadable {
        if (skip('?')) {
            return new Repeat(part, 0, 1);
        } else if (skip('*')) {
            return loop(part, 0);
        } else if (skip('+')) {
            return loop(part, 1);
        } else if (skip('{')) {
            int min = number();
            if (skip('}')) {
                return new Repeat(part, min, min);
            }
            expect(',');
            if (skip('}')) {
                return loop(part, min);
            }
            int max = number();
            expect('}');
            if (max < min) {
                throw unreadable("a quantity from " + min + " to " + max);
            }
            return new Repeat(part, min, max);
        }
        return part;
    }

    private Expression loop(Expression part, int min) {
        loops++;
        return new Repeat(part, min, Expression.UNBOUNDED);
    }

    private void expect(char wanted) throws Unreadable {
        if (!skip(wanted)) {
            throw unreadable("expected '" + wanted + "'");
        }
    }

    private int number() throws Unreadable {
        int start = next;
        while (peek() >= '0' && peek() <= '9') {
            next++;
        }
        if (next == start || next - start > 6) {
            throw unreadable("expected a quantity of at most six digits");
        }
        return Integer.parseInt(pattern.substring(start, next));
    }

    private Expression atom() throws Unreadable {
        int first = take();
        return switch (first) {
            case '(' -> {
                Expression inner = choice();
                expect(')');
                yield inner;
            }
            case '[' -> symbol(characters());
            case '.' -> symbol(CharSet.dot());
            case '\\' -> symbol(escaped());
            case '?', '*', '+', '{', '}', ']' ->
                throw unreadable("'" + (char) first + "' stands for itself as '\\" + (char) first + "' only");
            default -> symbol(CharSet.of(first, first));
        };
    }

    private Expression symbol(CharSet set) throws Unreadable {
        int known = sets.computeIfAbsent(set.may(), each -> sets.size());
        if (sets.size() > MOST_SETS) {
            throw unreadable("more than " + MOST_SETS + " sets of characters");
        }
        return new Symbol(known);
    }

    /** Behind a backslash. */
    private CharSet escaped() throws Unreadable {
        int letter = take();
        if (letter == 'p' || letter == 'P') {
            expect('{');
            while (take() != '}') {
                // the name of a category or block
            }
            return CharSet.unknown();
        }
        CharSet named = CharSet.escape(letter);
        return named != null ? named : single(letter);
    }

    private CharSet single(int letter) throws Unreadable {
        int meant = escapedCharacter(letter);
        return CharSet.of(meant, meant);
    }

    private int escapedCharacter(int letter) throws Unreadable {
        return switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> {
                if ("\\|.-^?*+{}()[]$".indexOf(letter) < 0) {
                    throw unreadable("'\\" + Character.toString(letter) + "' means nothing");
                }
                yield letter;
            }
        };
    }

    /** Behind the bracket that opens a set. */
    private CharSet characters() throws Unreadable {
        if (++depth > DEEPEST) {
            throw unreadable("brackets stand more than " + DEEPEST + " deep");
        }
        boolean negative = skip('^');
        CharSet set = CharSet.none();
        boolean without = false;
        boolean some = false;
        while (!skip(']')) {
            if (some && peek() == '-' && pattern.startsWith("-[", next)) {
                next += 2;
                characters();
                without = true;
                expect(']');
                break;
            }
            set = set.with(member());
            some = true;
        }
        depth--;
        CharSet all = negative ? set.negated() : set;
        return without ? all.withoutSome() : all;
    }

    /** A character, a range or an escape inside of a set. */
    private CharSet member() throws Unreadable {
        int from = take();
        if (from == '[') {
            throw unreadable("'[' inside of a set stands for itself as '\\[' only");
        }
        if (from == '\\') {
            int letter = peek();
            if (letter == 'p' || letter == 'P' || CharSet.escape(letter) != null) {
                return escaped();
            }
            from = escapedCharacter(take());
        }
        if (peek() != '-' || pattern.startsWith("-]", next) || pattern.startsWith("-[", next)) {
            return CharSet.of(from, from);
        }
        next++;
        int to = take();
        if (to == '\\') {
            to = escapedCharacter(take());
        }
        if (to < from) {
            throw unreadable("a range whose end stands before its begin");
        }
        return CharSet.of(from, to);
    }
}
