package org.parley.cli.shell;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.Vocabulary;
import org.parley.sql.parse.StatementLexer;

/** Words of the statement language that completion offers: all that its grammar knows, and GO. */
final class Keywords {

    static final Set<String> ALL = words();

    private Keywords() {}

    private static Set<String> words() {
        Vocabulary tokens = StatementLexer.VOCABULARY;
        Set<String> words = new TreeSet<>(Set.of("GO"));
        for (int token = 1; token <= tokens.getMaxTokenType(); token++) {
            String literal = tokens.getLiteralName(token);
            if (literal != null && literal.matches("'[A-Z][A-Z_]+'")) {
                words.add(literal.substring(1, literal.length() - 1));
            }
        }
        return words;
    }

    static boolean isKeyword(String name) {
        return ALL.contains(name.toUpperCase(Locale.ROOT));
    }
}
