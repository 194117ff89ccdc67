package org.parley.sql.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of the statement language, read from the files that its parser is made from. */
record Grammar(Map<String, Part> rules) {

    private static final Path FOLDER = Path.of("src/main/antlr4/org/parley/sql/parse");
    private static final String FIRST = "statement";

    private static final Pattern LITERAL = Pattern.compile("(?m)^([A-Z_0-9]+) : '((?:[^'\\\\]|\\\\.)+)'.*;$");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z_0-9]+|\\+=|[=:;|()*+?]");
    /** Comments, labels of alternatives, and what stands before the first rule. */
    private static final Pattern BESIDE = Pattern.compile("//[^\\n]*|# *\\w+|(?s)\\A.*?\\n}");

    /** Values and names, which the lexer describes by their characters. */
    private static final Map<String, String> VALUES = Map.of(
            "TEXT", "text",
            "BYTES", "bytes",
            "INTEGER", "integer",
            "DECIMAL", "decimal",
            "FLOAT", "float",
            "VARIABLE", "@variable",
            "SYSTEM_VARIABLE", "@@variable",
            "IDENTIFIER", "identifier",
            "DELIMITED", "\"[\" anything \"]\"",
            "QUOTED", "'\"' anything '\"'");

    /** The grammar in the module's folder. */
    static Grammar read() throws IOException {
        Map<String, String> words = new LinkedHashMap<>();
        Matcher literal = LITERAL.matcher(Files.readString(FOLDER.resolve("StatementLexer.g4")));
        while (literal.find()) {
            String text = literal.group(2);
            words.put(literal.group(1), Character.isLetter(text.charAt(0)) ? text : "\"" + text + "\"");
        }
        words.putAll(VALUES);
        String parser = Files.readString(FOLDER.resolve("StatementParser.g4"));
        return new Grammar(new Reader(BESIDE.matcher(parser).replaceAll(""), words).rules());
    }

    Part rule(String name) {
        Part rule = rules.get(name);
        if (rule == null) {
            throw new NoSuchElementException("The grammar has no rule '" + name + "'.");
        }
        return rule;
    }

    /** The rules of single statements: those that the first rule leads to by nothing but choices between rules. */
    List<String> statements() {
        List<String> statements = new ArrayList<>();
        collect(FIRST, statements);
        return statements;
    }

    private void collect(String name, List<String> statements) {
        if (rule(name) instanceof Part.Choice choice
                && choice.parts().stream().allMatch(Part.Reference.class::isInstance)) {
            choice.parts().forEach(part -> collect(((Part.Reference) part).rule(), statements));
        } else {
            statements.add(name);
        }
    }

    /** Reads the notation of the grammar's file. */
    private static final class Reader {

        private final List<String> tokens = new ArrayList<>();
        private final Map<String, String> words;
        private int next;

        Reader(String text, Map<String, String> words) {
            this.words = words;
            Matcher token = TOKEN.matcher(text);
            while (token.find()) {
                tokens.add(token.group());
            }
        }

        Map<String, Part> rules() {
            Map<String, Part> rules = new LinkedHashMap<>();
            while (next < tokens.size()) {
                String name = take();
                expect(":");
                rules.put(name, choice());
                expect(";");
            }
            return rules;
        }

        private Part choice() {
            List<Part> parts = new ArrayList<>();
            do {
                parts.add(sequence());
            } while (taken("|"));
            return parts.size() == 1 ? parts.get(0) : new Part.Choice(List.copyOf(parts));
        }

        private Part sequence() {
            List<Part> parts = new ArrayList<>();
            while (!List.of("|", ")", ";").contains(tokens.get(next))) {
                parts.addAll(quantified());
            }
            return parts.size() == 1 ? parts.get(0) : new Part.Sequence(List.copyOf(parts));
        }

        private List<Part> quantified() {
            Part part = single();
            if (taken("?")) {
                return List.of(new Part.Maybe(part));
            }
            if (taken("*")) {
                return List.of(new Part.Repeated(part));
            }
            return taken("+") ? List.of(part, new Part.Repeated(part)) : List.of(part);
        }

        private Part single() {
            if (taken("(")) {
                Part group = choice();
                expect(")");
                return group;
            }
            String name = take();
            if (taken("=") || taken("+=")) {
                return single();
            }
            if (Character.isLowerCase(name.charAt(0))) {
                return new Part.Reference(name);
            }
            String word = words.get(name);
            if (word == null) {
                throw new NoSuchElementException("The lexer has no word '" + name + "'.");
            }
            return new Part.Word(word);
        }

        private boolean taken(String token) {
            boolean there = next < tokens.size() && tokens.get(next).equals(token);
            next += there ? 1 : 0;
            return there;
        }

        private String take() {
            return tokens.get(next++);
        }

        private void expect(String token) {
            String found = take();
            if (!found.equals(token)) {
                throw new IllegalStateException("Found '" + found + "' for '" + token + "' before "
                        + tokens.subList(next, Math.min(tokens.size(), next + 10)));
            }
        }
    }
}
