package org.parley.sql.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.ControlStatement;
import org.parley.sql.parse.BatchParser;

/** XML of strangers: bounded, and never read from anywhere else. */
class XmlTest {

    private static String canonical(String text) {
        return (String)
                Conversion.explicit(Value.national(text), SqlType.XML, null).content();
    }

    private static Value asked(String xml, String method) {
        TestSurroundings surroundings = new TestSurroundings();
        surroundings.variables.put("@x", new Value(SqlType.XML, xml));
        var statement = (ControlStatement.SetVariable)
                BatchParser.parse("SET @y = @x." + method).get(0);
        return new Evaluator(surroundings).value(statement.value());
    }

    @Test
    void nestingIsBounded() {
        String deep = "<a>".repeat(1_000) + "</a>".repeat(1_000);
        assertThat(canonical(deep)).endsWith("<a/>" + "</a>".repeat(999));
        assertThat(asked(canonical(deep), "query('/a')").content()).isEqualTo(canonical(deep));
        assertThat(asked(canonical(deep), "value('count(//a)', 'int')")).isEqualTo(Value.of(1_000));
        assertThatThrownBy(() -> canonical("<a>".repeat(1_001) + "</a>".repeat(1_001)))
                .isInstanceOf(ScriptError.class)
                .hasMessageStartingWith("The xml isn't well formed, line 1, character ");
    }

    @Test
    void attributesAreBounded() {
        StringBuilder element = new StringBuilder("<a");
        for (int i = 0; i <= 10_000; i++) {
            element.append(" b").append(i).append("=\"\"");
        }
        assertThatThrownBy(() -> canonical(element + "/>")).isInstanceOf(ScriptError.class);
    }

    @Test
    void manyCharacterReferencesAreNoAttack() {
        String text = "&lt;".repeat(200_000);
        assertThat(canonical("<a>" + text + "</a>")).isEqualTo("<a>" + text + "</a>");
        assertThat(asked("<a>" + text + "</a>", "value('(/a)[1]', 'nvarchar(3)')")
                        .content())
                .isEqualTo("<<<");
    }

    @Test
    void nothingIsReadFromElsewhere() {
        String document = "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><a>&e;</a>";
        assertThatThrownBy(() -> canonical(document)).hasFieldOrPropertyWithValue("number", 6359);
        assertThatThrownBy(() -> canonical("<b/>" + document)).hasFieldOrPropertyWithValue("number", 9422);
        assertThatThrownBy(() -> canonical("<a>&e;</a>")).hasFieldOrPropertyWithValue("number", 9422);
    }

    @Test
    void whatIsKeptStaysWhatItIs() {
        long seed = Long.getLong("parley.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            String kept = canonical(element(random, 0));
            assertThat(canonical(kept)).as("seed " + seed).isEqualTo(kept);
            assertThat(asked(kept, "query('/')").content()).as("seed " + seed).isEqualTo(kept);
            byte[] bytes = (byte[]) Conversion.explicit(new Value(SqlType.XML, kept), SqlType.varbinary(-1), null)
                    .content();
            assertThat(Conversion.explicit(Value.of(bytes), SqlType.XML, null).content())
                    .as("seed " + seed)
                    .isEqualTo(kept);
            assertThat(Conversion.explicit(Value.of(kept.getBytes(StandardCharsets.UTF_8)), SqlType.XML, null)
                            .content())
                    .as("seed " + seed)
                    .isEqualTo(kept);
        }
    }

    private static String element(Random random, int depth) {
        String[] texts = {
            "", "x", " ", "&lt;&amp;", "\u00fc\u0416\ud83d\ude00", "<!--c-->", "<?p i?>", "<![CDATA[<>]]>", "&#13;&#9;z"
        };
        StringBuilder text = new StringBuilder("<e b=\"" + random.nextInt(9) + "&quot;'&#10;\">");
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(
                    depth < 4 && random.nextBoolean()
                            ? element(random, depth + 1)
                            : texts[random.nextInt(texts.length)]);
        }
        return text + "</e>";
    }

    @Test
    void aPathIsBounded() {
        assertThatThrownBy(() -> asked("<a/>", "exist('" + "/a".repeat(6_000) + "')"))
                .hasMessage("XQuery [exist()]: The path has 12000 characters; 10000 are allowed.");
        assertThatThrownBy(() -> asked("<a/>", "exist('" + "(".repeat(4_000) + "1" + ")".repeat(4_000) + "')"))
                .isInstanceOf(ScriptError.class);
        assertThatThrownBy(() -> asked("<a/>", "exist('" + "a[".repeat(3_000) + "1" + "]".repeat(3_000) + "')"))
                .isInstanceOf(ScriptError.class);
        assertThatThrownBy(() -> asked("<a/>", "exist('" + "-".repeat(9_000) + "1')"))
                .isInstanceOf(ScriptError.class);
    }

    @Test
    void anyTextIsAPathOrAnError() {
        long seed = Long.getLong("parley.seed", System.nanoTime());
        Random random = new Random(seed);
        String[] parts = {
            "/",
            "//",
            "a",
            "@b",
            "*",
            "[",
            "]",
            "(",
            ")",
            "1",
            "=",
            "and",
            "div",
            ".",
            "..",
            "::",
            "self",
            "\"x\"",
            "|",
            "text()",
            "count",
            "$",
            "declare namespace p=\"u\";",
            "p:a",
            "sql:variable(",
            "-",
            ",",
            "last()"
        };
        for (int i = 0; i < 1_000; i++) {
            StringBuilder path = new StringBuilder();
            for (int j = random.nextInt(8); j >= 0; j--) {
                path.append(parts[random.nextInt(parts.length)]).append(random.nextBoolean() ? " " : "");
            }
            try {
                asked("<a b=\"1\"><a/>x</a>", "exist('" + path + "')");
                asked("<a b=\"1\"><a/>x</a>", "query('" + path + "')");
                asked("<a b=\"1\"><a/>x</a>", "value('" + path + "', 'nvarchar(9)')");
            } catch (ScriptError e) {
                assertThat(e.number()).as("seed " + seed + ": " + path).isPositive();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ": " + path, e);
            }
        }
    }
}
