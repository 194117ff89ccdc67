package org.parley.sql.run;

import org.parley.sql.ScriptError;
import org.parley.sql.ast.Position;

/** What is wrong with a batch, procedure or text before any of its statements has run. */
final class CompileError extends ScriptError {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    CompileError(int number, Position at, String text) {
        super(number, 15, 2, text, null);
        this.line = at.line();
        this.column = at.column();
    }

    Position at() {
        return new Position(line, column);
    }
}
