package org.parley.cli.shell;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.parley.sql.parse.Batches;

/** Tells whether what was typed goes out at the next Enter, and which word the cursor is in. */
final class BatchLines implements Parser {

    private static final String NEXT = "next";
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

    /** Whether what would be typed next is a batch of its own. */
    private static boolean endsWithGo(String typed) {
        List<Batches.Text> batches = Batches.split(typed + "\n" + NEXT);
        return batches.get(batches.size() - 1).text().strip().equals(NEXT);
    }
}
