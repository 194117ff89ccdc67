package org.parley.tests.ladder.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.Message;
import org.parley.tests.Until;

/** Rungs with a bean that takes messages. */
final class Deliveries {

    private Deliveries() {}

    static void beanAnswers(Ladder ladder) throws Exception {
        UUID handle = ladder.exchange().ask(AnsweringBean.QUEUE, "good day");
        assertThat(ladder.exchange().answer(handle)).isEqualTo("GOOD DAY");
        ladder.exchange().end(handle);
    }

    static void tableReceiveAndAnswerAreOneBranch(Ladder ladder) throws Exception {
        List<String> rows = new ArrayList<>(ladder.rows(AnsweringBean.QUEUE));
        AnsweringBean.SEEN_UNCOMMITTED.clear();
        Ladder.becomesQuiet();
        Sight before = Sight.now();

        UUID handle = ladder.exchange().ask(AnsweringBean.QUEUE, "once");
        Until.holds("the answer is committed", Ladder.LONGEST, () -> ladder.waiting(handle) == 1);
        Ladder.becomesQuiet();

        assertThat(Sight.now().since(before))
                .as("one branch for the question, one for receive, table and answer")
                .isEqualTo(new Sight(2, 0, 0));
        rows.add("once");
        assertThat(AnsweringBean.SEEN_UNCOMMITTED).isEqualTo(rows);
        assertThat(ladder.rows(AnsweringBean.QUEUE)).isEqualTo(rows);
        assertThat(ladder.exchange().answer(handle)).isEqualTo("ONCE");
    }

    static void uncheckedExceptionRollsBack(Ladder ladder) throws Exception {
        redelivered(ladder, FailingBean.UNCHECKED);
    }

    static void checkedExceptionRollsBack(Ladder ladder) throws Exception {
        redelivered(ladder, FailingBean.CHECKED);
    }

    private static void redelivered(Ladder ladder, String failure) throws Exception {
        FailingBean.CALLS.clear();
        List<String> expectedRows = new ArrayList<>(ladder.rows(FailingBean.QUEUE));
        Ladder.becomesQuiet();
        Sight before = Sight.now();

        UUID handle = ladder.exchange().ask(FailingBean.QUEUE, "before", failure, "after", "last");
        Until.holds(
                () -> "four answers; calls: " + FailingBean.CALLS, Ladder.LONGEST, () -> ladder.waiting(handle) == 4);
        Ladder.becomesQuiet();

        assertThat(FailingBean.CALLS)
                .containsExactly("0 before", "1 " + failure, "1 " + failure, "1 " + failure, "2 after", "3 last");
        assertThat(ladder.exchange().answers(handle))
                .extracting(Message::text)
                .containsExactly("before", failure, "after", "last");
        expectedRows.addAll(List.of("before", failure, "after", "last"));
        assertThat(ladder.rows(FailingBean.QUEUE)).isEqualTo(expectedRows);
        assertThat(Sight.now().since(before).rolledBack()).isEqualTo(2);
    }

    static void batchesAreTakenWhole(Ladder ladder) throws Exception {
        UUID handle = ladder.exchange().ask(BatchBean.QUEUE, "1", "2", "3", "4");
        Until.holds("two answers", Ladder.LONGEST, () -> ladder.waiting(handle) == 2);
        assertThat(ladder.exchange().answers(handle)).extracting(Message::text).containsExactly("1,2,3", "4");
    }

    static void timersErrorsAndEndsReachTheirMethods(Ladder ladder) throws Exception {
        UUID handle = ladder.exchange().ask(EventsBean.QUEUE, "<greeting/>");
        assertThat(ladder.exchange().answer(handle)).isEqualTo("reminder");
        ladder.exchange().end(handle);
        Until.holds("the end arrives", Ladder.LONGEST, () -> EventsBean.EVENTS.contains("end"));

        ladder.exchange().committed(connection -> {
            Conversation conversation =
                    connection.begin(Dialog.between(Exchange.CALLER, Exchange.service(EventsBean.QUEUE)));
            conversation.send(Exchange.TYPE, "<regret/>");
            conversation.endWithError(7, "Changed my mind.");
            return null;
        });
        Until.holds("the error arrives", Ladder.LONGEST, () -> EventsBean.EVENTS.contains("error 7"));
        assertThat(EventsBean.EVENTS)
                .startsWith("message greeting of 11 bytes", "timer", "end")
                .endsWith("error 7");
    }

    static void withoutTransaction(Ladder ladder) throws Exception {
        ladder.exchange().ask(AloneBean.QUEUE, "first", "second");
        List<String> expected = List.of("0 first", "0 first", "1 second");
        Until.holds(
                () -> "three calls: " + AloneBean.CALLS,
                Ladder.LONGEST,
                () -> AloneBean.CALLS.size() >= expected.size());
        Ladder.becomesQuiet();
        assertThat(AloneBean.CALLS).isEqualTo(expected);
    }
}
