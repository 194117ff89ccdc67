package org.parley.sql.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.parley.sql.ScriptError;

/** What holds for all values: there and back again, and always a value or an error of ours. */
class ConversionTest {

    private static final int ROUNDS = 5_000;
    private static final SqlType TEXT = SqlType.nvarchar(SqlType.MAX);
    private static final SqlType BYTES = SqlType.varbinary(SqlType.MAX);
    private static final Integer HEX = 1;

    private static final List<SqlType> TYPES = List.of(
            SqlType.BIT,
            SqlType.TINYINT,
            SqlType.SMALLINT,
            SqlType.INT,
            SqlType.BIGINT,
            SqlType.decimal(38, 10),
            SqlType.decimal(5, 2),
            SqlType.decimal(38, 38),
            SqlType.MONEY,
            SqlType.REAL,
            SqlType.FLOAT,
            SqlType.of(SqlType.Base.CHAR, 5),
            SqlType.varchar(20),
            SqlType.of(SqlType.Base.NCHAR, 5),
            TEXT,
            SqlType.SYSNAME,
            SqlType.of(SqlType.Base.BINARY, 6),
            BYTES,
            SqlType.UNIQUEIDENTIFIER,
            SqlType.DATE,
            SqlType.time(7),
            SqlType.time(2),
            SqlType.DATETIME,
            SqlType.datetime2(7),
            SqlType.datetime2(0),
            SqlType.XML);

    private final Random random;
    private final long seed = Long.getLong("parley.seed", System.nanoTime());

    ConversionTest() {
        random = new Random(seed);
    }

    private void each(Consumer<Integer> round) {
        for (int i = 0; i < ROUNDS; i++) {
            try {
                round.accept(i);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + i, e);
            }
        }
    }

    private void returns(SqlType type, SqlType through, Integer style, Function<Random, Object> content) {
        each(round -> {
            Value value = new Value(type, content.apply(random));
            Value there = Conversion.explicit(value, through, style);
            assertThat(Conversion.explicit(there, type, style)).isEqualTo(value);
        });
    }

    private static String text(Random random) {
        char[] characters = new char[random.nextInt(12)];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = (char) random.nextInt(Character.MAX_VALUE + 1);
        }
        return new String(characters);
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static BigDecimal decimal(Random random) {
        return new BigDecimal(new BigInteger(120, random).subtract(BigInteger.ONE.shiftLeft(119)), 10);
    }

    private static LocalDate date(Random random) {
        return LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_652_059));
    }

    private static LocalTime time(Random random) {
        return LocalTime.ofNanoOfDay(random.nextInt(86_400) * 1_000_000_000L + random.nextInt(10_000_000) * 100L);
    }

    private static LocalDateTime datetime(Random random) {
        long days = random.nextInt(3_000_000);
        long nanos = random.nextInt(86_400) * 1_000_000_000L + ToTime.nanosOfTicks(random.nextInt(300));
        return LocalDateTime.of(1753, 1, 1, 0, 0).plusDays(days).plusNanos(nanos);
    }

    @Test
    void integersComeBackFromTextAndBytes() {
        returns(SqlType.INT, TEXT, null, Random::nextInt);
        returns(SqlType.INT, BYTES, null, Random::nextInt);
        returns(SqlType.BIGINT, TEXT, null, Random::nextLong);
        returns(SqlType.BIGINT, BYTES, null, Random::nextLong);
        returns(SqlType.SMALLINT, BYTES, null, r -> (int) (short) r.nextInt());
        returns(SqlType.TINYINT, SqlType.varchar(3), null, r -> r.nextInt(256));
        returns(SqlType.BIT, SqlType.varchar(1), null, Random::nextBoolean);
    }

    @Test
    void decimalsAndMoneyComeBackFromTextAndBytes() {
        returns(SqlType.decimal(38, 10), TEXT, null, ConversionTest::decimal);
        returns(SqlType.decimal(38, 10), BYTES, null, ConversionTest::decimal);
        returns(SqlType.MONEY, TEXT, 2, r -> BigDecimal.valueOf(r.nextLong(), 4));
        returns(SqlType.MONEY, BYTES, null, r -> BigDecimal.valueOf(r.nextLong(), 4));
    }

    @Test
    void floatsComeBackFromTheirLongestText() {
        returns(SqlType.FLOAT, TEXT, 3, r -> (r.nextDouble() - 0.5) * Math.pow(10, r.nextInt(600) - 300));
        returns(SqlType.REAL, TEXT, 3, r -> (double) (float) (r.nextFloat() * Math.pow(10, r.nextInt(70) - 35)));
    }

    @Test
    void uniqueidentifiersComeBack() {
        returns(SqlType.UNIQUEIDENTIFIER, TEXT, null, r -> new UUID(r.nextLong(), r.nextLong()));
        returns(SqlType.UNIQUEIDENTIFIER, BYTES, null, r -> new UUID(r.nextLong(), r.nextLong()));
    }

    @Test
    void textOfUnicodeComesBackFromItsBytesWhateverItIs() {
        returns(TEXT, BYTES, null, ConversionTest::text);
    }

    @Test
    void bytesComeBackFromTextOfOneByteACharacter() {
        returns(BYTES, SqlType.varchar(SqlType.MAX), null, ConversionTest::bytes);
        returns(BYTES, TEXT, HEX, ConversionTest::bytes);
    }

    @Test
    void datesAndTimesComeBack() {
        returns(SqlType.DATE, TEXT, null, ConversionTest::date);
        returns(SqlType.DATE, BYTES, null, ConversionTest::date);
        returns(SqlType.time(7), TEXT, null, ConversionTest::time);
        returns(SqlType.time(7), BYTES, null, ConversionTest::time);
        returns(SqlType.datetime2(7), TEXT, 126, r -> date(r).atTime(time(r)));
        returns(SqlType.datetime2(7), BYTES, null, r -> date(r).atTime(time(r)));
        returns(SqlType.DATETIME, TEXT, 121, ConversionTest::datetime);
        returns(SqlType.DATETIME, BYTES, null, ConversionTest::datetime);
    }

    @Test
    void aMomentIsRoundedOnceAndForAll() {
        each(round -> {
            LocalDateTime fine =
                    LocalDate.of(2000, 1, 1).plusDays(random.nextInt(9_999)).atTime(time(random));
            Value rounded = Conversion.explicit(new Value(SqlType.datetime2(7), fine), SqlType.DATETIME, null);
            Value between = Conversion.explicit(rounded, SqlType.datetime2(7), null);
            assertThat(Conversion.explicit(between, SqlType.DATETIME, null)).isEqualTo(rounded);
        });
    }

    @Test
    void anyValueBecomesAnyOtherOrIsAnErrorOfOurs() {
        each(round -> {
            SqlType first = TYPES.get(random.nextInt(TYPES.size()));
            SqlType second = TYPES.get(random.nextInt(TYPES.size()));
            Value source = random.nextBoolean()
                    ? new Value(TEXT, random.nextBoolean() ? text(random) : digits(random))
                    : new Value(BYTES, bytes(random));
            try {
                Value middle = Conversion.explicit(source, first, null);
                Value last = Conversion.explicit(middle, second, null);
                assertThat(last.type()).isEqualTo(second);
                assertThat(second.base().content().isInstance(last.content())).isTrue();
                if (last.content() instanceof String text && !second.isMax() && second.isText()) {
                    assertThat(text.length()).isLessThanOrEqualTo(second.length());
                }
            } catch (ScriptError e) {
                assertThat(e.getMessage()).hasSizeLessThan(400);
            }
        });
    }

    private static String digits(Random random) {
        String alphabet = "0123456789.-+eE:/ TZapmJn";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Test
    void whatConvertsByItselfConvertsWhenAsked() {
        for (SqlType from : TYPES) {
            for (SqlType to : TYPES) {
                try {
                    Conversion.checkImplicit(from, to);
                } catch (ScriptError e) {
                    continue;
                }
                Conversion.checkExplicit(from, to);
            }
        }
    }

    @Test
    void twoTypesHaveTheSameInCommonWhicheverIsFirst() {
        for (SqlType one : TYPES) {
            for (SqlType other : TYPES) {
                assertThat(Types.common(one, other)).as(one + " and " + other).isEqualTo(Types.common(other, one));
            }
        }
    }

    @Test
    void longNumbersAreRefusedWithoutBeingRead() {
        String digits = "9".repeat(10_000_000);
        for (SqlType type : List.of(SqlType.INT, SqlType.decimal(38, 0), SqlType.FLOAT, SqlType.MONEY, SqlType.DATE)) {
            assertThatThrownBy(() -> Conversion.implicit(new Value(TEXT, digits), type))
                    .isInstanceOf(ScriptError.class);
        }
    }

    @Test
    void aColumnRefusesWhatItWouldCutOff() {
        SqlType column = SqlType.varchar(3);
        assertThat(Conversion.stored(Value.national("abc  "), column, "name").content())
                .isEqualTo("abc");
        assertThat(Conversion.stored(Value.national("ab"), column, "name").content())
                .isEqualTo("ab");
        assertThatThrownBy(() -> Conversion.stored(Value.national("abcd"), column, "name"))
                .hasMessage("Column 'name' of type varchar(3) is too short for 'abcd', which would be cut off.")
                .hasFieldOrPropertyWithValue("number", 2628);
        assertThatThrownBy(() -> Conversion.stored(Value.of(new byte[] {1, 2}), SqlType.varbinary(1), "body"))
                .hasMessage("Column 'body' of type varbinary(1) is too short for 0x0102, which would be cut off.");
        assertThat(Conversion.stored(Value.of(12), SqlType.BIGINT, "count")).isEqualTo(Value.of(12L));
    }
}
