package org.parley.sql.parse;

import org.antlr.v4.runtime.ParserRuleContext;

/** A node of the parse tree that knows how high the tree below it is. */
class BoundedContext extends ParserRuleContext {

    private int height;

    BoundedContext() {}

    BoundedContext(ParserRuleContext parent, int invokingState) {
        super(parent, invokingState);
    }

    /** A node stands below this one. */
    void carries(BoundedContext below) {
        height = Math.max(height, below.height + 1);
    }

    int height() {
        return height;
    }
}
