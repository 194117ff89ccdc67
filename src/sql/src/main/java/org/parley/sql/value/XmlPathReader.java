package org.parley.sql.value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parley.SystemMessageTypes;
import org.parley.sql.ScriptError;

/**
 * Reads the path of an xml method, a small part of XQuery, and writes it as XPath 1.0: names get the default namespace, absolute
 * paths begin in the element that holds the document, and what stands for a variable of the script becomes one of XPath.
 */
final class XmlPathReader {

    /** Prefix of the default element namespace. */
    static final String DEFAULT = "default-element";
    /** What variables of the script are called, with their number. */
    static final String VARIABLE = "sql-";

    private static final int LONGEST = 10_000;
    private static final Pattern NAMESPACE = Pattern.compile(
            "\\G\\s*declare\\s+(?:namespace\\s+([\\p{L}_][\\p{L}\\d_.-]*)\\s*=|default\\s+element\\s+namespace)\\s*(?:\"([^\"]*)\"|'([^']*)')\\s*;");
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{M}\\d_.-]*+";
    private static final Pattern TOKEN = Pattern.compile("\\G\\s*(?:(\"[^\"]*\"|'[^']*')|(\\d+(?:\\.\\d*)?|\\.\\d+)|("
            + NAME + "(?::(?!:)(?:" + NAME + "|\\*))?)|(::|//|\\.\\.|!=|<=|>=|[-/.*@\\[\\]()|+=<>,$]))");
    private static final Map<String, String> WORDS =
            Map.of("eq", "=", "ne", "!=", "lt", "<", "le", "<=", "gt", ">", "ge", ">=", "and", "and", "or", "or");
    private static final Map<String, String> MORE_WORDS = Map.of("div", "div", "mod", "mod");

    private final String method;
    private final Map<String, String> namespaces = new HashMap<>(Map.of(
            "xml",
            "http://www.w3.org/XML/1998/namespace",
            "xsi",
            "http://www.w3.org/2001/XMLSchema-instance",
            "xs",
            "http://www.w3.org/2001/XMLSchema"));
    private final List<XmlToken> tokens = new ArrayList<>();
    private final List<String> variables = new ArrayList<>();
    private final StringBuilder xpath = new StringBuilder();

    XmlPathReader(String text, String method) {
        this.method = method;
        if (text.length() > LONGEST) {
            throw error(2209, "The path has " + text.length() + " characters; " + LONGEST + " are allowed.");
        }
        readTokens(text, readProlog(text));
        if (tokens.isEmpty()) {
            throw error(2209, "The path is empty.");
        }
        boolean operand = false;
        for (int i = 0; i < tokens.size(); i++) {
            operand = write(i, operand);
        }
    }

    ScriptError error(int number, String text) {
        return new ScriptError(number, "XQuery [" + method + "()]: " + text);
    }

    String xpath() {
        return xpath.toString();
    }

    List<XmlToken> tokens() {
        return tokens;
    }

    Map<String, String> namespaces() {
        return namespaces;
    }

    /** Names of variables, with their {@code @}, and of columns, in the order of their numbers. */
    List<String> variables() {
        return variables;
    }

    private int readProlog(String text) {
        Matcher matcher = NAMESPACE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            String uri = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            namespaces.put(matcher.group(1) == null ? DEFAULT : matcher.group(1), SystemMessageTypes.canonical(uri));
            end = matcher.end();
        }
        return end;
    }

    private void readTokens(String text, int from) {
        Matcher matcher = TOKEN.matcher(text);
        int at = from;
        while (matcher.find(at)) {
            tokens.add(XmlToken.of(matcher));
            at = matcher.end();
        }
        String rest = text.substring(at).strip();
        if (!rest.isEmpty()) {
            throw error(2209, "Syntax error near '" + Words.shortened(rest) + "'.");
        }
    }

    private String symbol(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index).text() : "";
    }

    /** Writes a token, knowing whether an operand stands before it, and returns whether one stands before the next. */
    private boolean write(int index, boolean operand) {
        XmlToken token = tokens.get(index);
        return switch (token.kind()) {
            case STRING, NUMBER -> append(token.text(), true);
            case NAME -> operand ? writeWord(token) : writeName(index, token.text());
            case SYMBOL -> writeSymbol(index, token.text(), operand);
        };
    }

    private boolean append(String text, boolean operand) {
        xpath.append(' ').append(text);
        return operand;
    }

    private boolean writeWord(XmlToken token) {
        String word = WORDS.getOrDefault(token.text(), MORE_WORDS.get(token.text()));
        if (word == null) {
            throw error(
                    2209,
                    "Syntax error near '" + token.text()
                            + "': only paths, comparisons and functions of XPath are known.");
        }
        return append(word, false);
    }

    private boolean writeName(int index, String name) {
        String next = symbol(index + 1);
        if (isVariable(index)) {
            return append("$" + VARIABLE + number(index), true);
        }
        boolean inVariable = symbol(index - 1).equals("$");
        if (inVariable) {
            throw error(
                    2209,
                    "Variable '$" + name + "' isn't known: sql:variable(\"@name\") stands for one of the script.");
        }
        if (next.equals("(")) {
            return append(name.startsWith("fn:") ? name.substring("fn:".length()) : name, false);
        }
        if (next.equals("::")) {
            return append(name, false);
        }
        int colon = name.indexOf(':');
        if (colon > 0) {
            checkPrefix(name.substring(0, colon));
            return append(name, true);
        }
        boolean attribute = symbol(index - 1).equals("@")
                || symbol(index - 1).equals("::") && symbol(index - 2).equals("attribute");
        return append(namespaces.containsKey(DEFAULT) && !attribute ? DEFAULT + ":" + name : name, true);
    }

    private void checkPrefix(String prefix) {
        if (!namespaces.containsKey(prefix)) {
            throw error(
                    2229,
                    "Prefix '" + prefix + "' isn't declared: declare namespace " + prefix
                            + "=\"...\"; goes before the path.");
        }
    }

    /** Whether sql:variable("@name") or sql:column("name") stands there; its other tokens are written as nothing. */
    private boolean isVariable(int index) {
        boolean named = symbol(index).equals("sql:variable") || symbol(index).equals("sql:column");
        boolean whole = symbol(index + 1).equals("(") && symbol(index + 3).equals(")");
        return named && whole && tokens.get(index + 2).kind() == XmlToken.Kind.STRING;
    }

    private int number(int index) {
        String quoted = symbol(index + 2);
        variables.add(quoted.substring(1, quoted.length() - 1));
        for (int i = 1; i <= 3; i++) {
            tokens.set(index + i, XmlToken.NOTHING);
        }
        return variables.size() - 1;
    }

    private boolean writeSymbol(int index, String symbol, boolean operand) {
        return switch (symbol) {
            case "" -> operand;
            case "/", "//" -> {
                if (operand) {
                    yield append(symbol, false);
                }
                boolean alone = symbol.equals("/") && !startsStep(index + 1);
                yield append(alone ? "/*" : "/*" + symbol, alone);
            }
            case "*" -> append(symbol, !operand);
            case ".", "..", ")", "]" -> append(symbol, true);
            default -> append(symbol, false);
        };
    }

    private boolean startsStep(int index) {
        if (index >= tokens.size()) {
            return false;
        }
        XmlToken token = tokens.get(index);
        return token.kind() == XmlToken.Kind.NAME
                || List.of("*", "@", ".", "..").contains(token.text());
    }
}
