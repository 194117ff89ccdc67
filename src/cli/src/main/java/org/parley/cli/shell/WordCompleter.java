package org.parley.cli.shell;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Offers keywords, in the case in which the word was begun, and names, in brackets where they need them. */
final class WordCompleter implements Completer {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_@#$]*");

    private final Supplier<Set<String>> names;

    WordCompleter(Supplier<Set<String>> names) {
        this.names = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String begun = line.word();
        boolean bracketed = begun.startsWith("[");
        for (String name : names.get()) {
            boolean needsBrackets = bracketed || !PLAIN.matcher(name).matches() || Keywords.isKeyword(name);
            candidates.add(new Candidate(needsBrackets ? "[" + name.replace("]", "]]") + "]" : name));
        }
        if (!bracketed) {
            boolean lower = !begun.isEmpty() && begun.equals(begun.toLowerCase(Locale.ROOT));
            Keywords.ALL.forEach(word -> candidates.add(new Candidate(lower ? word.toLowerCase(Locale.ROOT) : word)));
        }
    }
}
