package org.parley.engine.xml;

import java.nio.IntBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.parley.engine.xml.Expression.Choice;
import org.parley.engine.xml.Expression.Repeat;
import org.parley.engine.xml.Expression.Sequence;
import org.parley.engine.xml.Expression.Symbol;

/**
 * Finds out what matching an expression costs in the worst case, whatever is matched against it.
 *
 * <p>The JDK matches patterns by trying one way after the other. The ways that end at the same place are counted here for
 * all inputs at once: a state is the number of ways to each part of the expression that may come next, and a step of input
 * leads from state to state. When all states that can be reached have few ways, every input is matched in time that grows
 * with its length. A part that repeats without a maximum is entered once at each place, since the JDK remembers where it
 * has been in one. For content models, from which the JDK makes an automaton without ways to try, the states counted here
 * are at least as many as there.
 */
final class Automaton {

    private static final int END = 0;

    private final Limits limits;
    private final boolean repeatedSymbolsLoop;
    private final List<int[]> next = new ArrayList<>();
    private final List<Integer> symbols = new ArrayList<>();
    private final List<Boolean> loops = new ArrayList<>();
    private int built;
    private long steps;

    /**
     * How much is too much.
     *
     * @param nodes parts after repetitions are written out
     * @param states states
     * @param ways ways to try for one character
     * @param steps of the search itself
     */
    record Limits(int nodes, int states, int ways, long steps) {}

    /**
     * What it costs.
     *
     * @param states number of states
     * @param steps what it took to find out: for each state, each input and each part that may come next about one
     */
    record Cost(int states, long steps) {}

    /** Thrown inside: more than allowed. */
    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("", null, false, false);
        }
    }

    private Automaton(Limits limits, boolean repeatedSymbolsLoop) {
        this.limits = limits;
        this.repeatedSymbolsLoop = repeatedSymbolsLoop;
    }

    /**
     * The cost of an expression, or none when it is too much.
     *
     * @param inputs for each kind of input, the symbols that take it
     * @param repeatedSymbolsLoop whether a symbol that repeats is counted by the matcher, not written out
     */
    static Optional<Cost> explore(
            Expression expression, List<BitSet> inputs, boolean repeatedSymbolsLoop, Limits limits) {
        Automaton automaton = new Automaton(limits, repeatedSymbolsLoop);
        try {
            automaton.node(-1, false);
            return Optional.of(automaton.explore(automaton.build(expression, END), inputs));
        } catch (TooMuch e) {
            return Optional.empty();
        }
    }

    private int node(int symbol, boolean loop, int... then) {
        if (next.size() > limits.nodes()) {
            throw new TooMuch();
        }
        next.add(then);
        symbols.add(symbol);
        loops.add(loop);
        return next.size() - 1;
    }

    private int build(Expression expression, int then) {
        if (++built > 2 * limits.nodes()) {
            throw new TooMuch();
        }
        if (expression instanceof Symbol symbol) {
            return node(symbol.number(), false, then);
        } else if (expression instanceof Sequence sequence) {
            int first = then;
            for (int i = sequence.parts().size() - 1; i >= 0; i--) {
                first = build(sequence.parts().get(i), first);
            }
            return first;
        } else if (expression instanceof Choice choice) {
            int[] ways = new int[choice.parts().size()];
            for (int i = 0; i < ways.length; i++) {
                ways[i] = build(choice.parts().get(i), then);
            }
            return node(-1, false, ways);
        }
        return build((Repeat) expression, then);
    }

    private int build(Repeat repeat, int then) {
        boolean loop = repeat.max() == Expression.UNBOUNDED
                || repeatedSymbolsLoop && repeat.max() > 1 && repeat.part() instanceof Symbol;
        int first = then;
        if (loop) {
            first = node(-1, true, END, then);
            next.get(first)[0] = build(repeat.part(), first);
        } else {
            for (int i = repeat.min(); i < repeat.max(); i++) {
                first = node(-1, false, build(repeat.part(), first), then);
            }
        }
        int copies = loop && repeatedSymbolsLoop ? Math.min(repeat.min(), 1) : repeat.min();
        for (int i = 0; i < copies; i++) {
            first = build(repeat.part(), first);
        }
        return first;
    }

    private Cost explore(int start, List<BitSet> inputs) {
        Set<IntBuffer> seen = new HashSet<>();
        ArrayDeque<int[]> todo = new ArrayDeque<>();
        Ways begin = new Ways();
        begin.enter(start, 1);
        todo.add(begin.state());
        seen.add(IntBuffer.wrap(todo.peek()));
        while (!todo.isEmpty()) {
            int[] state = todo.poll();
            for (BitSet takers : inputs) {
                Ways ways = new Ways();
                for (int i = 0; i < state.length; i += 2) {
                    step(1);
                    if (takers.get(symbols.get(state[i]))) {
                        ways.enter(next.get(state[i])[0], state[i + 1]);
                    }
                }
                int[] reached = ways.state();
                if (reached.length > 0 && seen.add(IntBuffer.wrap(reached))) {
                    todo.add(reached);
                    if (seen.size() > limits.states()) {
                        throw new TooMuch();
                    }
                }
            }
        }
        return new Cost(seen.size(), steps);
    }

    private void step(int count) {
        steps += count;
        if (steps > limits.steps()) {
            throw new TooMuch();
        }
    }

    /** The ways that one input leads to. */
    private final class Ways {

        private final java.util.TreeMap<Integer, Integer> counts = new java.util.TreeMap<>();
        private final BitSet looped = new BitSet();
        private long tried;

        void enter(int node, int count) {
            ArrayDeque<int[]> open = new ArrayDeque<>();
            open.push(new int[] {node, count});
            while (!open.isEmpty()) {
                int[] at = open.pop();
                tried += at[1];
                step(1);
                if (tried > limits.ways()) {
                    throw new TooMuch();
                }
                int ways = at[1];
                if (at[0] == END) {
                    continue;
                } else if (symbols.get(at[0]) >= 0) {
                    counts.merge(at[0], ways, Integer::sum);
                    continue;
                } else if (loops.get(at[0])) {
                    if (looped.get(at[0])) {
                        continue;
                    }
                    looped.set(at[0]);
                    ways = 1;
                }
                for (int then : next.get(at[0])) {
                    open.push(new int[] {then, ways});
                }
            }
        }

        /** Node and number of ways, in turns, by node. */
        int[] state() {
            int[] state = new int[2 * counts.size()];
            int at = 0;
            for (var entry : counts.entrySet()) {
                state[at++] = entry.getKey();
                state[at++] = entry.getValue();
            }
            return Arrays.copyOf(state, at);
        }
    }
}
