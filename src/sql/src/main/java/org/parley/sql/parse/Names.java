package org.parley.sql.parse;

/** What the grammar says about names, for whoever writes some. */
public final class Names {

    private Names() {}

    /** Whether a name stands for itself without delimiters wherever a name can stand: no keyword at all is one. */
    public static boolean isPlain(String name) {
        if (name.startsWith("/")) {
            // could begin a comment that isn't closed
            return false;
        }
        StatementLexer lexer = new StatementLexer(new ScriptText(name));
        lexer.removeErrorListeners();
        return lexer.nextToken().getType() == StatementLexer.IDENTIFIER && lexer.getCharIndex() == name.length();
    }
}
