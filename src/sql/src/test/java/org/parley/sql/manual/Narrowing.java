package org.parley.sql.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Finds the part of a rule that is about some keywords: of DROP the form that drops a queue. */
final class Narrowing {

    private Narrowing() {}

    /**
     * A rule, or its form with some keywords.
     *
     * @param root {@code rule}, or {@code rule:KEY-WORDS}
     */
    static Part of(String root, Grammar grammar) {
        String[] names = root.split(":");
        Part rule = grammar.rule(names[0]);
        if (names.length == 1) {
            return rule;
        }
        String keywords = names[1].replace('-', ' ');
        return narrowed(rule, keywords, grammar)
                .orElseThrow(() ->
                        new NoSuchElementException("The rule '" + names[0] + "' has no form with " + keywords + "."));
    }

    /** All keywords by which forms of a rule differ, as {@code rule:KEY-WORDS}; of one without such forms the rule alone. */
    static List<String> forms(String rule, Grammar grammar) {
        List<String> forms = new ArrayList<>();
        if (!(grammar.rule(rule) instanceof Part.Choice choice) || !rule.equals("drop")) {
            return List.of(rule);
        }
        for (Part form : choice.parts()) {
            Part kind = ((Part.Sequence) form).parts().get(1);
            Part kinds = kind instanceof Part.Reference reference ? grammar.rule(reference.rule()) : kind;
            if (kinds instanceof Part.Choice several) {
                several.parts()
                        .forEach(each -> forms.add(rule + ":" + words(each).replace(' ', '-')));
            } else {
                forms.add(rule + ":" + words(form).replaceFirst("^\\w+ ", "").replace(' ', '-'));
            }
        }
        return forms;
    }

    private static Optional<Part> narrowed(Part part, String keywords, Grammar grammar) {
        if (part instanceof Part.Reference reference) {
            return narrowed(grammar.rule(reference.rule()), keywords, grammar);
        }
        if (part instanceof Part.Choice choice) {
            return choice.parts().stream()
                    .flatMap(form -> {
                        boolean equal =
                                words(form).equals(keywords) || words(form).equals("DROP " + keywords);
                        return (equal ? Optional.of(form) : narrowed(form, keywords, grammar)).stream();
                    })
                    .findFirst();
        }
        if (part instanceof Part.Sequence sequence) {
            for (int i = 0; i < sequence.parts().size(); i++) {
                Optional<Part> found = narrowed(sequence.parts().get(i), keywords, grammar);
                if (found.isPresent()) {
                    List<Part> parts = new ArrayList<>(sequence.parts());
                    parts.set(i, found.get());
                    return Optional.of(new Part.Sequence(parts));
                }
            }
        }
        return Optional.empty();
    }

    /** A part that consists of keywords as they are written; else something that no keywords are. */
    private static String words(Part part) {
        if (part instanceof Part.Word word) {
            return word.shown();
        }
        return part instanceof Part.Sequence sequence
                ? String.join(
                        " ", sequence.parts().stream().map(Narrowing::words).toList())
                : "?";
    }
}
