package org.parley.sql.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.parley.sql.ast.ControlStatement;
import org.parley.sql.ast.ConversationStatement;
import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.DefinitionStatement;
import org.parley.sql.table.Tables;

/** Variables, conditions, loops and batches. */
class FlowTest extends Scripted {

    @Test
    void everyStatementHasItsRunner() {
        ScriptRun run = new ScriptRun(session, output -> {}, new Tables(), new Compiled.Procedures());
        for (Class<?> kind : new Class<?>[] {
            ControlStatement.class, ConversationStatement.class, DataStatement.class, DefinitionStatement.class
        }) {
            checkKnown(run.steps(), kind);
        }
    }

    private static void checkKnown(Steps steps, Class<?> kind) {
        Class<?>[] kinds = kind.getPermittedSubclasses();
        if (kinds == null) {
            assertThat(steps.knows(kind)).as(kind.getName()).isTrue();
        } else {
            for (Class<?> each : kinds) {
                checkKnown(steps, each);
            }
        }
    }

    @Test
    void variablesHoldWhatTheyAreGiven() {
        gives(
                "DECLARE @n INT = 2, @t NVARCHAR(10) = N'a'; SET @n += 40; SET @t = @t + 'b'; SELECT @n, @t AS t",
                "[,t][[42, ab]]",
                "(1)");
    }

    @Test
    void selectAssigns() {
        gives("DECLARE @n INT, @m INT; SELECT @n = 1, @m = @n + 1; PRINT @m; PRINT @@ROWCOUNT", "2", "0");
    }

    @Test
    void loopsEndWithBreakAndGoOnWithContinue() {
        gives("""
                DECLARE @i INT = 0
                WHILE 1 = 1
                BEGIN
                    SET @i += 1
                    IF @i = 2 CONTINUE
                    IF @i > 3 BREAK
                    PRINT @i
                END""", "1", "3");
    }

    @Test
    void aBatchEndsWithReturn() {
        gives("PRINT 'a' RETURN PRINT 'b'\nGO\nPRINT 'c'", "a", "c");
    }

    @Test
    void goRepeatsItsBatchWithFreshVariables() {
        gives("DECLARE @i INT; SET @i = ISNULL(@i, 0) + 1; PRINT @i\nGO 3", "1", "1", "1");
    }

    @Test
    void whatIsDeclaredInABranchIsThereEverywhereBehindIt() {
        gives("IF 1 = 0 DECLARE @x INT = 5; PRINT ISNULL(@x, -1)", "-1");
    }
}
