package org.parley.engine.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a map. */
class DueHeapTest {

    @Test
    void theEarliestIsFirstWhateverIsReplacedOrTakenBack() {
        Random random = new Random(3);
        DueHeap heap = new DueHeap();
        Map<Long, Long> model = new HashMap<>();
        for (int i = 0; i < 40_000; i++) {
            // grows, shrinks, and grows again
            boolean shrinking = i / 10_000 % 2 == 1;
            long key = random.nextInt(600) - 300;
            if (random.nextInt(10) < (shrinking ? 8 : 3)) {
                heap.remove(key);
                model.remove(key);
            } else {
                long due = random.nextInt(1000);
                heap.put(key, due);
                model.put(key, due);
            }
            assertThat(heap.size()).isEqualTo(model.size());
            long asked = random.nextInt(600) - 300;
            assertThat(heap.hasBy(asked, 500)).isEqualTo(model.getOrDefault(asked, 501L) <= 500);
            if (!model.isEmpty()) {
                long earliest =
                        model.values().stream().min(Comparator.naturalOrder()).orElseThrow();
                assertThat(heap.firstDue()).isEqualTo(earliest);
                assertThat(model).containsEntry(heap.firstKey(), earliest);
            }
        }
        long last = Long.MIN_VALUE;
        while (!heap.isEmpty()) {
            assertThat(heap.firstDue()).isGreaterThanOrEqualTo(last);
            last = heap.firstDue();
            assertThat(model.remove(heap.firstKey())).isEqualTo(last);
            heap.remove(heap.firstKey());
        }
        assertThat(model).isEmpty();
    }
}
