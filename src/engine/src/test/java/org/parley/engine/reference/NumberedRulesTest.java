package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the reference numbers has a test that carries its number. */
class NumberedRulesTest {

    private static Set<Integer> numbers(String letters, Class<?>... tests) {
        Pattern name = Pattern.compile(letters + "(\\d+)\\D.*");
        Set<Integer> numbers = new TreeSet<>();
        for (Class<?> each : tests) {
            for (Method method : each.getDeclaredMethods()) {
                Matcher matcher = name.matcher(method.getName());
                if (method.isAnnotationPresent(Test.class) && matcher.matches()) {
                    numbers.add(Integer.valueOf(matcher.group(1)));
                }
            }
        }
        return numbers;
    }

    private static Integer[] upTo(int last, Integer... without) {
        Set<Integer> left = Set.of(without);
        return IntStream.rangeClosed(1, last)
                .boxed()
                .filter(number -> !left.contains(number))
                .toArray(Integer[]::new);
    }

    @Test
    void the25RulesOfSection26() {
        assertThat(numbers("rule", Section26RulesTest.class, Section26BetweenDatabasesTest.class))
                .containsExactly(upTo(25));
    }

    @Test
    void theDecisionsOfSection24() {
        assertThat(numbers("c", Section24ConflictsTest.class, Section24BrokersTest.class))
                .containsExactly(upTo(28, 3, 16, 21, 22, 23, 26, 27, 28));
    }

    @Test
    void theDecisionsOfSection25() {
        assertThat(numbers("o", Section25OpenPointsTest.class, Section25BetweenDatabasesTest.class))
                .containsExactly(upTo(17, 2, 11));
    }
}
