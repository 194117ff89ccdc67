package org.parley.sql.parse;

import java.util.List;
import org.parley.sql.ast.ControlStatement;
import org.parley.sql.ast.Statement;
import org.parley.sql.parse.StatementParser.BeginTransactionContext;
import org.parley.sql.parse.StatementParser.BlockContext;
import org.parley.sql.parse.StatementParser.BreakStatementContext;
import org.parley.sql.parse.StatementParser.CommitTransactionContext;
import org.parley.sql.parse.StatementParser.ContinueStatementContext;
import org.parley.sql.parse.StatementParser.DeclareStatementContext;
import org.parley.sql.parse.StatementParser.DeclaredContext;
import org.parley.sql.parse.StatementParser.ExecuteAsUserContext;
import org.parley.sql.parse.StatementParser.ExecuteProcedureContext;
import org.parley.sql.parse.StatementParser.ExecuteTextContext;
import org.parley.sql.parse.StatementParser.IfStatementContext;
import org.parley.sql.parse.StatementParser.PrintStatementContext;
import org.parley.sql.parse.StatementParser.RaiseErrorContext;
import org.parley.sql.parse.StatementParser.ReturnStatementContext;
import org.parley.sql.parse.StatementParser.RevertContext;
import org.parley.sql.parse.StatementParser.RollbackTransactionContext;
import org.parley.sql.parse.StatementParser.SaveTransactionContext;
import org.parley.sql.parse.StatementParser.SetOptionContext;
import org.parley.sql.parse.StatementParser.SetVariableContext;
import org.parley.sql.parse.StatementParser.ThrowStatementContext;
import org.parley.sql.parse.StatementParser.TryCatchContext;
import org.parley.sql.parse.StatementParser.UseDatabaseContext;
import org.parley.sql.parse.StatementParser.WaitForDelayContext;
import org.parley.sql.parse.StatementParser.WhileStatementContext;

/** Makes statements that steer a batch. */
final class ControlBuilder extends StatementParserBaseVisitor<ControlStatement> {

    private final TreeBuilder tree;
    private final ExpressionBuilder expressions;

    ControlBuilder(TreeBuilder tree) {
        this.tree = tree;
        this.expressions = tree.expressions();
    }

    @Override
    public ControlStatement visitBlock(BlockContext context) {
        return new ControlStatement.Block(Terms.at(context), tree.statements(context.statements()));
    }

    @Override
    public ControlStatement visitTryCatch(TryCatchContext context) {
        List<Statement> handler = context.handler == null ? List.of() : tree.statements(context.handler);
        return new ControlStatement.TryCatch(Terms.at(context), tree.statements(context.statements(0)), handler);
    }

    @Override
    public ControlStatement visitIfStatement(IfStatementContext context) {
        return new ControlStatement.If(
                Terms.at(context),
                expressions.condition(context.condition()),
                tree.statement(context.statement(0)),
                context.ELSE() == null ? null : tree.statement(context.statement(1)));
    }

    @Override
    public ControlStatement visitWhileStatement(WhileStatementContext context) {
        return new ControlStatement.While(
                Terms.at(context), expressions.condition(context.condition()), tree.statement(context.statement()));
    }

    @Override
    public ControlStatement visitBreakStatement(BreakStatementContext context) {
        return new ControlStatement.Break(Terms.at(context));
    }

    @Override
    public ControlStatement visitContinueStatement(ContinueStatementContext context) {
        return new ControlStatement.Continue(Terms.at(context));
    }

    @Override
    public ControlStatement visitReturnStatement(ReturnStatementContext context) {
        return new ControlStatement.Return(Terms.at(context), expressions.value(context.expression()));
    }

    @Override
    public ControlStatement visitPrintStatement(PrintStatementContext context) {
        return new ControlStatement.Print(Terms.at(context), expressions.value(context.expression()));
    }

    @Override
    public ControlStatement visitRaiseError(RaiseErrorContext context) {
        return new ControlStatement.RaiseError(
                Terms.at(context),
                expressions.value(context.message),
                expressions.value(context.severity),
                expressions.value(context.state),
                expressions.values(context.values),
                Terms.all(context.raiseErrorOption(), Terms::words));
    }

    @Override
    public ControlStatement visitThrowStatement(ThrowStatementContext context) {
        return new ControlStatement.Throw(
                Terms.at(context),
                Terms.constant(context.code),
                Terms.constant(context.message),
                Terms.constant(context.state));
    }

    @Override
    public ControlStatement visitDeclareStatement(DeclareStatementContext context) {
        return new ControlStatement.Declare(Terms.at(context), Terms.all(context.declared(), this::declared));
    }

    private ControlStatement.Declared declared(DeclaredContext context) {
        String name = Terms.variable(context.VARIABLE());
        if (context.tableDefinition() != null) {
            return new ControlStatement.TableVariable(name, tree.tables().table(context.tableDefinition()));
        }
        return new ControlStatement.ScalarVariable(
                name, TableBuilder.type(context.typeName()), expressions.value(context.expression()));
    }

    @Override
    public ControlStatement visitSetVariable(SetVariableContext context) {
        return new ControlStatement.SetVariable(
                Terms.at(context),
                Terms.variable(context.VARIABLE()),
                context.assignmentOperator().getText(),
                expressions.value(context.expression()));
    }

    @Override
    public ControlStatement visitSetOption(SetOptionContext context) {
        if (context.isolationLevel() != null) {
            return new ControlStatement.SetOption(
                    Terms.at(context), List.of("TRANSACTION ISOLATION LEVEL"), Terms.words(context.isolationLevel()));
        }
        String value = context.optionValue().integer() == null
                ? Terms.words(context.optionValue())
                : context.optionValue().getText();
        return new ControlStatement.SetOption(Terms.at(context), Terms.all(context.optionName(), Terms::words), value);
    }

    @Override
    public ControlStatement visitWaitForDelay(WaitForDelayContext context) {
        return new ControlStatement.WaitForDelay(
                Terms.at(context), context.TIME() != null, Terms.constant(context.constant()));
    }

    @Override
    public ControlStatement visitBeginTransaction(BeginTransactionContext context) {
        return new ControlStatement.BeginTransaction(Terms.at(context), Terms.name(context.bareName()));
    }

    @Override
    public ControlStatement visitCommitTransaction(CommitTransactionContext context) {
        return new ControlStatement.Commit(Terms.at(context), Terms.name(context.bareName()));
    }

    @Override
    public ControlStatement visitRollbackTransaction(RollbackTransactionContext context) {
        return new ControlStatement.Rollback(Terms.at(context), Terms.name(context.bareName()));
    }

    @Override
    public ControlStatement visitSaveTransaction(SaveTransactionContext context) {
        return new ControlStatement.Save(Terms.at(context), Terms.name(context.bareName()));
    }

    @Override
    public ControlStatement visitExecuteProcedure(ExecuteProcedureContext context) {
        return new ControlStatement.ExecuteProcedure(
                Terms.at(context), Terms.variable(context.VARIABLE()), Terms.objectName(context.objectName()));
    }

    @Override
    public ControlStatement visitExecuteText(ExecuteTextContext context) {
        return new ControlStatement.ExecuteText(Terms.at(context), expressions.value(context.expression()));
    }

    @Override
    public ControlStatement visitExecuteAsUser(ExecuteAsUserContext context) {
        return new ControlStatement.ExecuteAs(Terms.at(context), Terms.constant(context.constant()));
    }

    @Override
    public ControlStatement visitRevert(RevertContext context) {
        return new ControlStatement.ExecuteAs(Terms.at(context), null);
    }

    @Override
    public ControlStatement visitUseDatabase(UseDatabaseContext context) {
        return new ControlStatement.Use(Terms.at(context), Terms.name(context.name()));
    }
}
