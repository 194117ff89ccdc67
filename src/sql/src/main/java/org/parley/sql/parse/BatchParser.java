package org.parley.sql.parse;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.parley.sql.ast.Statement;
import org.parley.sql.parse.StatementParser.StatementContext;

/**
 * Parses a batch, one statement after the other, so that of a long one only its tokens and the syntax tree are kept.
 *
 * <p>A statement is first read with the weaker and faster of ANTLR's two predictions. Where that fails the other one reads it
 * again, and knows what could have stood where it fails too.
 */
public final class BatchParser {

    private final CommonTokenStream tokens;
    private final StatementParser parser;
    private final TreeBuilder builder;
    private int before = -1;

    private BatchParser(String batch) {
        StatementLexer lexer = new StatementLexer(new ScriptText(batch));
        lexer.removeErrorListeners();
        tokens = new CommonTokenStream(lexer);
        parser = new StatementParser(tokens);
        parser.removeErrorListeners();
        builder = new TreeBuilder(batch);
    }

    /**
     * The statements of a batch, in their order; none when there is nothing but comments.
     *
     * @param batch text without GO; {@link Batches} cuts a script into such
     * @throws SyntaxError with the place, what was found and what was expected
     */
    public static List<Statement> parse(String batch) {
        return new BatchParser(batch).statements();
    }

    private List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        boolean separated = skipSemicolons();
        while (tokens.LA(1) != StatementLexer.EOF) {
            int start = tokens.index();
            StatementContext context = statement(separated);
            statements.add(builder.statement(context, statements.isEmpty(), statements.isEmpty() || separated));
            before = start;
            separated = skipSemicolons();
        }
        return List.copyOf(statements);
    }

    private boolean skipSemicolons() {
        boolean some = false;
        while (tokens.LA(1) == StatementLexer.SEMICOLON) {
            tokens.consume();
            some = true;
        }
        return some;
    }

    private StatementContext statement(boolean separated) {
        int start = tokens.index();
        try {
            parser.setErrorHandler(new BailErrorStrategy());
            return read(PredictionMode.SLL);
        } catch (ParseCancellationException e) {
            // that the weaker prediction fails says nothing yet
            Expectations expectations = new Expectations();
            parser.setErrorHandler(expectations);
            if (!separated && before >= 0) {
                tokens.seek(before);
                read(PredictionMode.LL);
            }
            tokens.seek(start);
            return read(PredictionMode.LL);
        }
    }

    private StatementContext read(PredictionMode mode) {
        parser.beginStatement();
        parser.getInterpreter().setPredictionMode(mode);
        return parser.statement();
    }
}
