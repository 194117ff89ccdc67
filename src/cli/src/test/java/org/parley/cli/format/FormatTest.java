package org.parley.cli.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.ScriptOutput.Column;
import org.parley.ScriptOutput.Rows;

class FormatTest {

    private static final Timestamp TIME = Timestamp.valueOf(LocalDateTime.of(2026, 3, 1, 7, 5, 9, 120_000_000));

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    private static List<Column> columns(String... names) {
        return Arrays.stream(names).map(name -> new Column(name, "sql_variant")).toList();
    }

    private static String written(RowWriter writer, Rows... all) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        for (Rows rows : all) {
            writer.rows(rows, out);
        }
        out.flush();
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    private static String table(int maxWidth, List<Column> columns, List<?>... rows) {
        return written(Format.TABLE.writer(maxWidth), rows(columns, rows));
    }

    private static Rows rows(List<Column> columns, List<?>... rows) {
        List<List<Object>> all = new ArrayList<>();
        for (List<?> row : rows) {
            all.add(new ArrayList<>(row));
        }
        return new Rows(columns, all);
    }

    @Test
    void tableAlignsColumnsAndPutsNumbersAtTheRight() {
        assertThat(table(0, columns("name", "n"), row("a", 5), row("longer", 1234), row(null, null)))
                .isEqualTo("""
                        name   n
                        ------ ----
                        a         5
                        longer 1234
                        NULL   NULL

                        """);
    }

    @Test
    void tableCountsWideCharactersTwiceAndCombiningOnesNot() {
        assertThat(table(0, columns("text", "x"), row("日本", "1"), row("e\u0301", "2"), row("abcd", "3")))
                .isEqualTo("""
                        text x
                        ---- -
                        日本 1
                        e\u0301    2
                        abcd 3

                        """);
    }

    @Test
    void tableKeepsEachRowOnItsLineAndTheTerminalUnsteered() {
        assertThat(table(0, columns("body"), row("a\r\nb\tc\u001b[2Jd\u202Ee"))).isEqualTo("""
                        body
                        -------------
                        a  b c?[2Jd?e

                        """);
    }

    @Test
    void tableCutsLongValuesWhenAsked() {
        assertThat(table(6, columns("value"), row("0123456789"), row("日本語日本語"), row("123456")))
                .isEqualTo("""
                        value
                        ------
                        012...
                        日...
                        123456

                        """);
    }

    @Test
    void valuesOfEachTypeAsPeopleAndProgramsReadThem() {
        List<Column> columns = columns("bytes", "bit", "decimal", "time", "big");
        List<Object> values = row(new byte[] {0, (byte) 0xAB}, true, new BigDecimal("1E+3"), TIME, Long.MAX_VALUE);

        assertThat(written(Format.CSV.writer(0), rows(columns, values)))
                .isEqualTo(
                        "bytes,bit,decimal,time,big\r\n0x00AB,1,1000,2026-03-01 07:05:09.120,9223372036854775807\r\n");
        assertThat(written(Format.JSON.writer(0), rows(columns, values)))
                .isEqualTo("{\"bytes\":\"0x00AB\",\"bit\":true,\"decimal\":1000,\"time\":\"2026-03-01T07:05:09.120\","
                        + "\"big\":9223372036854775807}\n");
    }

    @Test
    void csvQuotesWhatNeedsItAndTellsNullFromEmpty() {
        assertThat(written(
                        Format.CSV.writer(0),
                        rows(columns("a", "b,c"), row("say \"hi\"", null), row("two\nlines", ""), row("1,5", " x "))))
                .isEqualTo("a,\"b,c\"\r\n\"say \"\"hi\"\"\",\r\n\"two\nlines\",\"\"\r\n\"1,5\", x \r\n");
    }

    @Test
    void csvPartsTheRowsOfTwoStatementsByAnEmptyLine() {
        assertThat(written(Format.CSV.writer(0), rows(columns("a"), row(1)), rows(columns("b"), row(2))))
                .isEqualTo("a\r\n1\r\n\r\nb\r\n2\r\n");
    }

    @Test
    void jsonEscapesAndKeepsNamesApart() {
        assertThat(written(
                        Format.JSON.writer(0),
                        rows(columns("a", "", "a", "column2"), row("\"\\\n\u0001\u2028", null, "\ud800", "😀"))))
                .isEqualTo(
                        "{\"a\":\"\\\"\\\\\\n\\u0001\u2028\",\"column2_\":null,\"column3\":\"\\ud800\",\"column2\":\"😀\"}\n");
    }

    @Test
    void countsStandInTablesOnly() {
        for (Format format : Format.values()) {
            StringWriter text = new StringWriter();
            PrintWriter out = new PrintWriter(text);
            RowWriter writer = format.writer(0);
            writer.affected(1, out);
            writer.affected(2, out);
            writer.said("hello", out);
            out.flush();
            assertThat(text.toString().replace(System.lineSeparator(), "\n"))
                    .isEqualTo(
                            switch (format) {
                                case TABLE -> "(1 row affected)\n(2 rows affected)\nhello\n";
                                case CSV -> System.lineSeparator().equals("\n") ? "hello\r\n" : "hello\n";
                                case JSON -> "{\"@message\":\"hello\"}\n";
                            });
        }
    }
}
