package org.parley.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxErrorTest {

    private static final String MESSAGE = "=> ";
    private static final int FEWEST = 90;

    static Stream<Arguments> cases() throws IOException {
        List<Arguments> cases = new ArrayList<>();
        StringBuilder script = new StringBuilder();
        try (InputStream file = SyntaxErrorTest.class.getResourceAsStream("syntax-errors.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                if (line.startsWith(MESSAGE)) {
                    cases.add(Arguments.of(script.toString(), line.substring(MESSAGE.length())));
                    script.setLength(0);
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    script.append(script.isEmpty() ? "" : "\n").append(line);
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aWrongScriptGetsNumberPlaceAndMessage(String script, String message) {
        SyntaxError error = catchThrowableOfType(SyntaxError.class, () -> BatchParser.parse(script));
        assertThat(error).as("error").isNotNull();
        assertThat(error.number() + " " + error.getMessage()).isEqualTo(message);
        assertThat(error.level()).isEqualTo(15);
    }

    @Test
    void theTableOfWrongScriptsIsLong() throws IOException {
        assertThat(cases().count()).isGreaterThan(FEWEST);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "SEND ON CONVERSATION @h",
                "; RECEIVE * FROM q",
                "PRINT 1; SEND ON CONVERSATION @h; RECEIVE * FROM q",
                "BEGIN SEND ON CONVERSATION @h END",
                "BEGIN TRY RECEIVE * FROM q END TRY BEGIN CATCH THROW END CATCH",
                "IF @a = 1 SEND ON CONVERSATION @h ELSE RECEIVE * FROM q",
                "WHILE @a = 1 RECEIVE * FROM q",
                "WAITFOR (RECEIVE * FROM q), TIMEOUT 1",
                "PRINT 1 WAITFOR (GET CONVERSATION GROUP @g FROM q)",
                "CREATE PROCEDURE p AS SEND ON CONVERSATION @h"
            })
    void whereAStatementIsDueNoSemicolonIsNeeded(String script) {
        assertThat(BatchParser.parse(script)).isNotEmpty();
    }

    @Test
    void aNameHas128CharactersAtMost() {
        assertThat(BatchParser.parse("USE " + "a".repeat(128))).hasSize(1);
        assertThatThrownBy(() -> BatchParser.parse("USE\n  [" + "a".repeat(129) + "]"))
                .hasMessage("2:3: the name that begins with '" + "a".repeat(40)
                        + "...' has 129 characters; at most 128 are allowed.")
                .extracting("number")
                .isEqualTo(103);
        assertThatThrownBy(() -> BatchParser.parse("SET @" + "a".repeat(128) + " = 1"))
                .extracting("number")
                .isEqualTo(103);
    }

    @Test
    void noMessageShowsWhatStandsNearPassword() {
        for (String script : List.of(
                "CREATE USER a WITH PASSWORD 'geheim'",
                "CREATE USER a WITH PASSWORD = = 'geheim'",
                "CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'geheim")) {
            assertThatThrownBy(() -> BatchParser.parse(script))
                    .isInstanceOf(SyntaxError.class)
                    .hasMessageNotContaining("geheim");
        }
    }

    @Test
    void whatIsFoundIsShownShortened() {
        assertThatThrownBy(() -> BatchParser.parse("PRINT 1 '" + "x".repeat(10_000) + "'"))
                .isInstanceOf(SyntaxError.class)
                .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(300));
    }
}
