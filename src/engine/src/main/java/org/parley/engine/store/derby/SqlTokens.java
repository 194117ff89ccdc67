package org.parley.engine.store.derby;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of an SQL text as Derby reads it: {@code --} comments, bracketed comments that nest, strings, quoted and plain
 * identifiers. Enough to see which words and names a statement is made of.
 */
final class SqlTokens {

    private final String text;
    private int at;

    private SqlTokens(String text) {
        this.text = text;
    }

    /** What a token is. */
    enum Kind {
        /** A word, in upper case. */
        WORD,
        /** A quoted identifier, without its quotes. */
        QUOTED,
        /** A string literal, without its quotes. */
        STRING,
        /** Anything else, one character each. */
        SYMBOL
    }

    /**
     * A token.
     *
     * @param kind what it is
     * @param value its value; compared as it is
     */
    record Token(Kind kind, String value) {

        boolean is(String wordOrSymbol) {
            return (kind == Kind.WORD || kind == Kind.SYMBOL) && value.equals(wordOrSymbol);
        }

        /** Whether it names this object, plain or quoted. */
        boolean names(String identifier) {
            return (kind == Kind.WORD || kind == Kind.QUOTED) && value.equals(identifier);
        }
    }

    /** All tokens; of an unfinished comment or string as many as there are, since Derby refuses such a text. */
    static List<Token> of(String text) {
        SqlTokens tokens = new SqlTokens(text);
        List<Token> list = new ArrayList<>();
        for (Token token = tokens.next(); token != null; token = tokens.next()) {
            list.add(token);
        }
        return list;
    }

    private Token next() {
        skipBlanksAndComments();
        if (at >= text.length()) {
            return null;
        }
        char c = text.charAt(at);
        if (c == '\'') {
            return new Token(Kind.STRING, quoted(c));
        }
        if (c == '"') {
            return new Token(Kind.QUOTED, quoted(c));
        }
        if (partOfWord(c)) {
            int start = at;
            while (at < text.length() && partOfWord(text.charAt(at))) {
                at++;
            }
            return new Token(Kind.WORD, upper(text.substring(start, at)));
        }
        at++;
        return new Token(Kind.SYMBOL, String.valueOf(c));
    }

    /** Derby folds identifiers with the rules of English. */
    private static String upper(String word) {
        return word.toUpperCase(java.util.Locale.ENGLISH);
    }

    private static boolean partOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private void skipBlanksAndComments() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("--", at)) {
                skipLine();
            } else if (text.startsWith("/*", at)) {
                skipBracketed();
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
    }

    private void skipBracketed() {
        int depth = 0;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
    }

    /** A doubled quote inside stands for itself. */
    private String quoted(char quote) {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                if (at >= text.length() || text.charAt(at) != quote) {
                    return value.toString();
                }
                at++;
            }
            value.append(c);
        }
        return value.toString();
    }
}
