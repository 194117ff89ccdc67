package org.parley.sql.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a script into batches at GO, which stands on a line of its own, outside of texts, delimited names and comments. It takes each
 * character once.
 */
public final class Batches {

    private static final int MOST_DIGITS = 9;

    private final String script;
    private final List<Text> batches = new ArrayList<>();
    private int next;
    private int line = 1;
    private int start;
    private int startLine = 1;
    private boolean says;

    private Batches(String script) {
        this.script = script;
    }

    /**
     * A batch that says something.
     *
     * @param text without GO
     * @param times how often it runs, from 0
     * @param line of the script on which the text begins, from 1
     */
    public record Text(String text, int times, int line) {}

    /** The batches of a script in their order, but those without statements. */
    public static List<Text> split(String script) {
        Batches batches = new Batches(script);
        batches.read();
        return List.copyOf(batches.batches);
    }

    private void read() {
        while (next < script.length()) {
            if (atLineStart() && takeGo()) {
                continue;
            }
            take(script.charAt(next));
        }
        add(script.length(), 1);
    }

    private boolean atLineStart() {
        return next == 0 || isLineEnd(script.charAt(next - 1));
    }

    private void take(char character) {
        switch (character) {
            case '\'', '"' -> {
                says = true;
                takeUntil(character);
            }
            case '[' -> {
                says = true;
                takeUntil(']');
            }
            case '-' -> takeDash();
            case '/' -> takeSlash();
            default -> {
                says |= character != ';' && !isBlank(character);
                step();
            }
        }
    }

    /** A delimiter that is written twice ends what it delimits and begins it again, which comes to the same. */
    private void takeUntil(char close) {
        step();
        while (next < script.length() && script.charAt(next) != close) {
            step();
        }
        step();
    }

    private void takeDash() {
        if (peek(1) != '-') {
            says = true;
            step();
            return;
        }
        while (next < script.length() && !isLineEnd(script.charAt(next))) {
            next++;
        }
    }

    private void takeSlash() {
        if (peek(1) != '*') {
            says = true;
            step();
            return;
        }
        int open = 0;
        do {
            if (peek(0) == '/' && peek(1) == '*') {
                next += 2;
                open++;
            } else if (peek(0) == '*' && peek(1) == '/') {
                next += 2;
                open--;
            } else {
                step();
            }
        } while (open > 0 && next < script.length());
        // one that isn't closed is an error, which the parser finds
        says |= open > 0;
    }

    /** Whether GO begins here, alone on its line but for its count and a comment. */
    private boolean takeGo() {
        int at = blanksFrom(next);
        if (!script.regionMatches(true, at, "GO", 0, 2)) {
            return false;
        }
        int digits = blanksFrom(at + 2);
        int end = digits;
        while (end < script.length() && script.charAt(end) >= '0' && script.charAt(end) <= '9') {
            end++;
        }
        int rest = blanksFrom(end);
        boolean apart = digits > at + 2 || end == digits;
        boolean alone = rest == script.length() || isLineEnd(script.charAt(rest)) || script.startsWith("--", rest);
        if (!apart || !alone) {
            return false;
        }
        add(next, times(script.substring(digits, end)));
        while (rest < script.length() && !isLineEnd(script.charAt(rest))) {
            rest++;
        }
        next = rest;
        step();
        if (next < script.length() && script.charAt(next - 1) == '\r' && script.charAt(next) == '\n') {
            step();
        }
        start = Math.min(next, script.length());
        startLine = line;
        return true;
    }

    private static int times(String digits) {
        if (digits.isEmpty()) {
            return 1;
        }
        return digits.length() > MOST_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private int blanksFrom(int from) {
        int at = from;
        while (at < script.length() && isBlank(script.charAt(at)) && !isLineEnd(script.charAt(at))) {
            at++;
        }
        return at;
    }

    private void add(int end, int times) {
        if (says) {
            batches.add(new Text(script.substring(start, end), times, startLine));
        }
        says = false;
    }

    private void step() {
        if (next < script.length() && script.charAt(next) == '\n') {
            line++;
        }
        next++;
    }

    private int peek(int ahead) {
        return next + ahead < script.length() ? script.charAt(next + ahead) : -1;
    }

    private static boolean isLineEnd(char character) {
        return character == '\n' || character == '\r';
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == '\uFEFF';
    }
}
