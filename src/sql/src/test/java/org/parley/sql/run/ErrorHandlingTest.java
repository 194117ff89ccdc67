package org.parley.sql.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

/** What errors end, and what a CATCH makes of them. */
class ErrorHandlingTest extends Scripted {

    private static final String DIVISION = "Msg 8134, Level 16, State 1, Line 1: A number was divided by zero.";

    @Test
    void anErrorEndsItsStatementAndTheNextOneSeesItsNumber() {
        gives("DECLARE @n INT; SET @n = 1 / 0\nPRINT @@ERROR\nPRINT @@ERROR", DIVISION, "8134", "0");
    }

    @Test
    void anErrorInAConditionEndsTheWholeStatement() {
        gives("IF 1 / 0 = 1 PRINT 'then' ELSE PRINT 'else'\nPRINT 'next'", DIVISION, "next");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "245 | DECLARE @n INT = 'x'",
                "241 | PRINT CAST('x' AS datetime)",
                "8114 | PRINT CAST('x' AS float)",
                "8169 | PRINT CAST('x' AS uniqueidentifier)"
            })
    void aValueThatCantBeConvertedEndsBatchAndTransaction(String numberAndStatement) {
        String[] parts = numberAndStatement.split(" \\| ");
        session.open = true;
        List<String> given = run(parts[1], "PRINT 'not reached'", "GO", "PRINT 'next batch'");
        assertThat(given).hasSize(2).last().isEqualTo("next batch");
        assertThat(given.get(0)).startsWith("Msg " + parts[0] + ",");
        assertThat(session.calls).containsExactly("rollback");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"8115 | PRINT CAST(300 * 10000000000 AS int)", "8134 | PRINT 1 / 0"})
    void anOverflowEndsItsStatement(String numberAndStatement) {
        String[] parts = numberAndStatement.split(" \\| ");
        session.open = true;
        List<String> given = run(parts[1], "PRINT 'reached'");
        assertThat(given).hasSize(2).last().isEqualTo("reached");
        assertThat(given.get(0)).startsWith("Msg " + parts[0] + ",");
        assertThat(session.open).isTrue();
    }

    @Test
    void whatDoesNotExistEndsItsProcedureOnly() {
        session.procedure(
                "Missing",
                "SEND ON CONVERSATION '11111111-1111-1111-1111-111111111111' MESSAGE TYPE t; PRINT 'not reached'");
        session.failures.put("conversation.send", new BrokerException(208, "There is no such object."));
        gives(
                "EXEC Missing\nPRINT 'goes on'",
                "Msg 208, Level 16, State 1, Procedure Missing, Line 2: There is no such object.",
                "goes on");
    }

    @Test
    void catchTakesAnErrorAndTellsOfIt() {
        gives("""
                BEGIN TRY
                    PRINT 1 / 0
                    PRINT 'not reached'
                END TRY
                BEGIN CATCH
                    PRINT ERROR_NUMBER()
                    PRINT ERROR_LINE()
                    PRINT ERROR_SEVERITY()
                    PRINT ISNULL(ERROR_PROCEDURE(), 'none')
                    PRINT ERROR_MESSAGE()
                END CATCH
                PRINT ISNULL(ERROR_NUMBER(), -1)""", "8134", "2", "16", "none", "A number was divided by zero.", "-1");
    }

    @Test
    void catchTakesAnErrorOfAProcedure() {
        session.procedure("Fails", "PRINT 'in'\nPRINT 1 / 0\nPRINT 'not reached'");
        gives("""
                BEGIN TRY EXEC Fails END TRY
                BEGIN CATCH PRINT ERROR_PROCEDURE() + ' ' + CAST(ERROR_LINE() AS VARCHAR(9)) END CATCH""", "in", "Fails 3");
    }

    @Test
    void anErrorInCatchGoesToTheOuterCatch() {
        gives("""
                BEGIN TRY
                    BEGIN TRY THROW 50001, 'first', 1 END TRY
                    BEGIN CATCH PRINT ERROR_MESSAGE(); THROW 50002, 'second', 2 END CATCH
                END TRY
                BEGIN CATCH PRINT ERROR_MESSAGE(); PRINT ERROR_STATE() END CATCH""", "first", "second", "2");
    }

    @Test
    void throwAgainKeepsNumberLineAndState() {
        gives("""
                BEGIN TRY
                    THROW 50007, 'seven', 9
                END TRY
                BEGIN CATCH
                    PRINT 'caught';
                    THROW
                END CATCH
                PRINT 'not reached'""", "caught", "Msg 50007, Level 16, State 9, Line 2: seven");
    }

    @Test
    void throwEndsTheBatchAndLeavesTheTransaction() {
        session.open = true;
        gives("THROW 50001, 'out', 1\nPRINT 'not reached'", "Msg 50001, Level 16, State 1, Line 1: out");
        assertThat(session.open).isTrue();
    }

    @Test
    void raiserrorEndsNothingEvenUnderXactAbort() {
        session.open = true;
        gives(
                "SET XACT_ABORT ON; RAISERROR('bad %s %d', 16, 3, 'luck', 7)\nPRINT @@ERROR",
                "Msg 50000, Level 16, State 3, Line 1: bad luck 7", "50000");
        assertThat(session.open).isTrue();
    }

    @Test
    void informationIsNoError() {
        gives(
                "RAISERROR('note', 10, 1)\nPRINT @@ERROR\nRAISERROR('note', 5, 1) WITH SETERROR, NOWAIT\nPRINT @@ERROR",
                "note",
                "0",
                "note",
                "50000");
    }

    @Test
    void raiserrorIsCaughtFromLevel11On() {
        gives(
                "BEGIN TRY RAISERROR('a', 10, 1) RAISERROR('b', 11, 1) PRINT 'not reached' END TRY"
                        + " BEGIN CATCH PRINT ERROR_SEVERITY() END CATCH",
                "a",
                "11");
    }

    @Test
    void underXactAbortEveryErrorEndsBatchAndTransaction() {
        session.open = true;
        gives(
                "SET XACT_ABORT ON\nPRINT 1 / 0\nPRINT 'not reached'\nGO\nPRINT @@TRANCOUNT",
                DIVISION.replace("Line 1", "Line 2"),
                "0");
        assertThat(session.calls).containsExactly("rollback");
    }

    @Test
    void underCatchSuchAnErrorDoomsTheTransaction() {
        session.open = true;
        assertThat(run("""
                        BEGIN TRY
                            DECLARE @n INT = 'x'
                        END TRY
                        BEGIN CATCH
                            PRINT XACT_STATE()
                            BEGIN TRY COMMIT END TRY BEGIN CATCH PRINT ERROR_NUMBER() END CATCH
                            BEGIN TRY END CONVERSATION '11111111-1111-1111-1111-111111111111' END TRY BEGIN CATCH PRINT ERROR_NUMBER() END CATCH
                            ROLLBACK
                            PRINT XACT_STATE()
                        END CATCH""")).containsExactly("-1", "3930", "3930", "0");
        assertThat(session.calls).containsExactly("rollback");
    }

    @Test
    void aDoomedTransactionIsRolledBackAtTheEndOfItsBatch() {
        session.open = true;
        assertThat(run("SET XACT_ABORT ON BEGIN TRY PRINT 1 / 0 END TRY BEGIN CATCH PRINT 'caught' END CATCH"))
                .containsExactly(
                        "caught",
                        "Msg 3998, Level 16, State 1, Line 1: The batch has ended with a transaction that could not be"
                                + " committed any more; it is rolled back.");
        assertThat(session.calls).containsExactly("rollback");
    }

    @Test
    void theVictimOfADeadlockHasNoTransactionAnyMore() {
        session.open = true;
        session.failures.put("conversation.end", new BrokerException(ErrorNumbers.DEADLOCK_VICTIM, "Victim."));
        gives(
                "END CONVERSATION '11111111-1111-1111-1111-111111111111'\nPRINT 'not reached'",
                "Msg 1205, Level 16, State 1, Line 1: Victim.");
        assertThat(session.open).isFalse();
    }

    @Test
    void theContainersTransactionIsLeftToIt() {
        session.managed = true;
        session.open = true;
        session.failures.put("conversation.end", new BrokerException(ErrorNumbers.DEADLOCK_VICTIM, "Victim."));
        gives(
                "END CONVERSATION '11111111-1111-1111-1111-111111111111'\nPRINT 'not reached'",
                "Msg 1205, Level 16, State 1, Line 1: Victim.");
        assertThat(session.open).isTrue();
    }

    @Test
    void aSyntaxErrorEndsItsBatchBeforeItRuns() {
        assertThat(run("PRINT 'a'\nPRINT )\nGO\nPRINT 'b'")).hasSize(2).last().isEqualTo("b");
    }

    @Test
    void aTextThatIsWrongIsCaughtAroundIt() {
        gives("BEGIN TRY EXEC('PRINT )') END TRY BEGIN CATCH PRINT ERROR_NUMBER() END CATCH", "102");
    }

    @Test
    void anInterruptEndsTheScriptAndNoCatchTakesIt() {
        Thread.currentThread().interrupt();
        try {
            gives(
                    "BEGIN TRY WHILE 1 = 1 PRINT 'x' END TRY BEGIN CATCH PRINT 'caught' END CATCH",
                    "Msg 50014, Level 16, State 1, Line 1: The script was interrupted.");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
