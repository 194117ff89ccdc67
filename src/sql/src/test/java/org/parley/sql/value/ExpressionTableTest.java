package org.parley.sql.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.parley.ScriptMessage;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.ControlStatement;
import org.parley.sql.ast.Expression;
import org.parley.sql.parse.BatchParser;

/** Expressions as scripts write them, with what they give: the tables are the text files beside this class. */
class ExpressionTableTest {

    private static final String ARROW = " => ";
    private static final String CONDITION = "IF ";
    private static final List<String> RIGHT = lines("expressions.txt");
    private static final List<String> WRONG = lines("wrong-expressions.txt");

    private final Evaluator evaluator = new Evaluator(surroundings());

    static TestSurroundings surroundings() {
        TestSurroundings surroundings = new TestSurroundings();
        surroundings.caught = new ScriptMessage(8429, 16, 1, 12, "Read", "The conversation has ended.");
        var variables = surroundings.variables;
        variables.put("@i", Value.of(7));
        variables.put("@b", Value.of(10_000_000_000L));
        variables.put("@t", new Value(SqlType.TINYINT, 200));
        variables.put("@bit", Value.of(true));
        variables.put("@n", new Value(SqlType.nvarchar(20), "Gr\u00fc\u00dfe"));
        variables.put("@v", new Value(SqlType.varchar(10), "abc  "));
        variables.put("@c", new Value(SqlType.of(SqlType.Base.CHAR, 5), "ab   "));
        variables.put("@null", new Value(SqlType.INT, null));
        variables.put("@nulltext", new Value(SqlType.nvarchar(10), null));
        variables.put("@d", new Value(SqlType.decimal(10, 2), new BigDecimal("12.50")));
        variables.put("@f", new Value(SqlType.FLOAT, 1.5));
        variables.put("@m", new Value(SqlType.MONEY, new BigDecimal("2.5000")));
        variables.put("@milk", new Value(SqlType.nvarchar(9), "Milk"));
        variables.put(
                "@id", new Value(SqlType.UNIQUEIDENTIFIER, UUID.fromString("0e984725-c51c-4bf4-9960-e1c80e27aba0")));
        variables.put("@date", new Value(SqlType.DATE, LocalDate.of(2024, 2, 29)));
        variables.put("@time", new Value(SqlType.time(7), LocalTime.parse("12:30:15.1234567")));
        variables.put("@dt", new Value(SqlType.DATETIME, LocalDateTime.parse("2024-03-01T12:30:15.123")));
        variables.put("@dt2", new Value(SqlType.datetime2(7), LocalDateTime.parse("2024-03-01T12:30:15.1234567")));
        variables.put("@x", new Value(SqlType.XML, "<o id=\"7\"><n>Tea</n><n>Milk</n></o>"));
        variables.put(
                "@ns",
                new Value(
                        SqlType.XML,
                        "<Error xmlns=\"urn:error\"><Code>-8489</Code><Text lang=\"en\">late</Text></Error>"));
        byte[] body = "<a/>".getBytes(StandardCharsets.UTF_16LE);
        variables.put("@body", new Value(SqlType.varbinary(SqlType.MAX), body));
        surroundings.columns.put("message_type_name", new Value(SqlType.nvarchar(256), "DEFAULT"));
        surroundings.columns.put("message_body", new Value(SqlType.varbinary(SqlType.MAX), body));
        return surroundings;
    }

    private static List<String> lines(String file) {
        try (InputStream stream = ExpressionTableTest.class.getResourceAsStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(ARROW) && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> whatAnExpressionGives() {
        return RIGHT.stream()
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    String[] parts = line.split(ARROW, 2);
                    assertThat(given(parts[0])).isEqualTo(parts[1]);
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsWrongWithAnExpression() {
        return WRONG.stream()
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    String[] parts = line.split(ARROW, 2);
                    assertThatThrownBy(() -> given(parts[0]))
                            .isInstanceOf(ScriptError.class)
                            .satisfies(error ->
                                    assertThat(told((ScriptError) error)).isEqualTo(parts[1]));
                }));
    }

    private static String told(ScriptError error) {
        return error.number() + "," + error.level() + " " + error.getMessage();
    }

    @Test
    void theTablesAreLong() {
        assertThat(RIGHT).hasSizeGreaterThan(750).doesNotHaveDuplicates();
        assertThat(WRONG).hasSizeGreaterThan(150).doesNotHaveDuplicates();
    }

    @Test
    void everyFunctionIsInATable() {
        String table = String.join("\n", RIGHT);
        assertThat(Functions.names())
                .allSatisfy(name -> assertThat(Pattern.compile("\\b" + name + "\\b")
                                .matcher(table)
                                .find())
                        .as(name)
                        .isTrue());
    }

    private String given(String text) {
        if (text.startsWith(CONDITION)) {
            var statement = (ControlStatement.If) only(text + " PRINT 1");
            return evaluator.condition(statement.condition()).test().toString();
        }
        Expression expression = ((ControlStatement.SetVariable) only("SET @x = " + text)).value();
        Term term = evaluator.term(expression);
        Value value = term.value();
        assertThat(value.type()).as("type of the value").isEqualTo(term.type());
        assertThat(value.content() == null || value.type().base().content().isInstance(value.content()))
                .as("class of the content")
                .isTrue();
        return value.type() + " " + shown(value.content());
    }

    private static Object only(String batch) {
        return BatchParser.parse(batch).get(0);
    }

    /** Not by the conversions that are tested. */
    private static String shown(Object content) {
        if (content == null) {
            return "NULL";
        }
        if (content instanceof String text) {
            return "'" + text + "'";
        }
        if (content instanceof byte[] bytes) {
            return "0x" + java.util.HexFormat.of().withUpperCase().formatHex(bytes);
        }
        if (content instanceof Boolean bit) {
            return bit ? "1" : "0";
        }
        return content instanceof BigDecimal number
                ? number.toPlainString()
                : content instanceof UUID id ? id.toString().toUpperCase(Locale.ROOT) : content.toString();
    }
}
