package org.parley.sql.run;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.parley.Message;

/** Whatever a script says, it gets messages and no exception: scripts with words taken out, doubled, exchanged. */
class MutatedScriptsTest {

    private static final int SCRIPTS = 5_000;
    private static final String BETWEEN_WORDS = "(?<=\\W)|(?=\\W)";

    private final long seed = Long.getLong("parley.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void neverEndInAnException() throws IOException {
        List<List<String>> scripts = scripts();
        List<String> words = scripts.stream().flatMap(List::stream).toList();
        Interpreter interpreter = new Interpreter();
        for (int i = 0; i < SCRIPTS; i++) {
            List<String> script = new ArrayList<>(scripts.get(random.nextInt(scripts.size())));
            for (int changes = random.nextInt(4); changes >= 0 && !script.isEmpty(); changes--) {
                change(script, words.get(random.nextInt(words.size())));
            }
            String text = String.join("", script);
            assertThatCode(() -> interpreter.run(text, session(), output -> {}))
                    .as("parley.seed=%d, script %d: %s", seed, i, text)
                    .doesNotThrowAnyException();
        }
    }

    private static FakeSession session() {
        FakeSession session = new FakeSession();
        session.queued.add(List.<Message>of(FakeSession.message("t", "<a/>")));
        session.procedure("p", "PRINT 1 / 0");
        return session;
    }

    private void change(List<String> script, String word) {
        int place = random.nextInt(script.size());
        switch (random.nextInt(4)) {
            case 0 -> script.remove(place);
            case 1 -> script.add(place, word);
            case 2 -> script.set(place, word);
            default -> script.set(place, script.set(random.nextInt(script.size()), script.get(place)));
        }
    }

    /** Those that can't repeat anything without end. */
    private static List<List<String>> scripts() throws IOException {
        try (InputStream in = MutatedScriptsTest.class.getResourceAsStream("wrong-inputs.txt")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(all.split("(?m)^-+\\n"))
                    .map(each -> each.split("(?m)^=> ")[0])
                    .filter(each -> !each.contains("WHILE") && !each.contains("GO"))
                    .map(each -> List.of(each.split(BETWEEN_WORDS)))
                    .toList();
        }
    }
}
