package org.parley.cli.shell;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells whether what was typed goes out at the next Enter, and which word the cursor is in. */
final class BatchLines implements Parser {

    private static final Pattern GO = Pattern.compile("go(\\s+\\d+)?\\s*;?");
    private static final Pattern COMMAND = Pattern.compile("exit|quit|:.*");

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !isComplete(line)) {
            throw new EOFError(-1, -1, "a batch ends with GO");
        }
        return Word.at(line, cursor);
    }

    private static boolean isComplete(String typed) {
        String text = typed.strip().toLowerCase(Locale.ROOT);
        return text.isEmpty() || COMMAND.matcher(text).matches() || endsWithGo(typed);
    }

    private static boolean endsWithGo(String typed) {
        int lastLine = typed.lastIndexOf('\n') + 1;
        String line = typed.substring(lastLine).strip().toLowerCase(Locale.ROOT);
        return GO.matcher(line).matches() && !isOpen(typed.substring(0, lastLine));
    }

    /** Whether a string, a name in brackets or a comment has begun and not ended. */
    private static boolean isOpen(String text) {
        int at = 0;
        while (at < text.length()) {
            String end = ending(text, at);
            if (end == null) {
                at++;
                continue;
            }
            int found = text.indexOf(end, at + (end.length() == 2 ? 2 : 1));
            if (found < 0) {
                return !end.equals("\n");
            }
            at = found + end.length();
        }
        return false;
    }

    /** What ends the string, name or comment that begins here; null when none does. */
    private static String ending(String text, int at) {
        return switch (text.charAt(at)) {
            case '\'' -> "'";
            case '"' -> "\"";
            case '[' -> "]";
            case '-' -> text.startsWith("--", at) ? "\n" : null;
            case '/' -> text.startsWith("/*", at) ? "*/" : null;
            default -> null;
        };
    }
}
