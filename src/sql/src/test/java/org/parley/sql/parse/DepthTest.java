package org.parley.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parley.sql.print.Printer;

/** However deep a script goes, it is read or refused, on a stack that is half as large as the usual one. */
class DepthTest {

    private static final long STACK = 512 * 1024;

    /** Before, again and again, in the middle, again and again, behind. */
    @ParameterizedTest(name = "{0} {1} {2} {3} {4}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "SELECT        | (               | 1        | )      |",
                "SELECT        | - ^             | 1        |        |",
                "SELECT        | ~               | 1        |        |",
                "PRINT         | LEN(            | 1        | )      |",
                "PRINT         | a.query(        | 1        | )      |",
                "PRINT         | CASE WHEN a = 1 THEN | 1   | END    |",
                "PRINT         | CASE            | 1        | WHEN 1 THEN 1 END |",
                "PRINT         | CAST(           | 1        | AS int) |",
                "PRINT         | CONVERT(int,    | 1        | )      |",
                "PRINT         | (SELECT         | 1        | )      |",
                "PRINT         | 1 +             | 1        |        |",
                "PRINT         | 1 *             | 1        |        |",
                "PRINT         | 1 * 1 + 1 -     | 1        |        |",
                "PRINT         | ((1 + 1) * 1) + | 1        |        |",
                "PRINT a       |                 |          | .query('x') |",
                "IF            | a = 1 AND       | a = 1    |        | BREAK",
                "IF            | a = 1 OR        | a = 1    |        | BREAK",
                "IF            | a = 1 OR a = 1 AND | a = 1 |        | BREAK",
                "IF            | NOT             | a = 1    |        | BREAK",
                "IF            | (               | a = 1    | )      | BREAK",
                "IF            | EXISTS (SELECT 1 WHERE | a = 1 | )  | BREAK",
                "IF            | a IN (SELECT 1 WHERE   | a = 1 | )  | BREAK",
                "              | IF a = 1        | BREAK    |        |",
                "              | IF a = 1 BREAK ELSE | BREAK |       |",
                "              | IF a = 1        | BREAK    | ELSE BREAK |",
                "              | WHILE a = 1     | BREAK    |        |",
                "              | BEGIN           | BREAK    | END    |",
                "              | BEGIN TRY       | BREAK    | END TRY BEGIN CATCH BREAK END CATCH |",
                "SELECT        | 1 UNION SELECT  | 1        |        |",
                "              | (               | SELECT 1 | )      |",
                "              | (               | SELECT 1 | UNION SELECT 1) |",
                "              | SELECT 1 UNION ( | SELECT 1 | )     |",
                "              | SELECT * FROM ( | SELECT 1 AS a | ) AS b |",
                "SELECT * FROM | a JOIN          | a        | ON a = a |",
                "SELECT * FROM a |               |          | JOIN a ON a = a |",
                "SELECT * FROM a |               |          | CROSS JOIN a |",
                "SELECT * FROM | (               | a        | )      |",
                "CREATE PROCEDURE a AS | BEGIN    | BREAK    | END    |"
            })
    void deepScriptsAreReadOrRefused(String before, String opening, String middle, String closing, String behind)
            throws InterruptedException {
        int most = 0;
        for (int times : new int[] {1, 32, 50, 90, 100, 190, 390, 1000, 100_000}) {
            String script = text(before)
                    + text(opening).repeat(times)
                    + text(middle)
                    + text(closing).repeat(times)
                    + text(behind);
            SyntaxError error = read(script);
            if (error == null) {
                most = times;
            } else {
                assertThat(error.number()).as(error.getMessage()).isEqualTo(SyntaxError.TOO_DEEP);
            }
        }
        assertThat(most).as("what is read").isBetween(32, 390);
    }

    private static String text(String part) {
        return part == null ? "" : part.replace("^", "") + " ";
    }

    /** The error, or null when there was none and the tree could be walked through. */
    private static SyntaxError read(String script) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    String printed = Printer.print(BatchParser.parse(script));
                    // what is compared is text: equals of a record needs more stack than a walk through its tree
                    assertThat(Printer.print(BatchParser.parse(printed))).isEqualTo(printed);
                },
                "shallow",
                STACK);
        thread.setUncaughtExceptionHandler((where, what) -> thrown.set(what));
        thread.start();
        thread.join();
        if (thrown.get() != null && !(thrown.get() instanceof SyntaxError)) {
            throw new AssertionError(thrown.get());
        }
        return (SyntaxError) thrown.get();
    }
}
