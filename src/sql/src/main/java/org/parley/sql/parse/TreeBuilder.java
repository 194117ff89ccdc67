package org.parley.sql.parse;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.parley.sql.ast.Statement;
import org.parley.sql.parse.StatementParser.ControlStatementContext;
import org.parley.sql.parse.StatementParser.ConversationStatementContext;
import org.parley.sql.parse.StatementParser.DataStatementContext;
import org.parley.sql.parse.StatementParser.DefinitionStatementContext;
import org.parley.sql.parse.StatementParser.StatementContext;
import org.parley.sql.parse.StatementParser.StatementsContext;

/** Makes the syntax tree of a batch of its parse trees: hands each statement to the builder of its kind. */
final class TreeBuilder extends StatementParserBaseVisitor<Statement> {

    private final String batch;
    private final ExpressionBuilder expressions = new ExpressionBuilder(this);
    private final QueryBuilder queries = new QueryBuilder(expressions);
    private final TableBuilder tables = new TableBuilder(expressions, queries);
    private final ControlBuilder control = new ControlBuilder(this);
    private final ConversationBuilder conversations = new ConversationBuilder(expressions, queries);
    private final DefinitionBuilder definitions = new DefinitionBuilder(this);

    /** Statement that nothing stands before, or null. */
    private ParserRuleContext first;

    TreeBuilder(String batch) {
        this.batch = batch;
    }

    ExpressionBuilder expressions() {
        return expressions;
    }

    QueryBuilder queries() {
        return queries;
    }

    TableBuilder tables() {
        return tables;
    }

    /**
     * A statement of the batch itself.
     *
     * @param isFirst nothing stands before it
     * @param separated a semicolon stands before it, or nothing
     */
    Statement statement(StatementContext context, boolean isFirst, boolean separated) {
        first = isFirst ? context : null;
        checkSeparated(context, separated);
        return statement(context);
    }

    Statement statement(StatementContext context) {
        return visit(context);
    }

    List<Statement> statements(StatementsContext context) {
        List<Statement> statements = new ArrayList<>();
        boolean separated = true;
        for (ParseTree child : context.children) {
            if (child instanceof StatementContext statement) {
                checkSeparated(statement, separated);
                statements.add(statement(statement));
            }
            separated = !(child instanceof StatementContext);
        }
        return List.copyOf(statements);
    }

    /** These words are names too, so that without the semicolon they could belong to the statement before. */
    private static void checkSeparated(StatementContext statement, boolean separated) {
        Token word = statement.getStart();
        boolean name =
                switch (word.getType()) {
                    case StatementLexer.SEND,
                            StatementLexer.RECEIVE,
                            StatementLexer.GET,
                            StatementLexer.MOVE,
                            StatementLexer.THROW -> true;
                    default -> false;
                };
        if (name && !separated) {
            String found = Terms.upper(word.getText());
            throw SyntaxError.at(
                    SyntaxError.NOT_SEPARATED,
                    word,
                    "'" + found + "'",
                    "';'",
                    "found " + found + ", expected ';': the statement before it must end with a semicolon.");
        }
    }

    /** Refuses a statement that can only begin a batch. */
    void mustBeFirst(ParserRuleContext context, String what) {
        if (first == null || first.getStart() != context.getStart()) {
            throw SyntaxError.at(
                    SyntaxError.NOT_FIRST,
                    context.getStart(),
                    "'" + context.getStart().getText() + "'",
                    "GO before it",
                    "the definition of " + what + " must be the first statement of its batch; expected GO before it.");
        }
    }

    /** What stands in the batch from there to the end of the last statement, without the semicolon behind it. */
    String textOf(ParserRuleContext context, StatementsContext statements) {
        List<StatementContext> all = statements.statement();
        return batch.substring(
                context.getStart().getStartIndex(),
                all.get(all.size() - 1).getStop().getStopIndex() + 1);
    }

    @Override
    public Statement visitControlStatement(ControlStatementContext context) {
        return control.visit(context);
    }

    @Override
    public Statement visitConversationStatement(ConversationStatementContext context) {
        return conversations.visit(context);
    }

    @Override
    public Statement visitDataStatement(DataStatementContext context) {
        return tables.visit(context);
    }

    @Override
    public Statement visitDefinitionStatement(DefinitionStatementContext context) {
        return definitions.visit(context);
    }
}
