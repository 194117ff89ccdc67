package org.parley.sql.parse;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/** A batch as the lexer reads it: in UTF-16 units, so that places in it are places in the string; without a copy of it. */
final class ScriptText implements CharStream {

    private final String text;
    private int next;

    ScriptText(String text) {
        this.text = text;
    }

    @Override
    public void consume() {
        if (next >= text.length()) {
            throw new IllegalStateException("nothing is left to take");
        }
        next++;
    }

    @Override
    public int LA(int ahead) {
        int at = ahead < 0 ? next + ahead : next + ahead - 1;
        return at < 0 || at >= text.length() ? IntStream.EOF : text.charAt(at);
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {
        // all of the text is there all the time
    }

    @Override
    public int index() {
        return next;
    }

    @Override
    public void seek(int index) {
        next = Math.min(index, text.length());
    }

    @Override
    public int size() {
        return text.length();
    }

    @Override
    public String getSourceName() {
        return UNKNOWN_SOURCE_NAME;
    }

    @Override
    public String getText(Interval interval) {
        return interval.a >= text.length() ? "" : text.substring(interval.a, Math.min(interval.b + 1, text.length()));
    }

    @Override
    public String toString() {
        return text;
    }
}
