package org.parley.engine.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plain checker says of random documents, the schema says too. */
class SchemaPropertyTest {

    /** A list of entries, each with a code, perhaps an amount from 0 to 99, and notes; or an empty list that says why. */
    private static final String SCHEMA = Schemas.schema("urn:l", """
            <xs:element name='list'>
              <xs:complexType>
                <xs:choice>
                  <xs:element name='entry' type='t:Entry' maxOccurs='3'/>
                  <xs:element name='empty' type='xs:token'/>
                </xs:choice>
                <xs:attribute name='version' use='required'>
                  <xs:simpleType><xs:restriction base='xs:string'>
                    <xs:enumeration value='1'/><xs:enumeration value='2'/>
                  </xs:restriction></xs:simpleType>
                </xs:attribute>
              </xs:complexType>
            </xs:element>
            <xs:complexType name='Entry'>
              <xs:sequence>
                <xs:element name='code' type='t:Code'/>
                <xs:element name='amount' type='t:Amount' minOccurs='0'/>
                <xs:element name='note' type='xs:string' minOccurs='0' maxOccurs='2'/>
              </xs:sequence>
            </xs:complexType>
            <xs:simpleType name='Code'><xs:restriction base='xs:string'><xs:pattern value='[ab]{2}(-c)*'/>
            </xs:restriction></xs:simpleType>
            <xs:simpleType name='Amount'><xs:restriction base='xs:int'><xs:minInclusive value='0'/>
              <xs:maxInclusive value='99'/></xs:restriction></xs:simpleType>
            """);

    private static final List<String> NAMES = List.of("entry", "empty", "code", "amount", "note", "other");
    private static final List<String> TEXTS =
            List.of("", "ab", "ba-c-c", "a", "abc", "7", "99", "100", "-1", " 12 ", "x");

    private record Element(String name, String version, String text, List<Element> children) {

        String xml(boolean root) {
            return "<" + name + (root ? " xmlns='urn:l'" : "") + (version == null ? "" : " version='" + version + "'")
                    + ">" + text
                    + String.join(
                            "", children.stream().map(each -> each.xml(false)).toList()) + "</"
                    + name + ">";
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void schemaAndPlainCheckerAgree(long seed) {
        Random random = new Random(seed);
        XmlSchemas schemas = Schemas.of(SCHEMA);
        int right = 0;
        for (int i = 0; i < 2_000; i++) {
            Element list = list(random);
            boolean expected = allowed(list);
            right += expected ? 1 : 0;
            assertThat(Schemas.judge(schemas, list.xml(true)).isEmpty())
                    .as("seed %d, document %d: %s", seed, i, list.xml(true))
                    .isEqualTo(expected);
        }
        assertThat(right).isBetween(200, 1_800);
    }

    /** Mostly right, and then one thing in it changed now and then. */
    private static Element list(Random random) {
        List<Element> children = random.nextInt(4) == 0
                ? List.of(leaf("empty", TEXTS.get(random.nextInt(TEXTS.size()))))
                : IntStream.rangeClosed(0, random.nextInt(3))
                        .mapToObj(i -> entry(random))
                        .toList();
        Element list = new Element("list", random.nextBoolean() ? "1" : "2", "", children);
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            list = changed(list, random);
        }
        return list;
    }

    private static Element entry(Random random) {
        List<Element> children = new ArrayList<>();
        children.add(leaf("code", random.nextBoolean() ? "ab" : "bb-c"));
        if (random.nextBoolean()) {
            children.add(leaf("amount", Integer.toString(random.nextInt(100))));
        }
        for (int notes = random.nextInt(3); notes > 0; notes--) {
            children.add(leaf("note", TEXTS.get(random.nextInt(TEXTS.size()))));
        }
        return new Element("entry", null, "", children);
    }

    private static Element leaf(String name, String text) {
        return new Element(name, null, text, List.of());
    }

    private static Element changed(Element element, Random random) {
        List<Element> children = new ArrayList<>(element.children());
        int at = children.isEmpty() ? 0 : random.nextInt(children.size());
        Element some = leaf(NAMES.get(random.nextInt(NAMES.size())), TEXTS.get(random.nextInt(TEXTS.size())));
        switch (random.nextInt(6)) {
            case 0 -> children.add(at, some);
            case 1 -> {
                if (!children.isEmpty()) {
                    children.remove(at);
                }
            }
            case 2 -> {
                if (!children.isEmpty()) {
                    children.set(at, changed(children.get(at), random));
                }
            }
            case 3 -> {
                return new Element(
                        element.name(), element.version() == null ? "1" : null, element.text(), element.children());
            }
            case 4 -> {
                return new Element(element.name(), element.version(), some.text(), element.children());
            }
            default -> Collections.rotate(children, 1);
        }
        return new Element(element.name(), element.version(), element.text(), children);
    }

    private static boolean allowed(Element list) {
        List<Element> children = list.children();
        boolean empty = children.size() == 1 && children.get(0).name().equals("empty") && plain(children.get(0));
        boolean entries = !children.isEmpty()
                && children.size() <= 3
                && children.stream().allMatch(SchemaPropertyTest::allowedEntry);
        return ("1".equals(list.version()) || "2".equals(list.version()))
                && list.text().isBlank()
                && (empty || entries);
    }

    private static boolean allowedEntry(Element entry) {
        List<String> names = entry.children().stream().map(Element::name).toList();
        return entry.name().equals("entry")
                && entry.version() == null
                && entry.text().isBlank()
                && String.join(" ", names).matches("code( amount)?( note){0,2}")
                && entry.children().stream().allMatch(SchemaPropertyTest::allowedLeaf);
    }

    private static boolean allowedLeaf(Element leaf) {
        boolean text =
                switch (leaf.name()) {
                    case "code" -> leaf.text().matches("[ab]{2}(-c)*");
                    case "amount" -> leaf.text().strip().matches("\\d{1,2}");
                    default -> true;
                };
        return text && plain(leaf);
    }

    private static boolean plain(Element leaf) {
        return leaf.children().isEmpty() && leaf.version() == null;
    }
}
