package org.parley.sql.value;

import java.util.ArrayList;
import java.util.List;
import org.parley.sql.ScriptError;

/**
 * A pattern of LIKE: {@code %} any characters, {@code _} one, {@code [a-z]} one of a set, {@code [^a-z]} one that isn't in it. Time to
 * match is at most the product of the lengths of text and pattern, whatever they are.
 */
final class LikePattern {

    /** What one character is matched by. */
    private interface One {

        boolean matches(char c);
    }

    /** Stands for {@code %}, and is told by its identity. */
    private static final One ANY = new One() {
        @Override
        public boolean matches(char c) {
            return true;
        }
    };

    private final List<One> parts = new ArrayList<>();

    LikePattern(String pattern, String escape) {
        if (escape != null && escape.length() != 1) {
            throw new ScriptError(506, "ESCAPE of LIKE is one character, not '" + Words.shortened(escape) + "'.");
        }
        int at = 0;
        while (at < pattern.length()) {
            at = read(pattern, at, escape == null ? null : escape.charAt(0));
        }
    }

    private int read(String pattern, int at, Character escape) {
        char c = pattern.charAt(at);
        if (escape != null && c == escape && at + 1 < pattern.length()) {
            parts.add(exactly(pattern.charAt(at + 1)));
            return at + 2;
        }
        if (c == '%') {
            if (parts.isEmpty() || parts.get(parts.size() - 1) != ANY) {
                parts.add(ANY);
            }
            return at + 1;
        }
        if (c == '[') {
            return readSet(pattern, at, escape);
        }
        parts.add(c == '_' ? any -> true : exactly(c));
        return at + 1;
    }

    private static One exactly(char wanted) {
        char folded = Collation.folded(wanted);
        return c -> Collation.folded(c) == folded;
    }

    /** A set that isn't closed matches nothing. */
    private int readSet(String pattern, int from, Character escape) {
        int at = from + 1;
        boolean negated = at < pattern.length() && pattern.charAt(at) == '^';
        if (negated) {
            at++;
        }
        StringBuilder bounds = new StringBuilder();
        int start = at;
        while (at < pattern.length() && (pattern.charAt(at) != ']' || at == start)) {
            at = escape != null && pattern.charAt(at) == escape && at + 1 < pattern.length() ? at + 1 : at;
            char low = Collation.folded(pattern.charAt(at));
            boolean range = at + 2 < pattern.length() && pattern.charAt(at + 1) == '-' && pattern.charAt(at + 2) != ']';
            bounds.append(low).append(range ? Collation.folded(pattern.charAt(at + 2)) : low);
            at += range ? 3 : 1;
        }
        boolean closed = at < pattern.length();
        String ranges = bounds.toString();
        parts.add(c -> closed && contains(ranges, Collation.folded(c)) != negated);
        return at + 1;
    }

    private static boolean contains(String ranges, char c) {
        for (int i = 0; i < ranges.length(); i += 2) {
            if (c >= ranges.charAt(i) && c <= ranges.charAt(i + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the whole text matches. */
    boolean matches(String text) {
        return matches(text, 0);
    }

    /**
     * Whether the text from there on to its end matches. Where the last {@code %} can take more, it is enough to go back to it: what
     * stands before it has matched as early as it can.
     */
    boolean matches(String text, int from) {
        int at = from;
        int part = 0;
        int lastAny = -1;
        int resumed = 0;
        while (at < text.length()) {
            if (part < parts.size() && parts.get(part) == ANY) {
                lastAny = part++;
                resumed = at;
            } else if (part < parts.size() && parts.get(part).matches(text.charAt(at))) {
                part++;
                at++;
            } else if (lastAny >= 0) {
                part = lastAny + 1;
                at = ++resumed;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part) == ANY) {
            part++;
        }
        return part == parts.size();
    }
}
