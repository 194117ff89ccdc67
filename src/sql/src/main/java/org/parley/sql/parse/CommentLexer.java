package org.parley.sql.parse;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;

/** What the generated lexer can't say in its grammar: comments that stand in comments, to any depth. */
abstract class CommentLexer extends Lexer {

    CommentLexer(CharStream input) {
        super(input);
    }

    /** From behind the opening of a comment to behind its end. */
    void skipComment() {
        int open = 1;
        while (open > 0) {
            int character = _input.LA(1);
            if (character == CharStream.EOF) {
                throw new SyntaxError(
                        SyntaxError.UNCLOSED_COMMENT,
                        _tokenStartLine,
                        _tokenStartCharPositionInLine + 1,
                        "comment",
                        "*/",
                        "the comment that begins here isn't closed; expected */.");
            }
            take();
            if (character == '/' && _input.LA(1) == '*') {
                take();
                open++;
            } else if (character == '*' && _input.LA(1) == '/') {
                take();
                open--;
            }
        }
    }

    private void take() {
        getInterpreter().consume(_input);
    }
}
