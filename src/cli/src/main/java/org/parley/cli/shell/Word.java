package org.parley.cli.shell;

import java.util.List;
import org.jline.reader.CompletingParsedLine;

/**
 * The word that the cursor is in, as completion sees it: a name with its opening bracket, or letters, digits and what else
 * stands in names without one.
 */
record Word(String line, int cursor, String word, int wordCursor) implements CompletingParsedLine {

    static Word at(String line, int cursor) {
        int start = openBracket(line, cursor);
        if (start < 0) {
            start = cursor;
            while (start > 0 && isPart(line.charAt(start - 1))) {
                start--;
            }
        }
        return new Word(line, cursor, line.substring(start, cursor), cursor - start);
    }

    /** Where a bracketed name begins that isn't closed before the cursor, or -1. */
    private static int openBracket(String line, int cursor) {
        int lineStart = line.lastIndexOf('\n', Math.max(0, cursor - 1)) + 1;
        int open = line.lastIndexOf('[', cursor - 1);
        if (open < lineStart) {
            return -1;
        }
        int close = line.indexOf(']', open);
        return close < 0 || close >= cursor ? open : -1;
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '@' || c == '#' || c == '$';
    }

    @Override
    public List<String> words() {
        return List.of(word);
    }

    @Override
    public int wordIndex() {
        return 0;
    }

    /** Candidates bring their brackets along. */
    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
        return candidate;
    }

    @Override
    public int rawWordCursor() {
        return wordCursor;
    }

    @Override
    public int rawWordLength() {
        return word.length();
    }
}
