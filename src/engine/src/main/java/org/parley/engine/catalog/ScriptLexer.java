package org.parley.engine.catalog;

import org.parley.BrokerException;
import org.parley.engine.catalog.Token.Kind;

/**
 * Cuts a definition script into tokens, one at a time and in one pass: neither long nor deeply commented scripts cost
 * more than their length.
 */
final class ScriptLexer {

    private static final int UNCLOSED_QUOTE = 105;
    private static final int UNCLOSED_COMMENT = 113;
    private static final int NOTHING = -1;

    private final String script;
    private int next;
    private int line = 1;
    private int lineStart;
    private boolean firstOfLine = true;

    ScriptLexer(String script) {
        this.script = script;
    }

    /** The next token; END again and again behind the last one. */
    Token read() {
        skipBlanksAndComments();
        Token token = cut();
        firstOfLine = false;
        return token;
    }

    private Token cut() {
        int start = next;
        int character = peek(0);
        if (character == NOTHING) {
            return token(Kind.END, start, "");
        }
        if (character == '[' || character == '"') {
            return delimited((char) character);
        }
        if (character == '\'' || (character == 'N' || character == 'n') && peek(1) == '\'') {
            return literal();
        }
        if (startsWord(script.codePointAt(next))) {
            return word();
        }
        next += Character.charCount(script.codePointAt(next));
        while (isDigit(character) && isDigit(peek(0))) {
            next++;
        }
        return token(Kind.SYMBOL, start, script.substring(start, next));
    }

    private Token word() {
        int start = next;
        while (next < script.length() && continuesWord(script.codePointAt(next))) {
            next += Character.charCount(script.codePointAt(next));
        }
        String text = script.substring(start, next);
        boolean batchEnd = firstOfLine && text.equalsIgnoreCase("GO") && restOfLineIsBlank();
        return token(batchEnd ? Kind.GO : Kind.WORD, start, text);
    }

    private boolean restOfLineIsBlank() {
        int end = next;
        while (end < script.length() && !isLineEnd(script.charAt(end)) && isBlank(script.charAt(end))) {
            end++;
        }
        return end == script.length() || isLineEnd(script.charAt(end)) || script.startsWith("--", end);
    }

    /** A name in its delimiters; the closing one is written twice to stand inside. */
    private Token delimited(char open) {
        char close = open == '[' ? ']' : open;
        int start = next;
        int startLine = line;
        int column = start - lineStart + 1;
        StringBuilder name = new StringBuilder();
        next++;
        while (next < script.length()) {
            char character = script.charAt(next);
            if (character == close && peek(1) != close) {
                next++;
                return new Token(Kind.DELIMITED, name.toString(), startLine, column);
            }
            next += character == close ? 2 : 1;
            name.append(character);
            noteLineEnd(character);
        }
        throw unclosed(
                UNCLOSED_QUOTE,
                startLine,
                column,
                "the name " + open + Token.shortened(name.toString()) + " isn't closed; expected " + close + ".");
    }

    private Token literal() {
        int start = next;
        int startLine = line;
        int column = start - lineStart + 1;
        next = script.indexOf('\'', start) + 1;
        while (next < script.length()) {
            char character = script.charAt(next++);
            if (character == '\'' && peek(0) != '\'') {
                return new Token(Kind.LITERAL, script.substring(start, next), startLine, column);
            }
            if (character == '\'') {
                next++;
            }
            noteLineEnd(character);
        }
        throw unclosed(
                UNCLOSED_QUOTE,
                startLine,
                column,
                "the text " + Token.shortened(script.substring(start)) + " isn't closed; expected '.");
    }

    private void skipBlanksAndComments() {
        while (next < script.length()) {
            char character = script.charAt(next);
            if (isBlank(character)) {
                next++;
                noteLineEnd(character);
            } else if (character == '-' && peek(1) == '-') {
                while (next < script.length() && !isLineEnd(script.charAt(next))) {
                    next++;
                }
            } else if (character == '/' && peek(1) == '*') {
                skipComment();
            } else {
                return;
            }
        }
    }

    /** Comments stand inside comments, so a commented-out part may have some. */
    private void skipComment() {
        int startLine = line;
        int column = next - lineStart + 1;
        int open = 0;
        while (next < script.length()) {
            char character = script.charAt(next++);
            if (character == '/' && peek(0) == '*') {
                next++;
                open++;
            } else if (character == '*' && peek(0) == '/') {
                next++;
                open--;
                if (open == 0) {
                    firstOfLine = false;
                    return;
                }
            } else {
                noteLineEnd(character);
            }
        }
        throw unclosed(UNCLOSED_COMMENT, startLine, column, "the comment isn't closed; expected */.");
    }

    /** Called for each character that may end a line, after it has been passed. */
    private void noteLineEnd(char character) {
        if (character == '\n' || character == '\r' && peek(0) != '\n') {
            line++;
            lineStart = next;
            firstOfLine = true;
        }
    }

    private Token token(Kind kind, int start, String text) {
        return new Token(kind, text, line, start - lineStart + 1);
    }

    private int peek(int ahead) {
        return next + ahead < script.length() ? script.charAt(next + ahead) : NOTHING;
    }

    private static BrokerException unclosed(int number, int line, int column, String what) {
        return new BrokerException(number, line + ":" + column + ": " + what);
    }

    private static boolean isLineEnd(char character) {
        return character == '\n' || character == '\r';
    }

    /** Also the blanks that come with text copied from a page, and the mark that editors put before a file. */
    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == '\uFEFF';
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private static boolean startsWord(int codePoint) {
        return Character.isLetter(codePoint) || codePoint == '_' || codePoint == '#' || codePoint == '@';
    }

    private static boolean continuesWord(int codePoint) {
        return startsWord(codePoint) || Character.isDigit(codePoint) || codePoint == '$';
    }
}
