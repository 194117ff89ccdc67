package org.parley.sql.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** BEGIN, COMMIT, ROLLBACK and SAVE TRANSACTION. */
class TransactionsTest extends Scripted {

    @Test
    void onlyTheOutermostBeginAndCommitCount() {
        gives(
                "BEGIN TRAN; BEGIN TRAN; PRINT @@TRANCOUNT; COMMIT; PRINT @@TRANCOUNT; COMMIT TRANSACTION; PRINT @@TRANCOUNT",
                "2",
                "1",
                "0");
        assertThat(session.calls).containsExactly("begin", "commit");
    }

    @Test
    void rollbackGoesToTheOutermostBegin() {
        gives("BEGIN TRAN outermost; BEGIN TRAN inner1; ROLLBACK TRAN outermost; PRINT @@TRANCOUNT", "0");
        assertThat(session.calls).containsExactly("begin", "rollback");
    }

    @Test
    void rollbackGoesToTheLatestSavepointOfTheName() {
        gives(
                "BEGIN TRAN; SAVE TRAN here; SAVE TRAN there; SAVE TRAN here; ROLLBACK TRAN here; ROLLBACK TRAN there;"
                        + " ROLLBACK TRAN here; PRINT @@TRANCOUNT",
                "1");
        assertThat(session.calls)
                .containsExactly(
                        "begin",
                        "sql.setSavepoint",
                        "sql.setSavepoint",
                        "sql.setSavepoint",
                        "sql.rollback[savepoint]",
                        "sql.rollback[savepoint]",
                        "sql.rollback[savepoint]");
    }

    @Test
    void aTransactionStaysOpenBehindItsBatchAndItsScript() {
        run("BEGIN TRAN\nGO\nPRINT 1");
        gives("PRINT @@TRANCOUNT; COMMIT", "1");
        assertThat(session.calls).containsExactly("begin", "commit");
    }

    @Test
    void theContainersTransactionsAreItsOwnMatter() {
        session.managed = true;
        session.open = true;
        for (String statement : List.of("BEGIN TRANSACTION", "COMMIT", "ROLLBACK", "SAVE TRANSACTION here")) {
            assertThat(run(statement)).singleElement().asString().startsWith("Msg 50016, Level 16, State 1, Line 1: ");
        }
        gives("PRINT @@TRANCOUNT", "1");
        assertThat(session.calls).isEmpty();
    }

    @Test
    void aTransactionOfTheCallerCounts() {
        session.open = true;
        gives("PRINT @@TRANCOUNT; PRINT XACT_STATE(); ROLLBACK; PRINT XACT_STATE()", "1", "1", "0");
    }

    @Test
    void aProcedureThatLeavesATransactionOpenIsToldOf() {
        session.procedure("Opens", "BEGIN TRAN");
        gives(
                "EXEC Opens\nPRINT @@TRANCOUNT",
                "Msg 266, Level 16, State 2, Procedure Opens, Line 1: Procedure 'Opens' has ended with @@TRANCOUNT = 1; it"
                        + " began with 0. BEGIN TRANSACTION and COMMIT don't match.",
                "1");
    }

    @Test
    void aFailedRowTakesTheReceiveBack() {
        session.queued.add(List.of(FakeSession.message("t", "x")));
        run("DECLARE @n INT; RECEIVE @n = CAST(CAST(message_body AS NVARCHAR(10)) AS INT) FROM q");
        assertThat(session.calls.get(0)).isEqualTo("begin");
        assertThat(session.calls).last().isEqualTo("rollback");
    }

    @Test
    void insideATransactionOnlyTheReceiveIsTakenBack() {
        session.open = true;
        session.queued.add(List.of(FakeSession.message("t", "x")));
        run("SELECT 1; RECEIVE 1 / 0 FROM q");
        assertThat(session.calls).contains("sql.setSavepoint", "sql.rollback[savepoint]");
        assertThat(session.open).isTrue();
    }

    @Test
    void plainColumnsNeedNoSavepoint() {
        session.open = true;
        session.queued.add(List.of(FakeSession.message("t", "x")));
        assertThat(run("RECEIVE conversation_handle, message_type_name AS type FROM q"))
                .containsExactly("[conversation_handle,type][[" + FakeSession.HANDLE + ", t]]", "(1)");
        assertThat(session.calls).hasSize(1);
    }
}
