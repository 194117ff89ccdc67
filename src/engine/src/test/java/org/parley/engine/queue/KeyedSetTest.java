package org.parley.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a hash map. */
class KeyedSetTest {

    private record Element(long high, long low, int number) {}

    private record Pair(long high, long low) {}

    private final KeyedSet<Element> set = new KeyedSet<>(new KeyedSet.Key<>() {
        @Override
        public long high(Element element) {
            return element.high();
        }

        @Override
        public long low(Element element) {
            return element.low();
        }
    });

    @Test
    void holdsWhatAMapHolds() {
        Random random = new Random(5);
        Map<Pair, Element> model = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            // grows, shrinks to nothing, and grows again
            boolean shrinking = i / 50_000 % 2 == 1;
            Pair key = new Pair(random.nextInt(3), random.nextInt(2000));
            if (random.nextInt(10) < (shrinking ? 9 : 2)) {
                assertThat(set.remove(key.high(), key.low())).isSameAs(model.remove(key));
            } else {
                Element element = new Element(key.high(), key.low(), i);
                set.add(element);
                model.put(key, element);
            }
            Pair asked = new Pair(random.nextInt(3), random.nextInt(2000));
            assertThat(set.get(asked.high(), asked.low())).isSameAs(model.get(asked));
            assertThat(set.size()).isEqualTo(model.size());
        }
        List<Element> all = new ArrayList<>();
        set.forEach(all::add);
        assertThat(all).containsExactlyInAnyOrderElementsOf(model.values());
        model.values().forEach(element -> set.remove(element.high(), element.low()));
        assertThat(set.size()).isZero();
        set.forEach(element -> {
            throw new AssertionError(element + " is left.");
        });
    }
}
