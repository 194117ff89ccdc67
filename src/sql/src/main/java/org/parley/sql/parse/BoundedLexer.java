package org.parley.sql.parse;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;

/**
 * What the generated lexer can't say in its grammar: comments that stand in comments, to any depth, and parentheses that don't.
 *
 * <p>The parser looks ahead from one parenthesis to the one that closes it, so their depth is bounded before it sees them.
 */
abstract class BoundedLexer extends Lexer {

    /** Pairs of parentheses within each other. */
    static final int MOST_PARENTHESES = 100;

    private int open;

    BoundedLexer(CharStream input) {
        super(input);
    }

    @Override
    public Token nextToken() {
        Token token = super.nextToken();
        if (token.getType() == StatementLexer.LEFT_PAREN) {
            open++;
        } else if (token.getType() == StatementLexer.RIGHT_PAREN && open > 0) {
            open--;
        }
        if (open > MOST_PARENTHESES) {
            throw SyntaxError.at(
                    SyntaxError.TOO_DEEP,
                    token,
                    "'('",
                    "at most " + MOST_PARENTHESES,
                    "parentheses stand within each other more than " + MOST_PARENTHESES
                            + " times; expected at most that.");
        }
        return token;
    }

    /** From behind the opening of a comment to behind its end. */
    void skipComment() {
        int comments = 1;
        while (comments > 0) {
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
                comments++;
            } else if (character == '*' && _input.LA(1) == '/') {
                take();
                comments--;
            }
        }
    }

    private void take() {
        getInterpreter().consume(_input);
    }
}
