package org.parley.sql.print;

import java.util.List;
import java.util.function.Consumer;
import org.parley.sql.ast.ControlStatement;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Statement;

/** Prints statements that steer a batch. */
final class ControlPrinter extends Rules<ControlStatement> {

    private final Output out;
    private final ExpressionPrinter expressions;
    private final TablePrinter tables;
    private final Consumer<Statement> statements;

    ControlPrinter(Output out, ExpressionPrinter expressions, TablePrinter tables, Consumer<Statement> statements) {
        this.out = out;
        this.expressions = expressions;
        this.tables = tables;
        this.statements = statements;
        flow();
        variablesAndErrors();
        transactions();
        on(ControlStatement.ExecuteProcedure.class, this::execute);
        on(ControlStatement.ExecuteText.class, it -> {
            out.words("EXECUTE (");
            expressions.print(it.text());
            out.mark(")");
        });
        on(ControlStatement.ExecuteAs.class, this::executeAs);
        on(ControlStatement.Use.class, it -> out.words("USE").name(it.database()));
    }

    private void flow() {
        on(ControlStatement.Block.class, it -> {
            out.words("BEGIN");
            body(it.statements());
            out.words("END");
        });
        on(ControlStatement.TryCatch.class, this::tryCatch);
        on(ControlStatement.If.class, this::ifElse);
        on(ControlStatement.While.class, it -> {
            out.words("WHILE");
            expressions.print(it.condition());
            branch(it.body());
        });
        on(ControlStatement.Break.class, it -> out.words("BREAK"));
        on(ControlStatement.Continue.class, it -> out.words("CONTINUE"));
        on(ControlStatement.Return.class, it -> {
            out.words("RETURN");
            if (it.value() != null) {
                expressions.print(it.value());
            }
        });
        on(ControlStatement.WaitForDelay.class, it -> {
            out.words(it.time() ? "WAITFOR TIME" : "WAITFOR DELAY");
            expressions.print(it.value());
        });
    }

    private void variablesAndErrors() {
        on(ControlStatement.Print.class, it -> {
            out.words("PRINT");
            expressions.print(it.text());
        });
        on(ControlStatement.RaiseError.class, this::raiseError);
        on(ControlStatement.Throw.class, this::throwError);
        on(ControlStatement.Declare.class, it -> out.words("DECLARE").list(it.variables(), this::declared));
        on(ControlStatement.SetVariable.class, it -> {
            out.words("SET").words(it.variable()).words(it.operator());
            expressions.print(it.value());
        });
        on(
                ControlStatement.SetOption.class,
                it -> out.words("SET").list(it.options(), out::words).words(it.value()));
    }

    private void transactions() {
        on(ControlStatement.BeginTransaction.class, it -> transaction("BEGIN TRANSACTION", it.name()));
        on(ControlStatement.Commit.class, it -> transaction("COMMIT TRANSACTION", it.name()));
        on(ControlStatement.Rollback.class, it -> transaction("ROLLBACK TRANSACTION", it.name()));
        on(ControlStatement.Save.class, it -> transaction("SAVE TRANSACTION", it.name()));
    }

    private void transaction(String words, String name) {
        out.words(words);
        if (name != null) {
            out.name(name);
        }
    }

    /** Statements with their semicolons, each on lines of its own. */
    void lines(List<Statement> all) {
        String separator = "";
        for (Statement statement : all) {
            if (!separator.isEmpty()) {
                out.newLine();
            }
            statements.accept(statement);
            out.mark(";");
            separator = ";";
        }
    }

    private void body(List<Statement> all) {
        out.indented(() -> {
            out.newLine();
            lines(all);
        });
        out.newLine();
    }

    private void branch(Statement statement) {
        out.indented(() -> {
            out.newLine();
            statements.accept(statement);
        });
    }

    private void ifElse(ControlStatement.If choice) {
        out.words("IF");
        expressions.print(choice.condition());
        branch(choice.then());
        if (choice.otherwise() != null) {
            out.newLine().words("ELSE");
            branch(choice.otherwise());
        }
    }

    private void tryCatch(ControlStatement.TryCatch attempt) {
        out.words("BEGIN TRY");
        body(attempt.body());
        out.words("END TRY").newLine().words("BEGIN CATCH");
        if (attempt.handler().isEmpty()) {
            out.newLine();
        } else {
            body(attempt.handler());
        }
        out.words("END CATCH");
    }

    private void raiseError(ControlStatement.RaiseError raise) {
        out.words("RAISERROR").parentheses(() -> {
            comma(raise.message());
            comma(raise.severity());
            expressions.print(raise.state());
            for (Expression argument : raise.arguments()) {
                out.mark(",");
                expressions.print(argument);
            }
        });
        if (!raise.options().isEmpty()) {
            out.words("WITH").list(raise.options(), out::words);
        }
    }

    private void comma(Expression expression) {
        expressions.print(expression);
        out.mark(",");
    }

    private void throwError(ControlStatement.Throw thrown) {
        out.words("THROW");
        if (thrown.number() != null) {
            comma(thrown.number());
            comma(thrown.message());
            expressions.print(thrown.state());
        }
    }

    private void declared(ControlStatement.Declared declared) {
        out.words(declared.name());
        if (declared instanceof ControlStatement.TableVariable table) {
            out.words("TABLE");
            tables.table(table.table());
        } else {
            ControlStatement.ScalarVariable scalar = (ControlStatement.ScalarVariable) declared;
            expressions.type(scalar.type());
            out.optional("=", scalar.initial(), expressions::print);
        }
    }

    private void execute(ControlStatement.ExecuteProcedure execute) {
        out.words("EXECUTE");
        if (execute.result() != null) {
            out.words(execute.result()).words("=");
        }
        out.name(execute.procedure());
    }

    private void executeAs(ControlStatement.ExecuteAs execute) {
        if (execute.user() == null) {
            out.words("REVERT");
        } else {
            out.words("EXECUTE AS USER =");
            expressions.print(execute.user());
        }
    }
}
