package org.parley.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.parley.sql.ast.Statement;
import org.parley.sql.parse.Batches.Text;

class BatchesTest {

    private static final int TEN_MEGABYTES = 10_000_000;

    @Test
    void goStandsOnALineOfItsOwn() {
        assertThat(Batches.split("PRINT 1\nGO\n  go 3 -- thrice\r\nPRINT 2\r\nGO\r\nPRINT 'GO' GO\nGOTO\n"))
                .containsExactly(
                        new Text("PRINT 1\n", 1, 1),
                        new Text("PRINT 2\r\n", 1, 4),
                        new Text("PRINT 'GO' GO\nGOTO\n", 1, 6));
    }

    @Test
    void goMayCount() {
        assertThat(Batches.split("PRINT 1\nGO 5\nPRINT 2\nGO 99999999999\nPRINT 3"))
                .extracting(Text::times)
                .containsExactly(5, Integer.MAX_VALUE, 1);
    }

    @Test
    void goInTextsNamesAndCommentsIsPartOfThem() {
        String script = "PRINT 'a\nGO\n''' + [b\nGO\n]]] + \"\nGO\n\" /*\nGO\n/*\nGO\n*/\nGO\n*/ -- '\nPRINT 1";
        assertThat(Batches.split(script)).containsExactly(new Text(script, 1, 1));
    }

    @Test
    void whatSaysNothingIsNoBatch() {
        assertThat(Batches.split("\n-- nothing\nGO\n/* GO */ ;\nGO\n")).isEmpty();
        assertThat(Batches.split("")).isEmpty();
    }

    @Test
    void whatIsNotClosedIsLeftToTheParser() {
        assertThat(Batches.split("PRINT 'a\nGO\n")).hasSize(1);
        assertThat(Batches.split("/* a\nGO\n")).hasSize(1);
    }

    @Test
    void tenMegabytesAreReadInBoundedTime() {
        String statement =
                "INSERT INTO dbo.Orders (Id, Body) VALUES (1, N'some text'), (2, CAST(0xCAFE AS varbinary(max)));\n";
        String script = statement.repeat(TEN_MEGABYTES / statement.length());
        List<Statement> statements = Assertions.assertTimeoutPreemptively(
                Duration.ofMinutes(2),
                () -> BatchParser.parse(Batches.split(script).get(0).text()));
        assertThat(statements).hasSize(TEN_MEGABYTES / statement.length());
    }
}
