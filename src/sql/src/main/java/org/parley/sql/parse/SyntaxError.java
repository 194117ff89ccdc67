package org.parley.sql.parse;

import org.antlr.v4.runtime.Token;
import org.parley.sql.ScriptError;

/** A text that is no statement: where, what was found there, and what could have stood there. */
public final class SyntaxError extends ScriptError {

    /** Something is written wrong. */
    public static final int SYNTAX = 102;

    /** A name is too long. */
    public static final int TOO_LONG = 103;

    /** A text or a delimited name isn't closed. */
    public static final int UNCLOSED_QUOTE = 105;

    /** A statement must be the first of its batch. */
    public static final int NOT_FIRST = 111;

    /** A comment isn't closed. */
    public static final int UNCLOSED_COMMENT = 113;

    /** A name has too many parts. */
    public static final int TOO_MANY_PARTS = 117;

    /** A keyword stands in the wrong place. */
    public static final int KEYWORD = 156;

    /** A statement is nested too deeply. */
    public static final int TOO_DEEP = 191;

    /** A statement begins that may only follow a semicolon. */
    public static final int NOT_SEPARATED = 319;

    /** A name has no characters. */
    public static final int EMPTY_NAME = 1038;

    /** A value stands where a condition must. */
    public static final int NO_CONDITION = 4145;

    /** An object that belongs to no schema has a name with prefixes. */
    public static final int PREFIX = 9609;

    private static final long serialVersionUID = 1L;
    private static final int LEVEL = 15;
    private static final int LONGEST_QUOTE = 40;

    private final int line;
    private final int column;
    private final String found;
    private final String expected;

    SyntaxError(int number, int line, int column, String found, String expected, String text) {
        super(number, LEVEL, 1, line + ":" + column + ": " + text, null);
        this.line = line;
        this.column = column;
        this.found = found;
        this.expected = expected;
    }

    /** What was found instead of what was expected. */
    SyntaxError(int number, int line, int column, String found, String expected) {
        this(number, line, column, found, expected, "found " + found + ", expected " + expected + ".");
    }

    static SyntaxError at(int number, Token token, String found, String expected, String text) {
        return new SyntaxError(number, token.getLine(), token.getCharPositionInLine() + 1, found, expected, text);
    }

    /** Line of its place, from 1, counted within the batch. */
    public int line() {
        return line;
    }

    /** Column of its place, from 1, in UTF-16 units. */
    public int column() {
        return column;
    }

    /** Whether its place is behind that of the other. */
    boolean isBehind(SyntaxError other) {
        return line > other.line || line == other.line && column > other.column;
    }

    /** What stands there, as a message shows it. */
    public String found() {
        return found;
    }

    /** What could stand there, as a message shows it. */
    public String expected() {
        return expected;
    }

    /** The start of a text that may be long. */
    static String shortened(String text) {
        if (text.length() <= LONGEST_QUOTE) {
            return text;
        }
        int cut = Character.isHighSurrogate(text.charAt(LONGEST_QUOTE - 1)) ? LONGEST_QUOTE - 1 : LONGEST_QUOTE;
        return text.substring(0, cut) + "...";
    }
}
