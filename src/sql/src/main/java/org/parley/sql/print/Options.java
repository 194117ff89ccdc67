package org.parley.sql.print;

import java.util.function.Consumer;

/** Options that are written when they have a value: the first one behind a word, each other behind a comma. */
final class Options {

    private final Output out;
    private final String opening;
    private boolean some;

    Options(Output out, String opening) {
        this.out = out;
        this.opening = opening;
    }

    <T> void value(String words, T value, Consumer<? super T> print) {
        if (value == null) {
            return;
        }
        if (some) {
            out.mark(",");
        } else {
            out.words(opening);
        }
        some = true;
        out.words(words);
        print.accept(value);
    }

    void text(String name, String value) {
        value(name + " =", value, out::text);
    }

    /** Whether anything was written. */
    boolean some() {
        return some;
    }
}
