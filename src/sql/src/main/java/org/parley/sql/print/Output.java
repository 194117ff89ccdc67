package org.parley.sql.print;

import java.util.List;
import java.util.function.Consumer;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.parse.Names;

/** Text in the making: words with one space between them, names in delimiters where they need some. */
final class Output {

    private static final String INDENT = "    ";

    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** Words behind what is there. */
    Output words(String words) {
        if (needsSpace()) {
            text.append(' ');
        }
        text.append(words);
        return this;
    }

    private boolean needsSpace() {
        if (text.isEmpty()) {
            return false;
        }
        char last = text.charAt(text.length() - 1);
        return last != '(' && last != '\n' && last != ' ' && last != '.';
    }

    /** A mark that follows without a space. */
    Output mark(String mark) {
        text.append(mark);
        return this;
    }

    Output name(String name) {
        return words(delimited(name));
    }

    /** A name, or a word that stands there when there is none. */
    Output nameOr(String name, String word) {
        return name == null ? words(word) : name(name);
    }

    Output name(ObjectName name) {
        StringBuilder parts = new StringBuilder();
        for (String part : name.parts()) {
            parts.append(parts.isEmpty() ? "" : ".").append(part.isEmpty() ? "" : delimited(part));
        }
        return words(parts.toString());
    }

    static String delimited(String name) {
        return Names.isPlain(name) ? name : "[" + name.replace("]", "]]") + "]";
    }

    Output text(String value) {
        return words(quoted(value));
    }

    static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    Output onOff(boolean on) {
        return words(on ? "ON" : "OFF");
    }

    /** Something in parentheses. */
    Output parentheses(Runnable inside) {
        words("(");
        inside.run();
        return mark(")");
    }

    /** All of them with commas between them. */
    <T> Output list(List<T> all, Consumer<? super T> each) {
        String separator = "";
        for (T one : all) {
            mark(separator);
            each.accept(one);
            separator = ",";
        }
        return this;
    }

    /** Words and a value, when there is a value. */
    <T> Output optional(String words, T value, Consumer<? super T> print) {
        if (value != null) {
            words(words);
            print.accept(value);
        }
        return this;
    }

    Output newLine() {
        text.append('\n').append(INDENT.repeat(depth));
        return this;
    }

    void indented(Runnable inside) {
        depth++;
        inside.run();
        depth--;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
