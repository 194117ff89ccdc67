package org.parley.sql.parse;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.atn.Transition;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Remembers what could have stood at the token that the parser looks at, optional parts included, and stops at the first error
 * with that.
 */
final class Expectations extends DefaultErrorStrategy {

    private int place = -1;
    private IntervalSet possible = new IntervalSet();

    @Override
    public void sync(Parser parser) {
        noteAt(
                parser.getInputStream().index(),
                parser.getATN().nextTokens(parser.getATN().states.get(parser.getState())));
    }

    private void noteAt(int index, IntervalSet tokens) {
        if (index != place) {
            place = index;
            possible = new IntervalSet();
        }
        possible.addAll(tokens);
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
            expected.addAll(possible);
        }
        return new Finding(parser, found, expected).error();
    }
}
