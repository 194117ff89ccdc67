package org.parley.engine.catalog;

/**
 * A token of a definition script.
 *
 * @param kind what it is
 * @param text a name without its delimiters, else the characters as written
 * @param line line of its first character, from 1
 * @param column column of its first character, from 1
 */
record Token(Kind kind, String text, int line, int column) {

    private static final int LONGEST_QUOTE = 40;

    /** What a token is. */
    enum Kind {
        /** A keyword or an ordinary identifier. */
        WORD,
        /** A name in brackets or double quotes. */
        DELIMITED,
        /** A text literal. */
        LITERAL,
        /** Any other character, or a number. */
        SYMBOL,
        /** GO on a line of its own. */
        GO,
        /** Behind the last character. */
        END
    }

    /** Whether it is that keyword; keywords are compared without regard to case. */
    boolean is(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    /** Whether it is that punctuation mark. */
    boolean is(char mark) {
        return kind == Kind.SYMBOL && text.length() == 1 && text.charAt(0) == mark;
    }

    /** The characters that a text literal stands for. */
    String value() {
        return text.substring(text.indexOf('\'') + 1, text.length() - 1).replace("''", "'");
    }

    /** How an error message shows it. */
    String shown() {
        return switch (kind) {
            case END -> "the end of the script";
            case GO -> "the end of the batch (GO)";
            case DELIMITED -> "[" + shortened(text).replace("]", "]]") + "]";
            case LITERAL -> "the text " + shortened(text);
            case WORD, SYMBOL -> "'" + shortened(text) + "'";
        };
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
