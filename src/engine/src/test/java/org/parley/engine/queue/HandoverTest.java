package org.parley.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.engine.store.MessageRow;
import org.parley.testkit.Seeds;

/** Memory gives what the store would give, or nothing. */
class HandoverTest {

    private static final int SHORT = 500;

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private final Handover handover = new Handover();

    private record Place(long endpoint, long position) {}

    private static MessageRow message(long endpoint, long position, int length) {
        byte[] body = length == 0 ? null : new byte[length];
        return new MessageRow(endpoint, position, 14, position, 1000 * endpoint + position, 17, body, 0);
    }

    /** A branch commits these messages; positions inclusive. */
    private List<MessageRow> commit(long endpoint, long from, long to, int length) {
        Handover.Allowance allowance = new Handover.Allowance();
        List<MessageRow> rows = new ArrayList<>();
        HandedOver kept = null;
        for (long position = from; position <= to; position++) {
            MessageRow row = message(endpoint, position, length);
            rows.add(row);
            kept = allowance.keep(row, kept);
        }
        handover.add(kept);
        return rows;
    }

    @Test
    void givesWhatBranchesHaveCommittedInTheirOrder() {
        List<MessageRow> rows = new ArrayList<>(commit(3, 5, 6, SHORT));
        commit(5, 0, 9, SHORT);
        rows.addAll(commit(3, 7, 9, 0));
        assertThat(handover.take(3, 5, 9, Integer.MAX_VALUE)).containsExactlyElementsOf(rows);
        assertThat(handover.size()).isEqualTo(10);
    }

    @Test
    void nothingIsLeftOfWhatWasGiven() {
        commit(3, 0, 4, SHORT);
        assertThat(handover.take(3, 0, 4, 100)).hasSize(5);
        assertThat(handover.take(3, 0, 4, 100)).isNull();
        assertThat(handover.take(3, 4, 4, 1)).isNull();
        assertThat(handover.size()).isZero();
        assertThat(handover.bytes()).isZero();
    }

    @Test
    void oneMoreThanWantedIsOnlyLookedAt() {
        List<MessageRow> rows = commit(3, 0, 4, SHORT);
        assertThat(handover.take(3, 0, 4, 2)).containsExactlyElementsOf(rows.subList(0, 3));
        assertThat(handover.take(3, 2, 4, 2)).containsExactlyElementsOf(rows.subList(2, 5));
        assertThat(handover.take(3, 4, 4, 2)).containsExactlyElementsOf(rows.subList(4, 5));
        assertThat(handover.size()).isZero();
    }

    @Test
    void aRangeOfWhichOneIsMissingIsTheStores() {
        commit(3, 1, 3, SHORT);
        commit(3, 5, 5, SHORT);
        assertThat(handover.take(3, 0, 3, 100)).isNull();
        assertThat(handover.take(3, 1, 5, 100)).isNull();
        // the one that is only looked at must be here, too
        assertThat(handover.take(3, 1, 5, 3)).isNull();
        assertThat(handover.size()).isEqualTo(4);
        assertThat(handover.take(3, 1, 5, 2)).hasSize(3);
        assertThat(handover.take(4, 5, 5, 1)).isNull();
    }

    @Test
    void theOldestGoFirst() {
        int each = HandedOver.bytes(message(0, 0, SHORT));
        int most = Handover.MOST_BYTES / each;
        for (int i = 0; i < most; i++) {
            commit(i, 0, 0, SHORT);
        }
        assertThat(handover.size()).isEqualTo(most);
        commit(most, 0, 1, SHORT);
        assertThat(handover.size()).isEqualTo(most);
        assertThat(handover.bytes()).isEqualTo(most * each);
        assertThat(handover.take(0, 0, 0, 1)).isNull();
        assertThat(handover.take(1, 0, 0, 1)).isNull();
        assertThat(handover.take(2, 0, 0, 1)).hasSize(1);
        assertThat(handover.take(most, 0, 1, 2)).hasSize(2);
    }

    @Test
    void ofALongQueueTheEndIsHere() {
        int each = HandedOver.bytes(message(0, 0, MessageRow.ALWAYS_BESIDE));
        int most = Handover.MOST_BYTES / each;
        for (int i = 0; i < 3 * most; i++) {
            commit(3, i, i, MessageRow.ALWAYS_BESIDE);
        }
        assertThat(handover.take(3, 0, 3 * most - 1, 1)).isNull();
        assertThat(handover.take(3, 2 * most - 1, 3 * most - 1, 1)).isNull();
        assertThat(handover.take(3, 2 * most, 3 * most - 1, Integer.MAX_VALUE)).hasSize(most);
    }

    @Test
    void whatIsDroppedIsGoneWhereverItStands() {
        commit(3, 0, 9, SHORT);
        commit(5, 0, 0, SHORT);
        commit(3, 10, 10, SHORT);
        handover.drop(3, 4, 6);
        assertThat(handover.size()).isEqualTo(10);
        assertThat(handover.take(3, 0, 3, 4)).hasSize(4);
        // longer than all that is here
        handover.drop(3, 0, 1_000_000);
        assertThat(handover.size()).isEqualTo(1);
        commit(5, 1, 1, SHORT);
        assertThat(handover.take(5, 0, 1, 9)).hasSize(2);
        handover.drop(5, 0, 2);
        assertThat(handover.bytes()).isZero();
    }

    @Test
    void aBranchKeepsAsMuchAsItMay() {
        Handover.Allowance allowance = new Handover.Allowance();
        HandedOver kept = null;
        for (int i = 0; i < 1000; i++) {
            kept = allowance.keep(message(3, i, 1000), kept);
        }
        handover.add(kept);
        assertThat(handover.bytes())
                .isLessThanOrEqualTo(Handover.MOST_BYTES_OF_A_BRANCH)
                .isGreaterThan(Handover.MOST_BYTES_OF_A_BRANCH - 1200);
        int here = handover.size();
        assertThat(handover.take(3, 0, 999, here)).isNull();
        assertThat(handover.take(3, 0, 999, here - 1)).hasSize(here);
    }

    @Test
    void longBodiesAreNotKept() {
        Handover.Allowance allowance = new Handover.Allowance();
        assertThat(allowance.keep(message(3, 0, MessageRow.ALWAYS_BESIDE + 1), null))
                .isNull();
        assertThat(allowance.keep(new MessageRow(3, 0, 14, 0, 1, 17, null, 300_000), null))
                .isNull();
        HandedOver kept = allowance.keep(message(3, 0, MessageRow.ALWAYS_BESIDE), null);
        assertThat(kept).isNotNull();
        assertThat(allowance.keep(message(3, 1, MessageRow.ALWAYS_BESIDE + 1), kept))
                .isSameAs(kept);
    }

    @Test
    void whatASavepointHasTakenBackIsNotHere() {
        Handover.Allowance allowance = new Handover.Allowance();
        HandedOver saved = allowance.keep(message(3, 0, SHORT), null);
        allowance.keep(message(3, 2, SHORT), allowance.keep(message(3, 1, SHORT), saved));
        MessageRow instead = message(3, 1, SHORT);
        handover.add(allowance.keep(instead, saved));
        assertThat(handover.size()).isEqualTo(2);
        assertThat(handover.take(3, 1, 1, 1)).singleElement().isSameAs(instead);
        assertThat(handover.take(3, 0, 0, 1)).hasSize(1);
    }

    @Test
    void aBranchThatHasSentNothingAddsNothing() {
        handover.add(null);
        assertThat(handover.size()).isZero();
        handover.drop(3, 0, 5);
        assertThat(handover.take(3, 0, 5, 1)).isNull();
    }

    /** Against a map in the order of commits. */
    @Test
    void givesWhatAMapWouldGive() {
        Random random = seeds.random();
        Map<Place, MessageRow> model = new LinkedHashMap<>();
        long[] next = new long[5];
        for (int i = 0; i < 20_000; i++) {
            int endpoint = random.nextInt(next.length);
            long end = next[endpoint];
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    int count = 1 + random.nextInt(5);
                    int length = random.nextInt(MessageRow.ALWAYS_BESIDE + 1);
                    commit(endpoint, end, end + count - 1, length)
                            .forEach(row -> model.put(new Place(row.endpoint(), row.position()), row));
                    next[endpoint] += count;
                    evict(model);
                }
                case 2 -> {
                    long from = Math.max(0, end - random.nextInt(100));
                    int most = 1 + random.nextInt(20);
                    assertThat(handover.take(endpoint, from, end - 1, most))
                            .isEqualTo(taken(model, endpoint, from, end - 1, most));
                }
                default -> {
                    long from = Math.max(0, end - random.nextInt(200));
                    long to = from + random.nextInt(random.nextInt(50) == 0 ? 5000 : 20);
                    handover.drop(endpoint, from, to);
                    model.keySet()
                            .removeIf(place ->
                                    place.endpoint() == endpoint && place.position() >= from && place.position() < to);
                }
            }
            assertThat(handover.size()).isEqualTo(model.size());
            assertThat(handover.bytes()).isEqualTo(bytes(model));
        }
    }

    private static int bytes(Map<Place, MessageRow> model) {
        return model.values().stream().mapToInt(HandedOver::bytes).sum();
    }

    private static void evict(Map<Place, MessageRow> model) {
        int bytes = bytes(model);
        Iterator<MessageRow> oldest = model.values().iterator();
        while (bytes > Handover.MOST_BYTES) {
            bytes -= HandedOver.bytes(oldest.next());
            oldest.remove();
        }
    }

    private static List<MessageRow> taken(Map<Place, MessageRow> model, long endpoint, long from, long to, int most) {
        List<MessageRow> rows = new ArrayList<>();
        for (long position = from; position <= Math.min(to, from + most); position++) {
            MessageRow row = model.get(new Place(endpoint, position));
            if (row == null) {
                return null;
            }
            rows.add(row);
        }
        for (MessageRow row : rows) {
            if (row.position() < from + most) {
                model.remove(new Place(endpoint, row.position()));
            }
        }
        return rows;
    }
}
