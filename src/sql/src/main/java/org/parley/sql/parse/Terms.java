package org.parley.sql.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.parley.SystemMessageTypes;
import org.parley.sql.ast.ConversationStatement.Named;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.Position;
import org.parley.sql.parse.StatementParser.ConstantContext;
import org.parley.sql.parse.StatementParser.NameContext;
import org.parley.sql.parse.StatementParser.NameOrVariableContext;
import org.parley.sql.parse.StatementParser.NumberContext;
import org.parley.sql.parse.StatementParser.ObjectNameContext;
import org.parley.sql.parse.StatementParser.OnOffContext;
import org.parley.sql.parse.StatementParser.ReferenceContext;
import org.parley.sql.parse.StatementParser.SimpleNameContext;
import org.parley.sql.parse.StatementParser.WordContext;

/** What all builders read alike: places, names, words, constants. */
final class Terms {

    private static final int LONGEST_NAME = 128;
    private static final int MOST_PARTS = 4;

    private Terms() {}

    static Position at(ParserRuleContext context) {
        return at(context.getStart());
    }

    static Position at(Token token) {
        return new Position(token.getLine(), token.getCharPositionInLine() + 1);
    }

    static String name(ParserRuleContext name) {
        return name == null ? null : name(name.getStart());
    }

    /** A name without its delimiters. */
    static String name(Token token) {
        String text = token.getText();
        String name =
                switch (token.getType()) {
                    case StatementLexer.DELIMITED ->
                        text.substring(1, text.length() - 1).replace("]]", "]");
                    case StatementLexer.QUOTED ->
                        text.substring(1, text.length() - 1).replace("\"\"", "\"");
                    default -> text;
                };
        return checkedName(token, name);
    }

    static String checkedName(Token token, String name) {
        if (name.isEmpty()) {
            throw SyntaxError.at(
                    SyntaxError.EMPTY_NAME,
                    token,
                    token.getText(),
                    "a name",
                    "the name has no characters; expected 1 to " + LONGEST_NAME + ".");
        }
        return notTooLong(token, name);
    }

    /** A variable with its {@code @}. */
    static String variable(TerminalNode variable) {
        return variable == null ? null : notTooLong(variable.getSymbol(), variable.getText());
    }

    private static String notTooLong(Token token, String name) {
        if (name.length() > LONGEST_NAME) {
            throw SyntaxError.at(
                    SyntaxError.TOO_LONG,
                    token,
                    SyntaxError.shortened(name),
                    "a shorter name",
                    "the name that begins with '" + SyntaxError.shortened(name) + "' has " + name.length()
                            + " characters; at most " + LONGEST_NAME + " are allowed.");
        }
        return name;
    }

    static List<String> names(List<NameContext> names) {
        return all(names, Terms::name);
    }

    static ObjectName objectName(ObjectNameContext context) {
        return context == null ? null : objectName(context, MOST_PARTS);
    }

    /** The name of a column; before arguments with that of a method behind its last dot. */
    static ObjectName reference(ReferenceContext context, boolean called) {
        return objectName(context, called ? MOST_PARTS + 1 : MOST_PARTS);
    }

    /** A part that is left out between two dots is empty. */
    private static ObjectName objectName(ParserRuleContext context, int most) {
        List<String> parts = new ArrayList<>();
        boolean dotBefore = false;
        for (ParseTree child : context.children) {
            Token token =
                    child instanceof TerminalNode leaf ? leaf.getSymbol() : ((ParserRuleContext) child).getStart();
            boolean dot = token.getType() == StatementLexer.DOT;
            if (!dot) {
                parts.add(name(token));
            } else if (dotBefore) {
                parts.add("");
            }
            dotBefore = dot;
        }
        if (parts.size() > most) {
            throw SyntaxError.at(
                    SyntaxError.TOO_MANY_PARTS,
                    context.getStart(),
                    parts.size() + " parts",
                    "at most " + MOST_PARTS,
                    "the name '" + SyntaxError.shortened(String.join(".", parts)) + "' has " + parts.size()
                            + " parts; at most " + MOST_PARTS + " are allowed: server, database, schema, object.");
        }
        return new ObjectName(parts);
    }

    /** The name of an object that belongs to no schema. */
    static String simpleName(SimpleNameContext context, String kind) {
        if (context == null) {
            return null;
        }
        return withoutPrefix(context.objectName(), kind).last();
    }

    /** The name of an object that belongs to no schema, where the grammar takes those of others too. */
    static ObjectName withoutPrefix(ObjectNameContext context, String kind) {
        ObjectName name = objectName(context);
        if (name.parts().size() > 1) {
            String prefix =
                    String.join(".", name.parts().subList(0, name.parts().size() - 1));
            throw SyntaxError.at(
                    SyntaxError.PREFIX,
                    context.getStart(),
                    prefix,
                    "no prefix",
                    "the " + kind + " name has the prefix '" + SyntaxError.shortened(prefix)
                            + "'; it can have none, and a dot inside a name needs brackets: [a.b].");
        }
        return name;
    }

    static Named named(NameOrVariableContext context, String kind) {
        return context == null ? null : new Named(simpleName(context.simpleName(), kind), variable(context.VARIABLE()));
    }

    /** The characters that a text stands for. */
    static String text(TerminalNode text) {
        return text == null ? null : text(text.getSymbol());
    }

    static String text(Token token) {
        String text = token.getText();
        return text.substring(text.indexOf('\'') + 1, text.length() - 1).replace("''", "'");
    }

    /** Newer documents print the names of system types with https; such a text means the stored name. */
    static Expression.Text textLiteral(TerminalNode text) {
        return new Expression.Text(
                SystemMessageTypes.canonical(text(text)), text.getText().charAt(0) != '\'');
    }

    static Expression.Bytes bytes(TerminalNode bytes) {
        String digits = bytes.getText().substring(2).toUpperCase(Locale.ROOT);
        return new Expression.Bytes(digits.length() % 2 == 0 ? digits : "0" + digits);
    }

    static Expression number(NumberContext number) {
        return new Expression.Number(number.getText());
    }

    static Expression number(TerminalNode number) {
        return number == null ? null : new Expression.Number(number.getText());
    }

    /** A constant or a variable; null stays null. */
    static Expression constant(ConstantContext context) {
        if (context == null) {
            return null;
        }
        if (context.number() != null) {
            Expression number = number(context.number());
            return context.MINUS() == null ? number : new Expression.Unary("-", number);
        }
        if (context.TEXT() != null) {
            return textLiteral(context.TEXT());
        }
        if (context.BYTES() != null) {
            return bytes(context.BYTES());
        }
        if (context.VARIABLE() != null) {
            return variableIn(context.VARIABLE());
        }
        return context.SYSTEM_VARIABLE() != null ? systemVariable(context.SYSTEM_VARIABLE()) : new Expression.Null();
    }

    static Expression variableIn(TerminalNode variable) {
        return new Expression.Variable(at(variable.getSymbol()), variable(variable));
    }

    static Expression systemVariable(TerminalNode variable) {
        return new Expression.SystemVariable(at(variable.getSymbol()), upper(variable(variable)));
    }

    static Boolean on(OnOffContext context) {
        return context == null ? null : context.ON() != null;
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /** Words in upper case with one space between them. */
    static String words(ParserRuleContext context) {
        List<String> words = new ArrayList<>();
        collectWords(context, words);
        return String.join(" ", words);
    }

    private static void collectWords(ParseTree tree, List<String> words) {
        if (tree instanceof TerminalNode) {
            words.add(upper(tree.getText()));
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            collectWords(tree.getChild(i), words);
        }
    }

    static List<String> upperWords(List<WordContext> words) {
        return all(words, Terms::words);
    }

    /** Refuses what stands a second time: an option's first word says which it is. */
    static void once(List<? extends ParserRuleContext> options) {
        Set<String> seen = new HashSet<>();
        for (ParserRuleContext option : options) {
            Token word = option.getStart();
            if (!seen.add(upper(word.getText()))) {
                throw twice(word);
            }
        }
    }

    static SyntaxError twice(Token word) {
        String text = upper(word.getText());
        return SyntaxError.at(SyntaxError.SYNTAX, word, text, "it once", text + " stands twice; expected it once.");
    }

    static <C, R> List<R> all(List<C> contexts, Function<C, R> each) {
        List<R> results = new ArrayList<>(contexts.size());
        for (C context : contexts) {
            results.add(each.apply(context));
        }
        return List.copyOf(results);
    }
}
