package org.parley.sql.parse;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.atn.Transition;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Remembers what could have stood at the token that the parser looks at, optional parts included, and stops at the first error
 * with that.
 */
final class Expectations extends DefaultErrorStrategy {

    private final List<IntervalSet> possible = new ArrayList<>();
    private int place = -1;

    /** Called at each optional part, so nothing is done here that an error alone needs. */
    @Override
    public void sync(Parser parser) {
        int index = parser.getInputStream().index();
        if (index != place) {
            place = index;
            possible.clear();
        }
        ATN atn = parser.getATN();
        possible.add(atn.nextTokens(atn.states.get(parser.getState())));
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw error(parser, new InputMismatchException(parser));
    }

    @Override
    public void recover(Parser parser, RecognitionException failure) {
        throw error(parser, failure);
    }

    @Override
    public void reportError(Parser parser, RecognitionException failure) {
        // recover throws it
    }

    private SyntaxError error(Parser parser, RecognitionException failure) {
        Token found = failure.getOffendingToken();
        IntervalSet expected = new IntervalSet();
        if (failure instanceof NoViableAltException deadEnd && deadEnd.getDeadEndConfigs() != null) {
            for (ATNConfig config : deadEnd.getDeadEndConfigs()) {
                for (Transition transition : config.state.getTransitions()) {
                    if (!transition.isEpsilon()) {
                        expected.addAll(transition.label());
                    }
                }
            }
        } else {
            expected.addAll(failure.getExpectedTokens());
        }
        if (place == found.getTokenIndex()) {
            possible.forEach(expected::addAll);
        }
        return new Finding(parser, found, expected).error();
    }
}
