package org.parley.testkit.crash;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what was acknowledged with what there is, and both sides of each dialog with each other. Rows of the application's own
 * database stand in for the messages: where a row is and its message isn't, or the other way round, the resources disagree.
 */
final class Checker {

    private static final Set<Row.Step> MESSAGES = EnumSet.of(
            Row.Step.SENT, Row.Step.LAST, Row.Step.SENT_TO_FAIL, Row.Step.SENT_TO_END, Row.Step.SENT_TO_EXPIRE);

    private final List<String> faults = new ArrayList<>();

    private Checker() {}

    /**
     * What is wrong after everything has come to its end; empty when nothing is.
     *
     * @param rows of all tables, those of one step and stream in the order of their commits
     * @param acknowledged what the application knows to be done
     */
    static List<String> faults(List<Row> rows, List<Row> acknowledged) {
        Checker checker = new Checker();
        checker.everythingAcknowledged(rows, acknowledged);
        byStream(rows).forEach(checker::stream);
        return checker.faults;
    }

    static Map<String, List<Row>> byStream(List<Row> rows) {
        Map<String, List<Row>> streams = new LinkedHashMap<>();
        rows.forEach(row -> streams.computeIfAbsent(row.stream(), stream -> new ArrayList<>())
                .add(row));
        return streams;
    }

    static int count(List<Row> rows, Row.Step step) {
        return (int) rows.stream().filter(row -> row.step() == step).count();
    }

    private void everythingAcknowledged(List<Row> rows, List<Row> acknowledged) {
        Map<Row, Integer> there = new HashMap<>();
        rows.forEach(row -> there.merge(row, 1, Integer::sum));
        for (Row row : acknowledged) {
            if (there.merge(row, -1, Integer::sum) < 0) {
                faults.add("lost, though acknowledged: " + row.line());
            }
        }
    }

    private void stream(String stream, List<Row> rows) {
        List<Row> sent =
                rows.stream().filter(row -> MESSAGES.contains(row.step())).toList();
        List<Integer> numbers = sent.stream().map(Row::number).toList();
        List<Integer> received = numbers(rows, Row.Step.RECEIVED);
        List<Integer> replied = numbers(rows, Row.Step.REPLIED);
        if (sent.isEmpty()) {
            faults.add("received, never sent: " + rows);
            return;
        }
        inOrder("sent", stream, numbers);
        boolean expires = sent.get(0).step() == Row.Step.SENT_TO_EXPIRE;
        boolean answered = sent.get(0).step() == Row.Step.SENT || sent.get(0).step() == Row.Step.LAST;
        if (!(expires && received.isEmpty())) {
            same("received", stream, received, numbers);
        }
        same("replied", stream, replied, answered ? numbers : List.of());
        if (count(rows, Row.Step.TIMER_SET) != count(rows, Row.Step.TIMER_RANG)) {
            faults.add("timers of " + stream + ": " + count(rows, Row.Step.TIMER_SET) + " set, "
                    + count(rows, Row.Step.TIMER_RANG) + " rang");
        }
        if (count(rows, Row.Step.ENDED) != 1) {
            faults.add("ended " + count(rows, Row.Step.ENDED) + " times: " + stream);
        }
    }

    private static List<Integer> numbers(List<Row> rows, Row.Step step) {
        return rows.stream().filter(row -> row.step() == step).map(Row::number).toList();
    }

    private void inOrder(String what, String stream, List<Integer> numbers) {
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i) != i) {
                faults.add(what + " of " + stream + " are " + numbers);
                return;
            }
        }
    }

    private void same(String what, String stream, List<Integer> numbers, List<Integer> expected) {
        if (!numbers.equals(expected)) {
            faults.add(what + " of " + stream + " are " + numbers + " instead of " + expected + ": "
                    + verdict(numbers, expected));
        }
    }

    private static String verdict(List<Integer> numbers, List<Integer> expected) {
        if (numbers.stream().distinct().count() < numbers.size()) {
            return "doubled";
        }
        if (!numbers.containsAll(expected)) {
            return "lost";
        }
        return expected.containsAll(numbers) ? "reordered" : "more than was sent";
    }
}
