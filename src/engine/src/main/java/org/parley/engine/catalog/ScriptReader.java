package org.parley.engine.catalog;

import java.util.ArrayList;
import java.util.List;
import org.parley.BrokerException;
import org.parley.engine.catalog.Token.Kind;

/** Walks through the tokens of a definition script; each is looked at once. */
final class ScriptReader {

    private static final int LONGEST_NUMBER = 18;

    private final ScriptLexer lexer;
    private Token token;
    private String owner;

    ScriptReader(String script) {
        this.lexer = new ScriptLexer(script);
        this.token = lexer.read();
    }

    /** The token that is next. */
    Token token() {
        return token;
    }

    /** Takes ON or OFF behind an equals sign. */
    boolean onOff() {
        expect('=');
        return onOffWord();
    }

    boolean onOffWord() {
        boolean on = token.is("ON");
        if (!on && !token.is("OFF")) {
            throw expected("ON or OFF");
        }
        advance();
        return on;
    }

    /** Takes a whole number from 0 on; one that is longer than any that is allowed becomes the largest. */
    long number(String what) {
        String digits = token.text();
        if (token.kind() != Kind.SYMBOL || digits.chars().anyMatch(digit -> digit < '0' || digit > '9')) {
            throw expected(what);
        }
        advance();
        return digits.length() > LONGEST_NUMBER ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    /** Takes a text literal. */
    String text(String what) {
        if (token.kind() != Kind.LITERAL) {
            throw expected(what);
        }
        String text = token.value();
        advance();
        return text;
    }

    /** Takes the names behind a parenthesis, up to the one that closes it. */
    List<String> names(String kind) {
        List<String> names = new ArrayList<>();
        do {
            names.add(name(kind));
        } while (skip(','));
        close();
        return names;
    }

    void close() {
        if (!skip(')')) {
            throw expected("',' or ')'");
        }
    }

    BrokerException twice(String option) {
        return new BrokerException(CatalogErrors.SYNTAX, here() + option + " stands twice; expected it once.");
    }

    void skipAuthorization() {
        if (skip("AUTHORIZATION")) {
            owner = part("an owner");
        }
    }

    /** What AUTHORIZATION says in the statement that is being read, or null. */
    String owner() {
        return owner;
    }

    /** Begins another statement, with null. */
    void owner(String other) {
        owner = other;
    }

    boolean is(String keyword) {
        return token.is(keyword);
    }

    /** The name of an object that belongs to no schema. */
    String name(String kind) {
        Token first = token;
        String name = part(("aeiou".indexOf(kind.charAt(0)) < 0 ? "a " : "an ") + kind + " name");
        if (token.is('.')) {
            throw new BrokerException(
                    CatalogErrors.TOO_MANY_PREFIXES,
                    place(first) + "the " + kind + " name has the prefix '" + Token.shortened(name)
                            + "'; it can have none, and a dot inside a name needs brackets: [a.b].");
        }
        return name;
    }

    String queueName() {
        return nameInSchema("a queue");
    }

    String schemaCollectionName() {
        return nameInSchema("an XML schema collection");
    }

    /** The name of an object that belongs to a schema; there is only dbo. */
    private String nameInSchema(String kind) {
        Token first = token;
        String name = part(kind + " name");
        if (skip('.')) {
            String schema = name;
            name = part(kind + " name");
            if (token.is('.')) {
                throw new BrokerException(
                        CatalogErrors.TOO_MANY_PREFIXES,
                        place(first) + "the name of " + kind + " has more prefixes than a schema; a definition takes"
                                + " effect in the session's own database.");
            }
            if (!schema.equalsIgnoreCase("dbo")) {
                throw new BrokerException(
                        CatalogErrors.TOO_MANY_PREFIXES,
                        place(first) + "there is no schema '" + Token.shortened(schema) + "'; " + kind
                                + "'s schema can be dbo.");
            }
        }
        return name;
    }

    /** One part of a name: delimited, or an ordinary identifier that isn't reserved. */
    String part(String what) {
        boolean word = token.kind() == Kind.WORD;
        if (word && ReservedWords.contains(token.text())) {
            throw new BrokerException(
                    CatalogErrors.SYNTAX,
                    here() + "found the keyword '" + token.text() + "', expected " + what
                            + "; as a name it is written [" + token.text() + "].");
        }
        if (!word && token.kind() != Kind.DELIMITED || word && token.text().startsWith("@")) {
            throw expected(what);
        }
        String text = token.text();
        advance();
        return text;
    }

    void expect(String keyword) {
        if (!skip(keyword)) {
            throw expected(keyword);
        }
    }

    void expect(char mark) {
        if (!skip(mark)) {
            throw expected("'" + mark + "'");
        }
    }

    /** Takes a keyword that must be there; true. */
    boolean required(String keyword) {
        expect(keyword);
        return true;
    }

    boolean skip(String keyword) {
        boolean found = token.is(keyword);
        if (found) {
            advance();
        }
        return found;
    }

    boolean skip(char mark) {
        boolean found = token.is(mark);
        if (found) {
            advance();
        }
        return found;
    }

    void advance() {
        token = lexer.read();
    }

    BrokerException expected(String what) {
        return new BrokerException(
                CatalogErrors.SYNTAX, here() + "found " + token.shown() + ", expected " + what + ".");
    }

    BrokerException unsupported(String what, String instead) {
        return new BrokerException(
                CatalogErrors.SYNTAX, here() + what + " isn't supported yet; expected " + instead + ".");
    }

    String here() {
        return place(token);
    }

    static String place(Token token) {
        return token.line() + ":" + token.column() + ": ";
    }
}
