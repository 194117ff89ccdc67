package org.parley.sql.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.ScriptMessage;

/** Procedures, texts, impersonation, USE. */
class CallsTest extends Scripted {

    @Test
    void aProcedureHasItsOwnVariablesAndReturnsAValue() {
        session.procedure("Answer", "DECLARE @x INT = 42; RETURN @x");
        gives("DECLARE @x INT = 1, @r INT; EXEC @r = Answer; PRINT @x; PRINT @r", "1", "42");
    }

    @Test
    void withoutReturnAProcedureReturnsZero() {
        session.procedure("Nothing", "PRINT 'here'");
        gives("DECLARE @r INT = 7; EXECUTE @r = dbo.Nothing; PRINT @r", "here", "0");
    }

    @Test
    void whatIsSetInAProcedureEndsWithIt() {
        session.procedure("Quiet", "SET NOCOUNT ON; SELECT 1");
        gives("EXEC Quiet; SELECT 2", "[][[1]]", "[][[2]]", "(1)");
    }

    @Test
    void rowCountAndErrorComeOutOfAProcedure() {
        session.procedure("Fails", "DECLARE @x INT = 1 / 0");
        assertThat(run("EXEC Fails; PRINT @@ERROR")).last().isEqualTo("8134");
    }

    @Test
    void aProcedureThatCallsItselfWithoutEndIsStopped() {
        session.procedure("Again", "EXEC Again");
        List<String> given = run("EXEC Again");
        assertThat(given).hasSize(1);
        assertThat(given.get(0)).startsWith("Msg 217, Level 16, State 1, Procedure Again, Line 2: ");
    }

    @Test
    void deepNestingOverManyCallsGetsAnErrorAndNoOverflow() {
        session.procedure("Deep", "BEGIN ".repeat(150) + "EXEC Deep " + "END ".repeat(150));
        List<String> given = run("EXEC Deep");
        assertThat(given).hasSize(1);
        assertThat(given.get(0)).startsWith("Msg 191, ");
    }

    @Test
    void aTextHasItsOwnLinesAndVariables() {
        gives(
                "DECLARE @x INT = 1\n\n\nEXEC('PRINT 1\nPRINT 1 / 0')\nPRINT @x",
                "1",
                "Msg 8134, Level 16, State 1, Line 2: A number was divided by zero.",
                "1");
    }

    @Test
    void aTextIsMadeOfParts() {
        gives("DECLARE @v NVARCHAR(20) = N'''two'''; EXEC('PRINT ' + @v)", "two");
    }

    @Test
    void useInATextHoldsInItOnly() {
        gives("EXEC('USE There; PRINT DB_NAME()') PRINT DB_NAME()", "There", "Here");
    }

    @Test
    void useHoldsForTheNextBatch() {
        gives("USE There\nGO\nPRINT DB_NAME()", "There");
    }

    @Test
    void impersonationEndsWithTheTextOrByRevert() {
        gives(
                "EXECUTE AS USER = 'ann'; EXEC('EXECUTE AS USER = ''bob''; PRINT USER_NAME()') PRINT USER_NAME() REVERT PRINT USER_NAME()",
                "bob",
                "ann",
                "dbo");
    }

    @Test
    void anActivatedProcedureTellsWhatEndedIt() {
        session.procedure("Reader", "PRINT 1 / 0\nPRINT 'goes on';\nTHROW 50005, 'out', 1\nPRINT 'not reached'");
        ScriptMessage error = interpreter().call("Reader", session, output -> {});
        assertThat(error).isEqualTo(new ScriptMessage(50005, 16, 1, 4, "Reader", "out"));
    }

    @Test
    void anActivatedProcedureThatRunsThroughHasNoError() {
        session.procedure("Reader", "PRINT 'done'");
        assertThat(interpreter().call("Reader", session, output -> {})).isNull();
    }

    @Test
    void anActivatedProcedureMayNotLeaveATransactionOpen() {
        session.procedure("Reader", "BEGIN TRAN");
        ScriptMessage error = interpreter().call("Reader", session, output -> {});
        assertThat(error.number()).isEqualTo(8415);
        assertThat(session.open).isFalse();
    }

    @Test
    void waitingGoesByTheSessionsClock() {
        gives("WAITFOR DELAY '00:00:05.250'; PRINT 'later'", "later");
        assertThat(session.calls).containsExactly("waits PT5.25S");
    }
}
