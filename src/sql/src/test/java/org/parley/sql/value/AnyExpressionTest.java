package org.parley.sql.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.Position;
import org.parley.sql.ast.TypeName;

/** Expressions that nobody would write give a value of their type, or an error of ours. */
class AnyExpressionTest {

    private static final int ROUNDS = Integer.getInteger("parley.rounds", 20_000);
    private static final List<String> NUMBERS =
            List.of("0", "1", "7", "2147483647", "9999999999", "0.5", "12345.678", "1e0", "1e300", "1e-300");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "abc",
            "12",
            "-1.5",
            "1e5",
            "2024-02-29",
            "12:30",
            "<a b='1'>x</a>",
            "%a_[b",
            "\u0416\u00fc\u20ac",
            "0e984725-c51c-4bf4-9960-e1c80e27aba0",
            "0xAB",
            "true",
            "day");
    private static final List<String> VARIABLES = List.of(
            "@i",
            "@b",
            "@t",
            "@bit",
            "@n",
            "@v",
            "@c",
            "@null",
            "@nulltext",
            "@d",
            "@f",
            "@m",
            "@id",
            "@date",
            "@time",
            "@dt",
            "@dt2",
            "@x",
            "@body");
    private static final List<String> OPERATORS = List.of("+", "-", "*", "/", "%", "&", "|", "^");
    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");
    private static final List<TypeName> TYPES = List.of(
            TypeName.of("bit"),
            TypeName.of("tinyint"),
            TypeName.of("smallint"),
            TypeName.of("int"),
            TypeName.of("bigint"),
            TypeName.of("decimal", 38, 20),
            TypeName.of("decimal", 5, 2),
            TypeName.of("decimal", 38, 0),
            TypeName.of("money"),
            TypeName.of("real"),
            TypeName.of("float"),
            TypeName.of("char", 4),
            TypeName.of("varchar", 9),
            TypeName.of("nchar", 4),
            TypeName.of("nvarchar", TypeName.MAX),
            TypeName.of("sysname"),
            TypeName.of("binary", 4),
            TypeName.of("varbinary", TypeName.MAX),
            TypeName.of("uniqueidentifier"),
            TypeName.of("date"),
            TypeName.of("time", 3),
            TypeName.of("datetime"),
            TypeName.of("datetime2"),
            TypeName.of("xml"));
    private static final List<String> PARTS = List.of("year", "qq", "week", "dw", "isowk", "hour", "ns");
    private static final List<String> FUNCTIONS = new ArrayList<>(Functions.names());

    private final long seed = Long.getLong("parley.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private Expression value(int depth) {
        int kind = random.nextInt(depth <= 0 ? 5 : 12);
        return switch (kind) {
            case 0 -> new Expression.Number(any(NUMBERS));
            case 1 -> new Expression.Text(any(TEXTS), random.nextBoolean());
            case 2, 3 -> new Expression.Variable(Position.NONE, any(VARIABLES));
            case 4 -> random.nextInt(4) == 0 ? new Expression.Null() : new Expression.Bytes("0A1B2C");
            case 5 -> new Expression.Unary(any(List.of("+", "-", "~")), value(depth - 1));
            case 6, 7 -> new Expression.Operation(Position.NONE, any(OPERATORS), value(depth - 1), value(depth - 1));
            case 8 ->
                new Expression.Case(
                        null, List.of(new Expression.When(condition(depth - 1), value(depth - 1))), value(depth - 1));
            case 9 -> new Expression.Cast(Position.NONE, value(depth - 1), any(TYPES), random.nextInt(4) == 0);
            case 10 ->
                new Expression.Convert(
                        Position.NONE,
                        any(TYPES),
                        value(depth - 1),
                        new Expression.Number("" + random.nextInt(132)),
                        false);
            default -> call(depth);
        };
    }

    private Expression call(int depth) {
        String name = any(FUNCTIONS);
        List<Expression> arguments = new ArrayList<>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            boolean part = i == 0 && name.startsWith("DATE");
            arguments.add(
                    part
                            ? new Expression.Column(Position.NONE, ObjectName.of(any(PARTS)))
                            : i == 0 && name.equals("IIF") ? condition(depth - 1) : value(depth - 1));
        }
        return new Expression.Call(Position.NONE, name, arguments, false, false);
    }

    private Expression condition(int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> new Expression.Like(value(depth - 1), value(depth - 1), null, random.nextBoolean());
            case 1 ->
                new Expression.In(
                        value(depth - 1), List.of(value(depth - 1), value(depth - 1)), null, random.nextBoolean());
            case 2 ->
                new Expression.Between(value(depth - 1), value(depth - 1), value(depth - 1), random.nextBoolean());
            case 3 -> new Expression.IsNull(value(depth - 1), random.nextBoolean());
            default -> new Expression.Operation(Position.NONE, any(COMPARISONS), value(depth - 1), value(depth - 1));
        };
    }

    @Test
    void givesAValueOfItsTypeOrAnErrorOfOurs() {
        Evaluator evaluator = new Evaluator(ExpressionTableTest.surroundings());
        int values = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Expression expression = value(3);
            try {
                Term term = evaluator.term(expression);
                Value value = term.value();
                assertThat(value.type()).isEqualTo(term.type());
                assertThat(value.isNull() || value.type().base().content().isInstance(value.content()))
                        .as("content " + value)
                        .isTrue();
                checkFits(value);
                values++;
            } catch (ScriptError e) {
                assertThat(e.getMessage()).hasSizeBetween(10, 600);
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ", round " + i + ": " + expression, e);
            }
        }
        assertThat(values).isGreaterThan(ROUNDS / 10);
    }

    private static void checkFits(Value value) {
        SqlType type = value.type();
        if (value.content() instanceof String text && type.isText() && !type.isMax()) {
            assertThat(text.length()).as("length of " + value).isLessThanOrEqualTo(type.length());
            assertThat(type.isNational() || CodePage.narrow(text).equals(text))
                    .as("code page of " + value)
                    .isTrue();
        }
        if (value.content() instanceof byte[] bytes && !type.isMax()) {
            assertThat(bytes.length).isLessThanOrEqualTo(type.length());
        }
        if (value.content() instanceof java.math.BigDecimal number) {
            int scale = type.base() == SqlType.Base.MONEY ? SqlType.MONEY_SCALE : type.scale();
            assertThat(number.scale()).as("scale of " + value).isEqualTo(scale);
            assertThat(number.precision()).isLessThanOrEqualTo(SqlType.MOST_DIGITS);
        }
        if (value.content() instanceof Double number) {
            assertThat(number).isFinite();
        }
    }
}
