package org.parley.sql.parse;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.dfa.DFA;

/**
 * What parsers have learnt of the grammar from what they have read. All threads share it. Scripts that are made for it can have it grow
 * without end, so it is forgotten when it has grown too large; those that parse with it at that moment go on with it.
 */
final class Predictions {

    /** What ordinary scripts need is a tenth of this. */
    private static final int MOST_STATES = 20_000;

    private static volatile Predictions latest = new Predictions(MOST_STATES);

    private final int most;
    private final DFA[] decisions;
    private final PredictionContextCache contexts = new PredictionContextCache();

    Predictions(int most) {
        this.most = most;
        ATN atn = StatementParser._ATN;
        decisions = new DFA[atn.getNumberOfDecisions()];
        for (int i = 0; i < decisions.length; i++) {
            decisions[i] = new DFA(atn.getDecisionState(i), i);
        }
    }

    /** Those to parse a batch with. */
    static Predictions latest() {
        Predictions known = latest.orFresh();
        latest = known;
        return known;
    }

    /** Itself, or new ones when it has grown too large. */
    Predictions orFresh() {
        return states() > most ? new Predictions(most) : this;
    }

    /** How many states it has; each holds a handful of places in the grammar. */
    int states() {
        int states = 0;
        for (DFA decision : decisions) {
            states += decision.states.size();
        }
        return states;
    }

    /** Has a parser use and extend them. */
    void teach(Parser parser) {
        parser.setInterpreter(new ParserATNSimulator(parser, StatementParser._ATN, decisions, contexts));
    }
}
