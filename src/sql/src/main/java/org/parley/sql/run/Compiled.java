package org.parley.sql.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.parley.sql.ast.ControlStatement.Declared;
import org.parley.sql.ast.DefinitionStatement.Procedure;
import org.parley.sql.ast.Statement;
import org.parley.sql.parse.BatchParser;

/**
 * A batch, procedure or text that is ready to run.
 *
 * @param statements what it does
 * @param variables what it declares, by name in lower case
 */
record Compiled(List<Statement> statements, Map<String, Declared> variables) {

    /** A batch or text. */
    static Compiled batch(String text) {
        List<Statement> statements = BatchParser.parse(text);
        return new Compiled(statements, Declarations.of(statements, false));
    }

    /** Bodies of procedures by their text: each is read once, and those that are called most stay. */
    static final class Procedures {

        private static final int MOST = 500;

        private final Map<String, Compiled> bodies = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Compiled> eldest) {
                return size() > MOST;
            }
        };

        /** The body of a procedure. */
        synchronized Compiled of(String text) {
            return bodies.computeIfAbsent(text, Procedures::read);
        }

        private static Compiled read(String text) {
            List<Statement> statements = BatchParser.parse(text);
            if (statements.size() == 1 && statements.get(0) instanceof Procedure procedure) {
                return new Compiled(procedure.body(), Declarations.of(procedure.body(), true));
            }
            throw new IllegalStateException(
                    "The catalog holds a procedure that is none: " + statements.size() + " statements.");
        }
    }
}
