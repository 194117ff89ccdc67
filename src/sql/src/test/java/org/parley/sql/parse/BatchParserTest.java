package org.parley.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.sql.ast.ControlStatement;
import org.parley.sql.ast.ConversationStatement;
import org.parley.sql.ast.ConversationStatement.Named;
import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.DefinitionStatement;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.Position;
import org.parley.sql.ast.Query;
import org.parley.sql.ast.Statement;

class BatchParserTest {

    private static Statement only(String batch) {
        List<Statement> statements = BatchParser.parse(batch);
        assertThat(statements).hasSize(1);
        return statements.get(0);
    }

    @Test
    void beginDialogKnowsAllItsArguments() {
        assertThat(only("""
                begin dialog @h from service [//a] to service N'//b' , @guid on contract "DEFAULT"
                with related_conversation_group = @g lifetime = 600, encryption = off;"""))
                .isEqualTo(new ConversationStatement.BeginDialog(
                        Position.NONE,
                        "@h",
                        new Named("//a", null),
                        new Expression.Text("//b", true),
                        new Expression.Variable(Position.NONE, "@guid"),
                        new Named("DEFAULT", null),
                        new ConversationStatement.Relation(true, new Expression.Variable(Position.NONE, "@g")),
                        new Expression.Number("600"),
                        false));
    }

    @Test
    void aNameMayLeaveOutPartsAndUseMostKeywords() {
        DataStatement.SelectStatement select =
                (DataStatement.SelectStatement) only("SELECT send.status FROM db..[a]]b] AS send");
        Query.Select body = (Query.Select) select.query().body();
        assertThat(body.from())
                .containsExactly(new Query.Table(Position.NONE, ObjectName.of("db", "", "a]b"), "send", List.of()));
        assertThat(body.items())
                .containsExactly(
                        new Query.Value(new Expression.Column(Position.NONE, ObjectName.of("send", "status")), null));
    }

    @Test
    void statementsNeedNoSemicolonBetweenThem() {
        assertThat(BatchParser.parse("SET NOCOUNT ON DECLARE @a int SELECT @a = 1 PRINT @a;; COMMIT TRAN ROLLBACK"))
                .hasSize(6)
                .last()
                .isEqualTo(new ControlStatement.Rollback(Position.NONE, null));
    }

    @Test
    void positionsCountWithinTheBatch() {
        assertThat(only("-- one\n/* two\n /* nested */ */  PRINT 1").at()).satisfies(at -> {
            assertThat(at.line()).isEqualTo(3);
            assertThat(at.column()).isEqualTo(19);
        });
    }

    @Test
    void aProcedureKeepsItsText() {
        DefinitionStatement.Procedure procedure =
                (DefinitionStatement.Procedure) only("-- before\nCREATE PROCEDURE p AS\n  PRINT 1; -- why\n  PRINT 2");
        assertThat(procedure.text()).isEqualTo("CREATE PROCEDURE p AS\n  PRINT 1; -- why\n  PRINT 2");
        assertThat(procedure.body()).hasSize(2);
    }

    @Test
    void theExamplesOfBeginDialogThatLackAValueGetNumber102() {
        assertThatThrownBy(() -> BatchParser.parse("SET @g =\nBEGIN DIALOG @h FROM SERVICE a TO SERVICE 'b'"))
                .isInstanceOfSatisfying(SyntaxError.class, error -> {
                    assertThat(error.number()).isEqualTo(102);
                    assertThat(error.line()).isEqualTo(2);
                    assertThat(error.found()).isEqualTo("the keyword 'BEGIN'");
                    assertThat(error.expected()).isEqualTo("an expression");
                });
    }
}
