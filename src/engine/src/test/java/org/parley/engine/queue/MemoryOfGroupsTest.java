package org.parley.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Counted as a JVM with less than 32 GB lays objects out: 12 bytes before the fields, 4 for a reference, multiples of 8. */
class MemoryOfGroupsTest {

    private static final int HEADER = 12;
    private static final int REFERENCE = 4;
    private static final Map<Class<?>, Integer> WIDTHS =
            Map.of(long.class, Long.BYTES, int.class, Integer.BYTES, byte.class, Byte.BYTES, boolean.class, 1);

    /** A set has just grown by half when it was three quarters full; a heap grows by half when it is full. */
    private static final int PLACE_IN_SET = 8;

    private static final int PLACE_IN_HEAP = 6;

    /** The endpoint by id and by handle, the group by id. */
    private static final int SETS = 3;

    @Test
    void aReadyGroupOfOneConversationTakesLessThan200Bytes() {
        assertThat(bytes(Endpoint.class) + bytes(Group.class) + SETS * PLACE_IN_SET + PLACE_IN_HEAP)
                .isLessThan(200);
    }

    private static int bytes(Class<?> type) {
        int fields = Stream.of(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getType)
                .mapToInt(field -> field.isPrimitive() ? WIDTHS.get(field) : REFERENCE)
                .sum();
        return (HEADER + fields + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    }
}
