package org.parley.sql.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** LIKE beside the regular expression that says the same. */
class LikePatternTest {

    private static final String ALPHABET = "ab%_[]^-";

    @Test
    void agreesWithARegularExpression() {
        long seed = Long.getLong("parley.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            String text = any(random, "ab", 8);
            String pattern = any(random, "ab%_", 8);
            String expression = pattern.replace("%", ".*").replace("_", ".");
            assertThat(new LikePattern(pattern, null).matches(text))
                    .as("seed " + seed + ": '" + text + "' LIKE '" + pattern + "'")
                    .isEqualTo(Pattern.matches(expression, text));
        }
    }

    @Test
    void anyTextIsAPattern() {
        long seed = Long.getLong("parley.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            String pattern = any(random, ALPHABET, 8);
            Assertions.assertDoesNotThrow(
                    () -> new LikePattern(pattern, random.nextBoolean() ? "^" : null).matches(any(random, ALPHABET, 8)),
                    () -> "seed " + seed + ": " + pattern);
        }
    }

    private static String any(Random random, String alphabet, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Test
    void manyWildcardsDoNotTakeLong() {
        LikePattern pattern = new LikePattern("%a".repeat(2_000) + "%b", null);
        String text = "a".repeat(20_000);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThat(pattern.matches(text)).isFalse());
    }
}
