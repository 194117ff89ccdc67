package org.parley.sql.value;

import java.util.List;
import java.util.Set;

/**
 * Tells from a path alone whether it gives at most one node, as the method value() must know before it runs: each step is an attribute,
 * {@code .} or {@code ..}, or has a number in brackets; or the whole path is in parentheses with a number behind.
 */
final class XmlSingle {

    private static final Set<String> OPERATORS = Set.of(
            "=", "!=", "<", "<=", ">", ">=", "+", "-", "eq", "ne", "lt", "le", "gt", "ge", "and", "or", "div", "mod");
    private static final Set<String> NODE_TESTS = Set.of("text", "node", "comment", "processing-instruction");

    private final List<XmlToken> tokens;

    XmlSingle(List<XmlToken> tokens) {
        this.tokens = tokens.stream().filter(token -> token != XmlToken.NOTHING).toList();
    }

    boolean holds() {
        return holds(0, tokens.size());
    }

    private boolean holds(int from, int to) {
        int depth = 0;
        boolean single = true;
        int step = from;
        boolean operand = false;
        for (int i = from; i < to; i++) {
            XmlToken token = tokens.get(i);
            if (depth == 0 && operand && OPERATORS.contains(token.text()) && token.kind() != XmlToken.Kind.STRING) {
                return true;
            }
            if (depth == 0 && (token.is("|") || token.is("//") || token.is(","))) {
                return false;
            }
            if (depth == 0 && token.is("/")) {
                single &= step == i || isSingleStep(step, i);
                step = i + 1;
            }
            depth += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
            operand = depth == 0
                    && (token.kind() != XmlToken.Kind.SYMBOL
                            || Set.of(")", "]", ".", "..", "*").contains(token.text()));
        }
        return single && (step == to || isSingleStep(step, to));
    }

    private boolean isSingleStep(int from, int to) {
        XmlToken first = tokens.get(from);
        if (first.is("@") || first.is(".") || first.is("..") || first.kind() == XmlToken.Kind.STRING) {
            return true;
        }
        if (first.kind() == XmlToken.Kind.NUMBER || hasPlace(from, to)) {
            return true;
        }
        boolean call = first.kind() == XmlToken.Kind.NAME
                && from + 1 < to
                && tokens.get(from + 1).is("(");
        if (call) {
            return !NODE_TESTS.contains(first.text());
        }
        boolean variable = first.kind() == XmlToken.Kind.NAME && first.text().startsWith("sql:");
        return variable || first.is("(") && tokens.get(to - 1).is(")") && holds(from + 1, to - 1);
    }

    /** Whether brackets of the step, not of something in it, hold a number alone. */
    private boolean hasPlace(int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            XmlToken token = tokens.get(i);
            boolean number = depth == 0
                    && token.is("[")
                    && i + 2 < to
                    && tokens.get(i + 1).kind() == XmlToken.Kind.NUMBER
                    && tokens.get(i + 2).is("]");
            boolean last = depth == 0
                    && token.is("[")
                    && i + 1 < to
                    && tokens.get(i + 1).text().equals("last");
            if (number || last) {
                return true;
            }
            depth += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
        }
        return false;
    }
}
