package org.parley.engine.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.xml.Schemas.element;
import static org.parley.engine.xml.Schemas.judge;
import static org.parley.engine.xml.Schemas.pattern;
import static org.parley.engine.xml.Schemas.schema;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.BrokerException;

/** Random patterns and broken schemas: each is compiled and matched in time, or refused with a number. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class SchemaFuzzTest {

    private static final List<String> ATOMS = List.of("a", "b", "[ab]", ".", "\\w", "\\d", "[^a]", "a-");
    private static final List<String> QUANTITIES =
            List.of("", "", "?", "*", "+", "{2}", "{0,3}", "{1,9}", "{3,}", "{20}", "{0,40}");

    private static final String GOOD = schema("<xs:element name='x' type='T'/><xs:complexType name='T'><xs:sequence>"
            + "<xs:group ref='G' minOccurs='0' maxOccurs='2'/><xs:any processContents='lax'/></xs:sequence>"
            + "<xs:attribute name='a' type='S'/></xs:complexType><xs:group name='G'><xs:choice><xs:element name='e'/>"
            + "<xs:element name='f' type='S'/></xs:choice></xs:group><xs:simpleType name='S'><xs:union"
            + " memberTypes='xs:int xs:date'/></xs:simpleType><!-- \u00e9 --><xs:annotation><xs:documentation>"
            + "<![CDATA[<]]></xs:documentation></xs:annotation>");

    /** Some of them would take the JDK years. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyPatternThatIsTakenIsMatchedInTime(long seed) {
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < 400; i++) {
            String pattern = expression(random, 3);
            Optional<XmlSchemas> schemas = compiled(pattern(pattern));
            if (schemas.isPresent()) {
                taken++;
                long begun = System.nanoTime();
                for (String value : List.of("a".repeat(40) + "!", "ab".repeat(900) + "!", "b-a".repeat(300), "")) {
                    judge(schemas.get(), "<x>" + value + "</x>");
                }
                assertThat(System.nanoTime() - begun)
                        .as("seed %d, pattern %d: %s", seed, i, pattern)
                        .isLessThan(TimeUnit.SECONDS.toNanos(5));
            }
        }
        assertThat(taken).isBetween(100, 399);
    }

    private static String expression(Random random, int depth) {
        StringBuilder expression = new StringBuilder();
        for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
            boolean inner = depth > 0 && random.nextInt(3) > 0;
            expression
                    .append(inner ? "(" + expression(random, depth - 1) + ")" : ATOMS.get(random.nextInt(ATOMS.size())))
                    .append(QUANTITIES.get(random.nextInt(QUANTITIES.size())))
                    .append(random.nextInt(4) == 0 && parts > 1 ? "|" : "");
        }
        return expression.toString();
    }

    private static Optional<XmlSchemas> compiled(String text) {
        try {
            return Optional.of(Schemas.of(text));
        } catch (BrokerException e) {
            assertThat(e.number()).isIn(2378, 6303, 9336);
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aBrokenSchemaIsRefusedWithANumber(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            StringBuilder text = new StringBuilder(GOOD);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at).append(' ');
                    case 1 -> text.insert(at, "<>'\"/= \n\u0000\ud800".charAt(random.nextInt(10)));
                    case 2 -> text.setLength(Math.max(1, at));
                    default -> text.insert(at, text.substring(at, Math.min(at + 30, text.length())));
                }
            }
            refused += compiled(text.toString()).isEmpty() ? 1 : 0;
        }
        assertThat(refused).isBetween(500, 1_000);
    }

    /** Every content that is taken is compiled in time, ambiguous or not. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyContentIsCompiledInTimeOrRefused(long seed) {
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < 200; i++) {
            taken += compiled(schema(element("<xs:sequence>" + content(random, 3, i) + "</xs:sequence>")))
                            .isPresent()
                    ? 1
                    : 0;
        }
        assertThat(taken).isBetween(10, 199);
    }

    private static String content(Random random, int depth, int names) {
        StringBuilder content = new StringBuilder();
        for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
            String occurs = List.of("", " minOccurs='0'", " maxOccurs='unbounded'", " minOccurs='0' maxOccurs='30'")
                    .get(random.nextInt(4));
            if (depth > 0 && random.nextBoolean()) {
                String kind = random.nextBoolean() ? "sequence" : "choice";
                content.append("<xs:" + kind + occurs + ">" + content(random, depth - 1, names) + "</xs:" + kind + ">");
            } else {
                content.append("<xs:element name='e" + random.nextInt(1 + names / 4) + "'" + occurs + "/>");
            }
        }
        return content.toString();
    }
}
