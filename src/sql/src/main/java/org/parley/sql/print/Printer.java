package org.parley.sql.print;

import java.util.List;
import java.util.function.Consumer;
import org.parley.sql.ast.ControlStatement;
import org.parley.sql.ast.ConversationStatement;
import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.DefinitionStatement;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Query;
import org.parley.sql.ast.SecurityDefinition;
import org.parley.sql.ast.ServerDefinition;
import org.parley.sql.ast.Statement;

/**
 * Prints a syntax tree as text that parses to the same tree. Passwords are printed too, so what it gives isn't for logs.
 */
public final class Printer {

    private final Output out = new Output();
    private final ExpressionPrinter expressions = new ExpressionPrinter(out);
    private final QueryPrinter queries = expressions.queries();
    private final TablePrinter tables = new TablePrinter(out, expressions);
    private final ControlPrinter control = new ControlPrinter(out, expressions, tables, this::statement);
    private final ConversationPrinter conversations = new ConversationPrinter(out, expressions);
    private final DefinitionPrinter definitions = new DefinitionPrinter(out, expressions);
    private final ServerPrinter servers = new ServerPrinter(out, expressions);
    private final SecurityPrinter security = new SecurityPrinter(out);

    private Printer() {}

    /** A statement, without a semicolon behind it. */
    public static String print(Statement statement) {
        return printed(printer -> printer.statement(statement));
    }

    /** A batch: each statement with its semicolon, on lines of its own. */
    public static String print(List<Statement> statements) {
        return printed(printer -> printer.control.lines(statements));
    }

    /** An expression. */
    public static String print(Expression expression) {
        return printed(printer -> printer.expressions.print(expression));
    }

    /** A query. */
    public static String print(Query query) {
        return printed(printer -> printer.queries.query(query));
    }

    private static String printed(Consumer<Printer> job) {
        Printer printer = new Printer();
        job.accept(printer);
        return printer.out.toString();
    }

    private void statement(Statement statement) {
        if (statement instanceof ControlStatement flow) {
            control.print(flow);
        } else if (statement instanceof ConversationStatement conversation) {
            conversations.print(conversation);
        } else if (statement instanceof DataStatement data) {
            tables.print(data);
        } else if (statement instanceof ServerDefinition server) {
            servers.print(server);
        } else if (statement instanceof SecurityDefinition secured) {
            security.print(secured);
        } else {
            definitions.print((DefinitionStatement.Defines) statement);
        }
    }
}
