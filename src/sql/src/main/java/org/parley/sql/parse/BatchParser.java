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
 * again. Where both fail it is read once more, to find out what could have stood there.
 */
public final class BatchParser {

    private final CommonTokenStream tokens;
    private final StatementParser parser;
    private final TreeBuilder builder;

    /** Where the statement before begins; -1 when there is none. */
    private int before = -1;

    /** Where a statement begins that only the stronger prediction could read; -1 when the last one needed it not. */
    private int doubtful = -1;

    private BatchParser(String batch, int firstLine) {
        StatementLexer lexer = new StatementLexer(new ScriptText(batch));
        lexer.setLine(firstLine);
        lexer.removeErrorListeners();
        tokens = new CommonTokenStream(lexer);
        parser = new StatementParser(tokens);
        parser.removeErrorListeners();
        Predictions.latest().teach(parser);
        builder = new TreeBuilder(batch);
    }

    /**
     * The statements of a batch, in their order; none when there is nothing but comments.
     *
     * @param batch text without GO; {@link Batches} cuts a script into such
     * @throws SyntaxError with the place, what was found and what was expected
     */
    public static List<Statement> parse(String batch) {
        return parse(batch, 1);
    }

    /**
     * The statements of a batch, with lines counted from another one than 1.
     *
     * @param firstLine of its first line
     */
    public static List<Statement> parse(String batch, int firstLine) {
        return new BatchParser(batch, firstLine).statements();
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
        StatementContext context = read(PredictionMode.SLL);
        if (context != null) {
            doubtful = -1;
            return context;
        }
        tokens.seek(start);
        context = read(PredictionMode.LL);
        if (context == null) {
            throw error(start, separated);
        }
        // it may have stopped before what is wrong, and the next statement finds it then
        doubtful = doubtful < 0 ? start : doubtful;
        return context;
    }

    /** What the weaker prediction says is the error: the stronger one rather ends a statement before it. */
    private SyntaxError error(int start, boolean separated) {
        parser.setErrorHandler(new Expectations());
        SyntaxError earlier = null;
        if (doubtful >= 0) {
            earlier = errorOf(doubtful);
        } else if (!separated && before >= 0) {
            // what could have followed there could stand here
            earlier = errorOf(before);
        }
        SyntaxError here = errorOf(start);
        return earlier != null && (here == null || earlier.isBehind(here)) ? earlier : here;
    }

    private SyntaxError errorOf(int start) {
        tokens.seek(start);
        try {
            parse(PredictionMode.SLL);
            return null;
        } catch (SyntaxError error) {
            return error;
        }
    }

    /** The statement that begins here, or null when it can't be read so. */
    private StatementContext read(PredictionMode mode) {
        parser.setErrorHandler(new BailErrorStrategy());
        try {
            return parse(mode);
        } catch (ParseCancellationException e) {
            // the caller finds out what this means
            return null;
        }
    }

    private StatementContext parse(PredictionMode mode) {
        parser.beginStatement();
        parser.getInterpreter().setPredictionMode(mode);
        return parser.statement();
    }
}
