package org.parley.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.parley.sql.ast.Statement;
import org.parley.sql.print.Printer;
import org.parley.sql.print.SampleBatches;

/** Scripts that are nearly right: whatever is wrong in one, it is read or refused, in bounded time. */
class FuzzTest {

    private static final int SCRIPTS = Integer.getInteger("fuzz.scripts", 50_000);
    private static final Long SEED = Long.getLong("fuzz.seed");
    private static final long MOST_NANOS = Long.getLong("fuzz.millis", 1_000) * 1_000_000;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int SAMPLES = 200;
    private static final int LONGEST_SAMPLE = 400;
    private static final String CHARACTERS = "'\"[]()-/*;,.@N0xE=<>!+\n \t\u0000\uFEFF\uD800é日_#$:%&|^~";
    private static final String[] WORDS = {
        "SELECT", "BEGIN", "END", "(", ")", "CASE", "WITH", "SEND", "RECEIVE", "''", "'", "[", "/*", "*/", "--", "GO\n",
                ";",
        "NOT", "AS", "ON", ",", "=", "@v", "@@v", "1", "0x1", "x", "IF", "ELSE", "FROM", "VALUES", "DEFAULT", "AND",
                "IN"
    };

    @Test
    void whatIsNearlyRightIsReadOrRefused() {
        long first = SEED == null ? System.nanoTime() : SEED;
        List<String> samples = samples(first);
        int refused = 0;
        long slowest = 0;
        for (long seed = first; seed < first + SCRIPTS; seed++) {
            Random random = new Random(seed);
            String script = mutated(samples.get(random.nextInt(samples.size())), samples, random);
            long start = CLOCK.getCurrentThreadCpuTime();
            refused += parse(seed, first, script) ? 0 : 1;
            slowest = Math.max(slowest, CLOCK.getCurrentThreadCpuTime() - start);
        }
        assertThat(slowest).as("nanoseconds of the slowest script").isLessThan(MOST_NANOS);
        assertThat(refused).as("scripts that were refused").isBetween(SCRIPTS / 4, SCRIPTS - 1);
    }

    /** Single statements, so that a change seldom stands behind an error. */
    private static List<String> samples(long first) {
        List<String> batches = new ArrayList<>(SampleBatches.HAND_WRITTEN);
        for (int i = 0; i < SAMPLES; i++) {
            batches.add(SampleBatches.random(first + i));
        }
        List<String> samples = new ArrayList<>();
        for (String batch : batches) {
            for (Statement statement : BatchParser.parse(batch)) {
                String text = Printer.print(statement);
                if (text.length() < LONGEST_SAMPLE) {
                    samples.add(text);
                }
            }
        }
        return samples;
    }

    /** False when it is refused. */
    private static boolean parse(long seed, long first, String script) {
        try {
            for (Batches.Text batch : Batches.split(script)) {
                Printer.print(BatchParser.parse(batch.text()));
            }
            return true;
        } catch (SyntaxError e) {
            assertThat(e.getMessage()).hasSizeLessThan(500);
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isPositive();
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("script " + (seed - first) + " of -Dfuzz.seed=" + first + ": " + script, e);
        }
    }

    private static String mutated(String sample, List<String> samples, Random random) {
        StringBuilder script = new StringBuilder(sample);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = script.isEmpty() ? 0 : random.nextInt(script.length());
            int end = Math.min(script.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(7)) {
                case 0 -> script.delete(at, Math.min(script.length(), at + 1));
                case 1 -> script.insert(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
                case 2 -> script.insert(at, " " + WORDS[random.nextInt(WORDS.length)] + " ");
                case 3 -> script.delete(at, end);
                case 4 -> script.insert(at, script.substring(at, end).repeat(1 + random.nextInt(200)));
                case 5 -> script.setLength(at);
                default -> script.insert(at, samples.get(random.nextInt(samples.size())));
            }
        }
        return script.toString();
    }
}
