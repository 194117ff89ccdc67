package org.parley.sql.manual;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules of the grammar as the manual shows them: short ones stand where they are used, the others below. */
final class Syntax {

    private static final int WIDTH = 100;
    private static final int SHORT_CHOICE = 34;
    private static final int SHORT_SEQUENCE = 48;
    private static final int SHORT_ITEM = 10;

    /** Rules that are about words and not about structure; the manual explains them. */
    private static final Map<String, String> EXPLAINED = Map.of(
            "name", "name",
            "bareName", "name",
            "simpleName", "name",
            "alias", "alias",
            "bareAlias", "alias",
            "word", "word",
            "statement", "statement",
            "statements", "statements",
            "parameters", "parameters");

    private final Grammar grammar;
    private final Set<String> elsewhere;
    private final Set<String> items = new HashSet<>();

    /**
     * Syntax of one grammar.
     *
     * @param elsewhere rules that have a place of their own in the manual
     */
    Syntax(Grammar grammar, Set<String> elsewhere) {
        this.grammar = grammar;
        this.elsewhere = elsewhere;
        grammar.rules().values().forEach(rule -> items(rule, false));
    }

    /** Rules of what can stand several times are written once. */
    private void items(Part part, boolean repeated) {
        if (part instanceof Part.Reference reference && repeated) {
            items.add(reference.rule());
        }
        children(part).forEach(child -> items(child, repeated || part instanceof Part.Repeated));
    }

    /** These rules, each {@code rule} or {@code rule:KEYWORDS} for the alternatives with these keywords, and what they need. */
    String of(List<String> roots) {
        List<String> blocks = new ArrayList<>();
        Set<String> done = new LinkedHashSet<>(roots);
        Deque<String> open = new ArrayDeque<>();
        for (String root : roots) {
            Part part = Narrowing.of(root, grammar);
            boolean statement = grammar.statements().contains(root.split(":")[0]);
            blocks.add(statement ? statement(part) : rule(root, part));
            references(part, open, done);
        }
        while (!open.isEmpty()) {
            String name = open.poll();
            Part part = grammar.rule(name);
            blocks.add(rule(name, part));
            references(part, open, done);
        }
        return String.join("\n\n", blocks).replace("\":\" \":\"", "\"::\"") + "\n";
    }

    /** Rules that a part names and that must be shown below it. */
    private void references(Part part, Deque<String> open, Set<String> done) {
        switch (kindOf(part)) {
            case REFERENCE -> {
                String name = ((Part.Reference) part).rule();
                if (isInline(name)) {
                    references(grammar.rule(name), open, done);
                } else if (!EXPLAINED.containsKey(name) && !elsewhere.contains(name) && done.add(name)) {
                    open.add(name);
                }
            }
            case WORD -> {}
            default -> children(part).forEach(child -> references(child, open, done));
        }
    }

    private enum Kind {
        WORD,
        REFERENCE,
        SEQUENCE,
        CHOICE,
        MAYBE,
        REPEATED
    }

    private static Kind kindOf(Part part) {
        if (part instanceof Part.Word) {
            return Kind.WORD;
        } else if (part instanceof Part.Reference) {
            return Kind.REFERENCE;
        } else if (part instanceof Part.Sequence) {
            return Kind.SEQUENCE;
        } else if (part instanceof Part.Choice) {
            return Kind.CHOICE;
        }
        return part instanceof Part.Maybe ? Kind.MAYBE : Kind.REPEATED;
    }

    static List<Part> children(Part part) {
        if (part instanceof Part.Sequence sequence) {
            return sequence.parts();
        } else if (part instanceof Part.Choice choice) {
            return choice.parts();
        } else if (part instanceof Part.Maybe maybe) {
            return List.of(maybe.part());
        }
        return part instanceof Part.Repeated repeated ? List.of(repeated.part()) : List.of();
    }

    private boolean isInline(String name) {
        if (EXPLAINED.containsKey(name) || elsewhere.contains(name)) {
            return false;
        }
        Part part = grammar.rule(name);
        int most = items.contains(name) ? SHORT_ITEM : part instanceof Part.Choice ? SHORT_CHOICE : SHORT_SEQUENCE;
        return !leadsTo(part, name, new HashSet<>()) && text(part).length() <= most;
    }

    private boolean leadsTo(Part part, String name, Set<String> seen) {
        if (part instanceof Part.Reference reference) {
            String next = reference.rule();
            return next.equals(name)
                    || !EXPLAINED.containsKey(next)
                            && !elsewhere.contains(next)
                            && seen.add(next)
                            && leadsTo(grammar.rule(next), name, seen);
        }
        return children(part).stream().anyMatch(child -> leadsTo(child, name, seen));
    }

    /** A part in one line. */
    private String text(Part part) {
        return switch (kindOf(part)) {
            case WORD -> ((Part.Word) part).shown();
            case REFERENCE -> reference(((Part.Reference) part).rule());
            case SEQUENCE -> children(part).stream().map(this::closed).collect(Collectors.joining(" "));
            case CHOICE -> children(part).stream().map(this::text).collect(Collectors.joining(" | "));
            case MAYBE -> "[ " + text(children(part).get(0)) + " ]";
            case REPEATED -> "{ " + text(children(part).get(0)) + " }";
        };
    }

    private String reference(String name) {
        return isInline(name) ? text(grammar.rule(name)) : shown(name);
    }

    /** In a sequence a choice needs its parentheses, also one that comes from another rule. */
    private String closed(Part part) {
        boolean choice = part instanceof Part.Choice
                || part instanceof Part.Reference reference
                        && isInline(reference.rule())
                        && grammar.rule(reference.rule()) instanceof Part.Choice;
        return choice ? "( " + text(part) + " )" : text(part);
    }

    static String shown(String rule) {
        String name = EXPLAINED.getOrDefault(rule, rule);
        return name.equals("objectName")
                ? "object"
                : name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private String statement(Part part) {
        List<Part> forms = part instanceof Part.Choice choice ? choice.parts() : List.of(part);
        return forms.stream().map(form -> wrapped("", "    ", form)).collect(Collectors.joining("\n"));
    }

    private String rule(String name, Part part) {
        String before = shown(name) + " = ";
        String or = " ".repeat(before.length() - 2) + "| ";
        if (!(part instanceof Part.Choice choice)) {
            return wrapped(before, " ".repeat(before.length()), part);
        }
        if (choice.parts().stream().allMatch(Syntax::isPlain)) {
            return packed(before, or, choice.parts());
        }
        List<String> lines = new ArrayList<>();
        for (Part form : choice.parts()) {
            lines.add(wrapped(lines.isEmpty() ? before : or, " ".repeat(before.length() + 4), form));
        }
        return String.join("\n", lines);
    }

    private static boolean isPlain(Part part) {
        return part instanceof Part.Word
                || part instanceof Part.Reference
                || part instanceof Part.Sequence sequence
                        && sequence.parts().stream().allMatch(Part.Word.class::isInstance);
    }

    /** Alternatives of a word or two, as many on a line as it takes. */
    private String packed(String before, String or, List<Part> forms) {
        StringBuilder all = new StringBuilder(before);
        int start = 0;
        boolean first = true;
        for (Part form : forms) {
            String text = text(form);
            if (!first && all.length() - start + 3 + text.length() > WIDTH) {
                all.append('\n');
                start = all.length();
                all.append(or);
            } else if (!first) {
                all.append(" | ");
            }
            all.append(text);
            first = false;
        }
        return all.toString();
    }

    /** A form over several lines when it needs them, broken between its parts. */
    private String wrapped(String before, String indent, Part form) {
        List<Part> parts = form instanceof Part.Sequence sequence ? sequence.parts() : List.of(form);
        Lines lines = new Lines(before, indent);
        for (Part part : parts) {
            String text = parts.size() == 1 ? text(part) : closed(part);
            if (part instanceof Part.Choice choice && indent.length() + text.length() > WIDTH) {
                lines.breakNow();
                List<String> forms = choice.parts().stream().map(this::text).toList();
                lines.add("( " + String.join("\n" + indent + "| ", forms) + " )");
                lines.breakNow();
            } else if (indent.length() + text.length() > WIDTH) {
                List.of(text.split(" ")).forEach(lines::add);
            } else {
                lines.add(text);
            }
        }
        return lines.toString();
    }

    /** Lines that fill up. */
    private static final class Lines {

        private final StringBuilder all;
        private final String indent;
        private int column;
        private boolean atStart = true;
        private boolean breaks;

        Lines(String before, String indent) {
            this.all = new StringBuilder(before);
            this.indent = indent;
            this.column = before.length();
        }

        void breakNow() {
            breaks = true;
        }

        void add(String text) {
            if (!atStart && (breaks || column + 1 + text.length() > WIDTH)) {
                all.append('\n').append(indent);
                column = indent.length();
            } else if (!atStart) {
                all.append(' ');
                column++;
            }
            all.append(text);
            column += text.length();
            atStart = false;
            breaks = false;
        }

        @Override
        public String toString() {
            return all.toString();
        }
    }
}
