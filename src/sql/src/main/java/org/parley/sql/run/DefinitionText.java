package org.parley.sql.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.spi.DefinitionSession;
import org.parley.spi.Definitions;
import org.parley.sql.ast.DefinitionStatement;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Position;
import org.parley.sql.ast.Statement;
import org.parley.sql.parse.BatchParser;
import org.parley.sql.parse.Batches;

/**
 * A text of definition statements alone. Its lines are counted through all of its batches.
 *
 * @param batches in their order
 */
record DefinitionText(List<Part> batches) implements Definitions {

    /** A batch and how often it runs. */
    private record Part(List<DefinitionStatement> statements, int times) {}

    /** Reads a text; throws what is wrong with it. */
    static DefinitionText of(String text) {
        List<Part> parts = new ArrayList<>();
        for (Batches.Text batch : Batches.split(text)) {
            List<Statement> statements = BatchParser.parse(batch.text(), batch.line());
            List<DefinitionStatement> own =
                    statements.stream().map(DefinitionText::definition).toList();
            try {
                Declarations.of(statements, false);
            } catch (CompileError e) {
                throw placed(e.at(), e);
            }
            parts.add(new Part(own, batch.times()));
        }
        return new DefinitionText(parts);
    }

    private static DefinitionStatement definition(Statement statement) {
        if (statement instanceof DefinitionStatement definition) {
            return definition;
        }
        String words = statement
                .getClass()
                .getSimpleName()
                .replaceAll("Statement$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toUpperCase(Locale.ROOT);
        throw new BrokerException(
                ErrorNumbers.NO_DEFINITION,
                place(statement.at()) + "found a statement " + words
                        + ", expected definitions of the database alone; BrokerConnection.execute runs scripts.");
    }

    @Override
    public void apply(DefinitionSession session) {
        DefinitionSteps steps = new DefinitionSteps(new DefinitionContext(session, DefinitionText::text, true));
        for (Part part : batches) {
            for (int i = 0; i < part.times(); i++) {
                part.statements().forEach(statement -> run(statement, steps));
            }
        }
    }

    private static void run(DefinitionStatement statement, DefinitionSteps steps) {
        try {
            ScriptRun.checkInterrupt();
            steps.run(statement);
        } catch (BrokerException e) {
            throw placed(statement.at(), e);
        }
    }

    private static BrokerException placed(Position at, BrokerException error) {
        return new BrokerException(error.number(), place(at) + error.getMessage(), error);
    }

    private static String place(Position at) {
        return at.line() + ":" + at.column() + ": ";
    }

    /** Without variables a text is a constant. */
    private static String text(Expression expression) {
        return ((Expression.Text) expression).value();
    }
}
