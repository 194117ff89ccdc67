package org.parley.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.testkit.crash.Row.Step;

/** Each way in which books can be wrong is told. */
class CheckerTest {

    private static final List<Row> GOOD = List.of(
            row(Step.SENT, 0),
            row(Step.TIMER_SET, 0),
            row(Step.LAST, 1),
            row(Step.RECEIVED, 0),
            row(Step.RECEIVED, 1),
            row(Step.TIMER_RANG, 0),
            row(Step.REPLIED, 0),
            row(Step.REPLIED, 1),
            row(Step.ENDED, 0));

    private static Row row(Step step, int number) {
        return new Row(step, "s", number);
    }

    private static List<Row> without(Row row) {
        List<Row> rows = new ArrayList<>(GOOD);
        rows.remove(row);
        return rows;
    }

    private static List<Row> with(Row row) {
        List<Row> rows = new ArrayList<>(GOOD);
        rows.add(row);
        return rows;
    }

    private static List<String> faults(List<Row> rows) {
        return Checker.faults(rows, List.of());
    }

    @Test
    void goodBooksAreGood() {
        assertThat(Checker.faults(GOOD, GOOD)).isEmpty();
        assertThat(faults(List.of(row(Step.SENT_TO_FAIL, 0), row(Step.RECEIVED, 0), row(Step.ENDED, 0))))
                .isEmpty();
        assertThat(faults(List.of(row(Step.SENT_TO_EXPIRE, 0), row(Step.ENDED, 0))))
                .isEmpty();
    }

    @Test
    void whatWasAcknowledgedMustBeThere() {
        assertThat(Checker.faults(List.of(), List.of(row(Step.SENT, 0))))
                .containsExactly("lost, though acknowledged: SENT s 0");
    }

    @Test
    void messagesArriveOnceAndInOrder() {
        assertThat(faults(without(row(Step.RECEIVED, 1))))
                .singleElement()
                .asString()
                .endsWith("lost");
        assertThat(faults(with(row(Step.RECEIVED, 1))))
                .singleElement()
                .asString()
                .endsWith("doubled");
        assertThat(faults(without(row(Step.REPLIED, 0))))
                .singleElement()
                .asString()
                .endsWith("lost");
        assertThat(faults(with(row(Step.REPLIED, 7))))
                .singleElement()
                .asString()
                .endsWith("more than was sent");
        List<Row> reordered = without(row(Step.RECEIVED, 0));
        reordered.add(row(Step.RECEIVED, 0));
        assertThat(faults(reordered)).singleElement().asString().endsWith("reordered");
        assertThat(faults(List.of(row(Step.RECEIVED, 0))))
                .singleElement()
                .asString()
                .startsWith("received, never sent");
    }

    @Test
    void timersRingOnceAndDialogsEndOnce() {
        assertThat(faults(without(row(Step.TIMER_RANG, 0)))).containsExactly("timers of s: 1 set, 0 rang");
        assertThat(faults(with(row(Step.TIMER_RANG, 0)))).containsExactly("timers of s: 1 set, 2 rang");
        assertThat(faults(without(row(Step.ENDED, 0)))).containsExactly("ended 0 times: s");
        assertThat(faults(without(row(Step.SENT, 0)))).isNotEmpty();
    }
}
