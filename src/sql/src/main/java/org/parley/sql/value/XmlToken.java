package org.parley.sql.value;

import java.util.regex.Matcher;

/** A token of the path of an xml method. */
record XmlToken(Kind kind, String text) {

    enum Kind {
        STRING,
        NUMBER,
        NAME,
        SYMBOL
    }

    /** What has been read together with a token before it. */
    static final XmlToken NOTHING = new XmlToken(Kind.SYMBOL, "");

    /** The token that one of the groups holds, in the order of the kinds. */
    static XmlToken of(Matcher matcher) {
        for (Kind kind : Kind.values()) {
            String text = matcher.group(kind.ordinal() + 1);
            if (text != null) {
                return new XmlToken(kind, text);
            }
        }
        throw new IllegalStateException("no group matched");
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }
}
