package org.parley.sql.ast;

import java.util.List;

/** What steers a batch: variables, flow, errors, transactions, the session. */
public sealed interface ControlStatement extends Statement {

    /** BEGIN ... END. */
    record Block(Position at, List<Statement> statements) implements ControlStatement {}

    /** IF; the second branch is null without ELSE. */
    record If(Position at, Expression condition, Statement then, Statement otherwise) implements ControlStatement {}

    /** WHILE. */
    record While(Position at, Expression condition, Statement body) implements ControlStatement {}

    /** BREAK. */
    record Break(Position at) implements ControlStatement {}

    /** CONTINUE. */
    record Continue(Position at) implements ControlStatement {}

    /** RETURN; the value is null when not written. */
    record Return(Position at, Expression value) implements ControlStatement {}

    /** BEGIN TRY ... END TRY BEGIN CATCH ... END CATCH. */
    record TryCatch(Position at, List<Statement> body, List<Statement> handler) implements ControlStatement {}

    /** PRINT. */
    record Print(Position at, Expression text) implements ControlStatement {}

    /** RAISERROR; options are in upper case: LOG, NOWAIT, SETERROR. */
    record RaiseError(
            Position at,
            Expression message,
            Expression severity,
            Expression state,
            List<Expression> arguments,
            List<String> options)
            implements ControlStatement {}

    /** THROW; all three are null when it throws again what was caught. */
    record Throw(Position at, Expression number, Expression message, Expression state) implements ControlStatement {}

    /** DECLARE. */
    record Declare(Position at, List<Declared> variables) implements ControlStatement {}

    /** One variable of DECLARE. */
    sealed interface Declared {

        /** With its {@code @}, as written. */
        String name();
    }

    /** A variable with one value; the initial value is null when not written. */
    record ScalarVariable(String name, TypeName type, Expression initial) implements Declared {}

    /** A table variable. */
    record TableVariable(String name, TableDefinition table) implements Declared {}

    /** SET @variable; the operator is {@code =} or one of {@code += -= *= /= %= &= |= ^=}. */
    record SetVariable(Position at, String variable, String operator, Expression value) implements ControlStatement {}

    /**
     * SET of a session option: NOCOUNT, XACT_ABORT, QUOTED_IDENTIFIER, LOCK_TIMEOUT, TRANSACTION ISOLATION LEVEL, ...
     *
     * @param options in upper case, one space between words
     * @param value in upper case: ON, OFF, a number, READ COMMITTED, ...
     */
    record SetOption(Position at, List<String> options, String value) implements ControlStatement {}

    /** WAITFOR DELAY, or WAITFOR TIME. */
    record WaitForDelay(Position at, boolean time, Expression value) implements ControlStatement {}

    /** BEGIN TRANSACTION; the name is null when not written. */
    record BeginTransaction(Position at, String name) implements ControlStatement {}

    /** COMMIT. */
    record Commit(Position at, String name) implements ControlStatement {}

    /** ROLLBACK; the name is that of a savepoint or of the outermost transaction, or null. */
    record Rollback(Position at, String name) implements ControlStatement {}

    /** SAVE TRANSACTION. */
    record Save(Position at, String name) implements ControlStatement {}

    /** EXECUTE of a procedure; the variable for its return value is null when not written. */
    record ExecuteProcedure(Position at, String result, ObjectName procedure) implements ControlStatement {}

    /** EXECUTE ('text'). */
    record ExecuteText(Position at, Expression text) implements ControlStatement {}

    /** EXECUTE AS USER = 'name', or REVERT when the user is null. */
    record ExecuteAs(Position at, Expression user) implements ControlStatement {}

    /** USE. */
    record Use(Position at, String database) implements ControlStatement {}
}
