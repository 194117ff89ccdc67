package org.parley.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Random programs by 8 threads over 2 databases, judged by a plain model of the reference: nothing is lost, doubled or
 * reordered, locks are as modelled, and after everyone has ended nothing is left.
 *
 * <p>Each run begins at another seed and says which. {@code -Dmodel.seed=...} begins at that of a failure, and
 * {@code -Dmodel.programs=2000} runs so many.
 */
class ModelTest {

    private static final int PROGRAMS = Integer.getInteger("model.programs", 200);
    private static final int PROGRAMS_OF_A_HOME = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void randomProgramsDoAsTheModelSays() {
        long first = Long.getLong("model.seed", ThreadLocalRandom.current().nextInt(1_000_000_000));
        System.out.println(PROGRAMS + " programs from -Dmodel.seed=" + first);
        long steps = 0;
        for (int done = 0; done < PROGRAMS; ) {
            try (Home home = new Home()) {
                for (int i = 0; i < PROGRAMS_OF_A_HOME && done < PROGRAMS; i++, done++) {
                    Program program = Program.of(first + done);
                    Runner runner = new Runner(home, program, PATIENCE);
                    List<String> wrong = runner.run();
                    assertThat(wrong).as(() -> report(program, runner)).isEmpty();
                    steps += runner.acts().size();
                }
            }
        }
        System.out.println(PROGRAMS + " programs from -Dmodel.seed=" + first + " did " + steps + " acts");
    }

    private static String report(Program program, Runner runner) {
        List<String> lines = new ArrayList<>();
        runner.acts().forEach(act -> lines.add(act.toString()));
        return "With -Dmodel.seed=" + program.seed() + " -Dmodel.programs=1, after these acts:\n"
                + String.join("\n", lines) + "\n";
    }
}
