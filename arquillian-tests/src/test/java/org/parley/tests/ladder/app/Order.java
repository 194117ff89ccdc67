package org.parley.tests.ladder.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.parley.tests.Until;

/** The rung with many readers. */
final class Order {

    private static final int DIALOGS = 200;
    private static final int ROUNDS = 5;

    private Order() {}

    static void ofTwoHundredDialogs(Ladder ladder) throws Exception {
        List<UUID> handles = new ArrayList<>();
        for (int i = 0; i < DIALOGS; i++) {
            handles.add(ladder.exchange().ask(OrderedBean.QUEUE, "0"));
        }
        for (int round = 1; round < ROUNDS; round++) {
            for (UUID handle : handles) {
                String text = Integer.toString(round);
                ladder.exchange().committed(connection -> {
                    connection.conversation(handle).send(Exchange.TYPE, text);
                    return null;
                });
            }
        }
        Until.holds(() -> taken() + " taken", Ladder.LONGEST, () -> taken() >= DIALOGS * ROUNDS);
        Ladder.becomesQuiet();

        assertThat(OrderedBean.LEFT_ALONE)
                .as("whose reader hasn't met seven others at work")
                .isEmpty();
        assertThat(OrderedBean.TAKEN_TWICE).isEmpty();
        assertThat(OrderedBean.TEXTS).hasSize(DIALOGS);
        assertThat(OrderedBean.TEXTS.values())
                .allSatisfy(texts -> assertThat(texts).containsExactly("0", "1", "2", "3", "4"));
    }

    private static int taken() {
        return OrderedBean.TEXTS.values().stream().mapToInt(List::size).sum();
    }
}
