package org.parley.sql.parse;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/**
 * A parser that stops before its own stack, or that of whoever walks through the tree later, is used up: it counts how deep
 * its rules call each other, and how high the tree grows by chains such as {@code a + a + a}, which its rules read in a loop.
 */
abstract class BoundedParser extends Parser {

    /**
     * Rules within rules, and nodes above each other. Some four rules make one pair of parentheses, and one node each operand of
     * a chain, so that no tree of a statement is higher than this.
     */
    static final int DEEPEST = 400;

    private int depth;

    BoundedParser(TokenStream input) {
        super(input);
    }

    /** Forgets the statement that was read before, whether it ended well or not. */
    void beginStatement() {
        depth = 0;
        setContext(null);
    }

    @Override
    public void enterRule(ParserRuleContext context, int state, int rule) {
        descend();
        super.enterRule(context, state, rule);
    }

    @Override
    public void exitRule() {
        BoundedContext done = (BoundedContext) getContext();
        super.exitRule();
        ascend(done, (BoundedContext) getContext());
    }

    @Override
    public void enterRecursionRule(ParserRuleContext context, int state, int rule, int precedence) {
        descend();
        super.enterRecursionRule(context, state, rule, precedence);
    }

    @Override
    public void pushNewRecursionContext(ParserRuleContext context, int state, int rule) {
        BoundedContext before = (BoundedContext) getContext();
        super.pushNewRecursionContext(context, state, rule);
        ascendTo((BoundedContext) context, before);
    }

    @Override
    public void unrollRecursionContexts(ParserRuleContext parent) {
        BoundedContext done = (BoundedContext) getContext();
        super.unrollRecursionContexts(parent);
        ascend(done, (BoundedContext) parent);
    }

    private void descend() {
        if (++depth > DEEPEST) {
            throw tooDeep();
        }
    }

    private void ascend(BoundedContext done, BoundedContext parent) {
        depth--;
        if (parent != null) {
            ascendTo(parent, done);
        }
    }

    private void ascendTo(BoundedContext parent, BoundedContext below) {
        parent.carries(below);
        if (parent.height() > DEEPEST) {
            throw tooDeep();
        }
    }

    private SyntaxError tooDeep() {
        Token token = getCurrentToken();
        return SyntaxError.at(
                SyntaxError.TOO_DEEP,
                token,
                "nesting",
                "less of it",
                "the statement is nested too deeply, or has too many operands in a row; expected fewer than "
                        + DEEPEST / 4 + " levels, and fewer than " + DEEPEST + " operands.");
    }
}
