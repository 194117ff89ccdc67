package org.parley.sql.parse;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.misc.IntervalSet;

/** A token where none of the expected ones is: finds the number and the words that say so. */
final class Finding {

    private static final int MOST_SHOWN = 12;
    private static final IntervalSet OPERATORS = new IntervalSet();
    private static final int[] CLASSES = {
        StatementParser.RULE_statement,
        StatementParser.RULE_expression,
        StatementParser.RULE_operand,
        StatementParser.RULE_constant,
        StatementParser.RULE_predicate,
        StatementParser.RULE_name,
        StatementParser.RULE_bareName,
        StatementParser.RULE_word
    };
    private static final String[] CLASS_NAMES = {
        "a statement",
        "an expression",
        "an expression",
        "a constant or variable",
        "an operator",
        "a name",
        "a name",
        "a word"
    };

    static {
        OPERATORS.addAll(IntervalSet.of(StatementLexer.STAR, StatementLexer.CARET));
        OPERATORS.add(StatementLexer.AND);
        OPERATORS.add(StatementLexer.OR);
        OPERATORS.remove(StatementLexer.TILDE);
    }

    private final TokenStream tokens;
    private final ATN atn;
    private final Token found;
    private final IntervalSet expected;

    Finding(Parser parser, Token found, IntervalSet expected) {
        this.tokens = parser.getInputStream();
        this.atn = parser.getATN();
        this.found = found;
        this.expected = expected;
    }

    SyntaxError error() {
        return switch (found.getType()) {
            case StatementLexer.UNCLOSED_TEXT ->
                SyntaxError.at(
                        SyntaxError.UNCLOSED_QUOTE,
                        found,
                        "a text",
                        "'",
                        "the text that begins here isn't closed; expected '.");
            case StatementLexer.UNCLOSED_NAME -> unclosedName();
            default -> isCommonTable() ? commonTable() : wrong();
        };
    }

    private SyntaxError unclosedName() {
        String close = found.getText().startsWith("[") ? "]" : "\"";
        return SyntaxError.at(
                SyntaxError.UNCLOSED_QUOTE,
                found,
                "a name",
                close,
                "the name " + SyntaxError.shortened(found.getText()) + " isn't closed; expected " + close + ".");
    }

    private SyntaxError wrong() {
        String shown = shown();
        boolean keyword = isReserved(found.getType());
        boolean nameExpected =
                contains(expected, StatementParser.RULE_name) || contains(expected, StatementParser.RULE_bareName);
        String wanted = wanted();
        String hint = keyword && nameExpected && !contains(expected, StatementParser.RULE_constant)
                ? "; as a name it is written [" + found.getText() + "]"
                : "";
        // a statement that ends too early is one thing, a keyword in the wrong place another
        boolean misplaced = keyword && !(beginsStatement() && contains(expected, StatementParser.RULE_constant));
        return SyntaxError.at(
                misplaced ? SyntaxError.KEYWORD : SyntaxError.SYNTAX,
                found,
                shown,
                wanted,
                "found " + shown + ", expected " + wanted + hint + ".");
    }

    private boolean beginsStatement() {
        return first(StatementParser.RULE_statement).contains(found.getType());
    }

    /** WITH name AS, or WITH name (, which no statement takes: a common table expression. */
    private boolean isCommonTable() {
        int index = with();
        if (index < 0) {
            return false;
        }
        int name = typeAt(index + 1);
        int after = typeAt(index + 2);
        return first(StatementParser.RULE_name).contains(name)
                && (after == StatementLexer.AS || after == StatementLexer.LEFT_PAREN);
    }

    /** Where WITH is that is wrong itself, or by what follows it; -1 when it isn't the matter. */
    private int with() {
        int index = found.getTokenIndex();
        if (found.getType() == StatementLexer.WITH) {
            return index;
        }
        return index > 0 && typeAt(index - 1) == StatementLexer.WITH ? index - 1 : -1;
    }

    private int typeAt(int index) {
        return index < tokens.size() ? tokens.get(index).getType() : read(index);
    }

    /** Of a token that the parser has not looked at yet. */
    private int read(int index) {
        return tokens.LA(index - tokens.index() + 1);
    }

    private SyntaxError commonTable() {
        int index = with();
        Token with = tokens.get(index);
        boolean separated = index == 0 || typeAt(index - 1) == StatementLexer.SEMICOLON;
        return separated
                ? SyntaxError.at(
                        SyntaxError.SYNTAX,
                        with,
                        "the keyword 'WITH'",
                        "a statement",
                        "found a common table expression (WITH ... AS), which isn't supported; expected a statement,"
                                + " with the query in parentheses behind FROM.")
                : SyntaxError.at(
                        SyntaxError.NOT_SEPARATED,
                        with,
                        "the keyword 'WITH'",
                        "';'",
                        "found the keyword 'WITH', expected ';': the statement before a common table expression must"
                                + " end with a semicolon.");
    }

    private String shown() {
        String text = found.getText();
        return switch (found.getType()) {
            case Token.EOF -> "the end of the batch";
            case StatementLexer.TEXT -> isSecret() ? "a text" : "the text " + SyntaxError.shortened(text);
            case StatementLexer.DELIMITED, StatementLexer.QUOTED -> "the name " + SyntaxError.shortened(text);
            default -> (isReserved(found.getType()) ? "the keyword '" : "'") + SyntaxError.shortened(text) + "'";
        };
    }

    /** What stands near PASSWORD may be one, which no message may show. */
    private boolean isSecret() {
        int index = found.getTokenIndex();
        return index > 0 && typeAt(index - 1) == StatementLexer.PASSWORD
                || index > 1 && typeAt(index - 2) == StatementLexer.PASSWORD;
    }

    private boolean isReserved(int type) {
        return type > 0
                && type <= StatementLexer.RESERVED
                && !first(StatementParser.RULE_name).contains(type);
    }

    private String wanted() {
        IntervalSet rest = new IntervalSet(expected);
        Set<String> classes = new LinkedHashSet<>();
        for (int i = 0; i < CLASSES.length; i++) {
            if (contains(rest, CLASSES[i])) {
                classes.add(CLASS_NAMES[i]);
                remove(rest, first(CLASSES[i]));
            }
        }
        if (rest.contains(StatementLexer.CARET)) {
            classes.add("an operator");
            remove(rest, OPERATORS);
            remove(rest, first(StatementParser.RULE_predicate));
        }
        // that a part may end here is no word; what may follow it then is among the others
        remove(rest, IntervalSet.of(Token.EPSILON, Token.EOF));
        if (rest.size() + classes.size() > 1) {
            remove(rest, IntervalSet.of(StatementLexer.DOT));
        }
        return joined(rest, classes);
    }

    private static void remove(IntervalSet from, IntervalSet what) {
        for (int type : what.toArray()) {
            from.remove(type);
        }
    }

    private static String joined(IntervalSet types, Set<String> classes) {
        List<String> words = new ArrayList<>();
        for (int type : types.toArray()) {
            if (words.size() == MOST_SHOWN) {
                words.add("another word");
                break;
            }
            words.add(name(type));
        }
        words.addAll(classes);
        int last = words.size() - 1;
        if (last < 0) {
            return "a statement";
        }
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    private static String name(int type) {
        Vocabulary vocabulary = StatementParser.VOCABULARY;
        return switch (type) {
            case StatementLexer.IDENTIFIER, StatementLexer.DELIMITED, StatementLexer.QUOTED -> "a name";
            case StatementLexer.TEXT -> "a text in quotes";
            case StatementLexer.BYTES -> "0x and digits";
            case StatementLexer.INTEGER -> "a whole number";
            case StatementLexer.DECIMAL, StatementLexer.FLOAT -> "a number";
            case StatementLexer.VARIABLE -> "a variable";
            case StatementLexer.SYSTEM_VARIABLE -> "a system variable";
            default -> {
                String literal = vocabulary.getLiteralName(type);
                String plain = literal == null ? vocabulary.getSymbolicName(type) : literal;
                yield type <= StatementLexer.RESERVED ? plain.replace("'", "") : plain;
            }
        };
    }

    private IntervalSet first(int rule) {
        return atn.nextTokens(atn.ruleToStartState[rule]);
    }

    private boolean contains(IntervalSet tokenTypes, int rule) {
        return first(rule).subtract(tokenTypes).isNil();
    }
}
