package org.parley.engine.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.engine.xml.Schemas.element;
import static org.parley.engine.xml.Schemas.judge;
import static org.parley.engine.xml.Schemas.pattern;
import static org.parley.engine.xml.Schemas.schema;

import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.BrokerException;

/** Each of these would hang the JDK, or fill the memory, or overflow the stack, if it got there. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class SchemaBoundsTest {

    static Stream<Arguments> hostileSchemas() {
        return Stream.of(
                Arguments.of(
                        "groups that double 30 times", doubling("group", "sequence") + element("<xs:group ref='g0'/>")),
                Arguments.of(
                        "unions that double 30 times",
                        "<xs:simpleType name='u30'><xs:restriction base='xs:int'/></xs:simpleType>"
                                + each(
                                        30,
                                        i -> "<xs:simpleType name='u" + i + "'><xs:union memberTypes='u" + (i + 1)
                                                + " u" + (i + 1) + "'/></xs:simpleType>")),
                Arguments.of(
                        "attribute groups that double 30 times",
                        each(
                                        30,
                                        i -> "<xs:attributeGroup name='a" + i + "'>"
                                                + ("<xs:attributeGroup ref='a" + (i + 1) + "'/>").repeat(2)
                                                + "</xs:attributeGroup>")
                                + "<xs:attributeGroup name='a30'><xs:attribute name='x'/></xs:attributeGroup>"),
                Arguments.of(
                        "a choice of 1,500 that repeats",
                        element("<xs:choice maxOccurs='unbounded'>"
                                + each(1_500, i -> "<xs:element name='e" + i + "'/>") + "</xs:choice>")),
                Arguments.of(
                        "1,500 that may be left out",
                        element("<xs:sequence>" + each(1_500, i -> "<xs:element name='e" + i + "' minOccurs='0'/>")
                                + "</xs:sequence>")),
                Arguments.of(
                        "a group 100,000 times",
                        element(
                                "<xs:sequence maxOccurs='100000'><xs:element name='a'/><xs:element name='b'/></xs:sequence>")),
                Arguments.of(
                        "repetitions in repetitions",
                        element("<xs:sequence maxOccurs='900'><xs:sequence maxOccurs='900'><xs:element name='a'/>"
                                + "</xs:sequence></xs:sequence>")),
                Arguments.of(
                        "an ambiguous content",
                        element(
                                "<xs:sequence><xs:choice minOccurs='0' maxOccurs='unbounded'><xs:element name='a'/>"
                                        + "<xs:element name='b'/></xs:choice><xs:element name='a'/><xs:choice minOccurs='20'"
                                        + " maxOccurs='20'><xs:element name='a'/><xs:element name='b'/></xs:choice></xs:sequence>")));
    }

    static Stream<Arguments> largeSchemas() {
        return Stream.of(
                Arguments.of(
                        "2,000 types that extend each other",
                        "<xs:complexType name='t0'/>"
                                + each(
                                        2_000,
                                        i -> "<xs:complexType name='t" + (i + 1)
                                                + "'><xs:complexContent><xs:extension base='t" + i
                                                + "'><xs:sequence><xs:element name='e" + i
                                                + "'/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>")),
                Arguments.of(
                        "2,000 types that restrict each other",
                        "<xs:simpleType name='t0'><xs:restriction base='xs:string'/></xs:simpleType>"
                                + each(
                                        2_000,
                                        i -> "<xs:simpleType name='t" + (i + 1) + "'><xs:restriction base='t" + i
                                                + "'><xs:pattern value='a*'/></xs:restriction></xs:simpleType>")),
                Arguments.of(
                        "3,000 elements deep",
                        "<xs:element name='e'><xs:complexType><xs:sequence>".repeat(3_000)
                                + "</xs:sequence></xs:complexType></xs:element>".repeat(3_000)),
                Arguments.of(
                        "annotations 3,000 deep",
                        "<xs:annotation><xs:documentation>" + "<a>".repeat(3_000) + "</a>".repeat(3_000)
                                + "</xs:documentation></xs:annotation>"),
                Arguments.of(
                        "5,000 values to compare with",
                        "<xs:simpleType name='t'><xs:restriction base='xs:string'>"
                                + each(5_000, i -> "<xs:enumeration value='" + i + "'/>")
                                + "</xs:restriction></xs:simpleType>"),
                Arguments.of(
                        "600 attributes of one type", element(each(600, i -> "<xs:attribute name='a" + i + "'/>"))),
                Arguments.of(
                        "600 substitutes",
                        "<xs:element name='h'/>"
                                + each(600, i -> "<xs:element name='e" + i + "' substitutionGroup='h'/>")),
                Arguments.of("30,000 elements", each(30_000, i -> "<xs:element name='e" + i + "'/>")),
                Arguments.of("2 million characters", "<!--" + "x".repeat(2_000_000) + "-->"),
                Arguments.of(
                        "a long fixed value",
                        "<xs:attribute name='a' type='xs:language' fixed='" + "a-".repeat(100_000) + "a'/>"));
    }

    private static String doubling(String kind, String inside) {
        return each(
                        30,
                        i -> "<xs:" + kind + " name='g" + i + "'><xs:" + inside + ">"
                                + ("<xs:" + kind + " ref='g" + (i + 1) + "' minOccurs='0'/>").repeat(2) + "</xs:"
                                + inside
                                + "></xs:" + kind + ">")
                + "<xs:" + kind + " name='g30'><xs:" + inside + "/></xs:" + kind + ">";
    }

    private static String each(int count, java.util.function.IntFunction<String> made) {
        return IntStream.range(0, count).mapToObj(made).collect(Collectors.joining());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"hostileSchemas", "largeSchemas"})
    void whatCouldCostTooMuchToCompileIsRefused(String what, String content) {
        assertThatThrownBy(() -> Schemas.of(schema(content)))
                .isInstanceOf(BrokerException.class)
                .extracting("number")
                .isEqualTo(6303);
    }

    @Test
    void tooManyDocumentsAreRefused() {
        assertThatThrownBy(() -> Schemas.of(schema("").repeat(201)))
                .hasMessageContaining("201 schema documents, more than 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unique", "key"})
    void valuesAreNotComparedWithEachOther(String kind) {
        String identity = "<xs:" + kind + " name='k'><xs:selector xpath='a'/><xs:field xpath='.'/></xs:" + kind + ">";
        assertThatThrownBy(() -> Schemas.of(schema("<xs:element name='x'>" + identity + "</xs:element>")))
                .hasMessageContaining("The XML schema syntax '" + kind + "' is not supported")
                .extracting("number")
                .isEqualTo(9336);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a|a){0,60}b",
                "(a|a){60}b",
                "(a?){60}b",
                "(a{1,2}){1,60}b",
                "(a|b|ab){0,60}c",
                "((a|a){8}){8}",
                "((a{1000}){1000}){1000}",
                "(\\w|\\d){0,60}b",
                "([a-m]|[k-z]){40}!",
                "(\\p{L}|\\p{Lu}){40}!",
                "(()|()|()){60}"
            })
    void aPatternThatMatchesInTooManyWaysIsRefused(String hostile) {
        assertThatThrownBy(() -> Schemas.of(pattern(hostile)))
                .hasMessageContaining("line 1, column ")
                .hasMessageContaining("matches one text in too many ways")
                .extracting("number")
                .isEqualTo(6303);
    }

    @Test
    void aPatternThatNestsTooDeepIsRefused() {
        assertThatThrownBy(() -> Schemas.of(pattern("(".repeat(1_900) + "a" + ")".repeat(1_900))))
                .hasMessageContaining("parentheses stand more than 50 deep");
    }

    /** The JDK enters a part that repeats without a maximum once at each place; a JDK that didn't would hang here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+b",
                "(a*)*b",
                "(a|a)*b",
                "(a|aa)+b",
                "(.*)(.*)(.*)(.*)(.*)(.*)b",
                ".*a.*a.*a.*a.*b",
                "(ab?)*(ab?)*(ab?)*b",
                "((a|b)*c|(a|b)*d)*e",
                "(a{1,3})*b",
                "([a-zA-Z0-9_.-])+@(([a-zA-Z0-9-])+\\.)+([a-zA-Z0-9]{2,4})+"
            })
    void aPatternWithPartsThatRepeatForEverIsMatchedInTime(String pattern) {
        XmlSchemas schemas = Schemas.of(pattern(pattern));
        assertThat(judge(schemas, "<x>" + "a".repeat(ValueGuard.LONGEST - 1) + "!</x>"))
                .isPresent();
        assertThat(judge(schemas, "<x>" + "a".repeat(1_000_000) + "!</x>"))
                .hasValueSatisfying(words -> assertThat(words)
                        .endsWith("The text of an element whose type has a pattern has more than 2000 characters."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[A-Z]{6,6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3,3}){0,1}; DEUTDEFF500; DEUTDEFF50",
                "[A-Z]{2,2}[0-9]{2,2}[a-zA-Z0-9]{1,30}; GB29NWBK60161331926819; GB2NWBK",
                "\\+[0-9]{1,3}-[0-9()+\\-]{1,30}; +43-1-58801; 0043",
                "[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}; 0b9f1c1e-0000-4000-8000-00000000000a; 0b9f1c1e",
                "(0?[1-9]|1[0-2])/(0?[1-9]|[12]\\d|3[01])/(19|20)\\d{2}; 7/31/2026; 13/1/2026",
                "1|10|100|101|1010; 101; 11",
                "-?\\d{1,15}(\\.\\d{1,4})?; -12.5; 12.",
                "[\\i-[:]][\\c-[:]]*; a-name; a:name",
                "\\p{Lu}\\p{Ll}*( \\p{Lu}\\p{Ll}*){0,10}; Anna Maria; anna",
                "[^\\d\\s]{1,100}; abc!; a1",
                "\\w+([-+.]\\w+)*@\\w+([-.]\\w+)*\\.\\w+([-.]\\w+)*; a.b@c-d.example; a.b@c",
                "[^@]+@[^@]+; a@b; a@b@c",
                ".{0,1000}; anything; 'two\nlines'",
                "[\u00e4-\u00fc\\-]+; \u00e4-\u00f6; a"
            })
    void patternsOfThePracticeAreTaken(String pattern, String right, String wrong) {
        XmlSchemas schemas = Schemas.of(pattern(pattern));
        assertThat(judge(schemas, "<x>" + right + "</x>")).isEmpty();
        assertThat(judge(schemas, "<x>" + wrong + "</x>")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(", ")", "a{", "a{2", "a{3,2}", "[", "[]", "[z-a]", "*", "a**", "\\q", "a\\", "[a[b]", "(?:a)"})
    void aPatternThatIsNotUnderstoodIsRefused(String broken) {
        assertThatThrownBy(() -> Schemas.of(pattern(broken)))
                .isInstanceOf(BrokerException.class)
                .extracting("number")
                .isEqualTo(2378);
    }

    @Test
    void longTextPassesWhereNoPatternJudgesIt() {
        String large = "A".repeat(100_000);
        XmlSchemas schemas = Schemas.of(schema(element(
                        "<xs:sequence><xs:element name='code' type='Code'/>"
                                + "<xs:element name='data' type='Data'/><xs:element name='text' type='xs:string'/></xs:sequence>")
                + "<xs:simpleType name='Code'><xs:restriction base='xs:string'><xs:pattern value='A+'/></xs:restriction>"
                + "</xs:simpleType><xs:simpleType name='Data'><xs:restriction base='xs:base64Binary'>"
                + "<xs:maxLength value='1000000'/></xs:restriction></xs:simpleType>"));
        assertThat(judge(schemas, "<x><code>AA</code><data>" + large + "</data><text>" + large + "</text></x>"))
                .isEmpty();
        assertThat(judge(schemas, "<x><code>" + large + "</code><data/><text/></x>"))
                .hasValueSatisfying(words -> assertThat(words).contains("more than 2000 characters"));
    }

    @Test
    void aSenderCannotChooseATypeWithAPattern() {
        XmlSchemas schemas = Schemas.of(schema("<xs:element name='x' type='xs:string'/>"));
        String language = "<x xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                + " xmlns:xs='http://www.w3.org/2001/XMLSchema' xsi:type='xs:language'>";
        assertThat(judge(schemas, language + "de-AT</x>")).isEmpty();
        assertThat(judge(schemas, language + "a-".repeat(500_000) + "!</x>"))
                .hasValueSatisfying(words -> assertThat(words).contains("more than 2000 characters"));
        assertThat(judge(schemas, "<x xml:lang='" + "a-".repeat(500_000) + "'/>"))
                .hasValueSatisfying(
                        words -> assertThat(words).contains("The attribute 'xml:lang' has more than 2000 characters."));
    }

    @Test
    void aDeepOrWideDocumentIsRefused() {
        XmlSchemas schemas = Schemas.of(schema("<xs:element name='x'><xs:complexType><xs:sequence>"
                + "<xs:element ref='x' minOccurs='0'/></xs:sequence><xs:anyAttribute processContents='skip'/>"
                + "</xs:complexType></xs:element>"));
        assertThat(judge(schemas, "<x>".repeat(1_000) + "</x>".repeat(1_000))).isEmpty();
        assertThat(judge(schemas, "<x>".repeat(100_000))).isPresent();
        assertThat(judge(schemas, "<x " + each(11_000, i -> "a" + i + "='' ") + "/>"))
                .isPresent();
    }

    @Test
    void anElementMayRepeatAsOftenAsItLikes() {
        XmlSchemas schemas = Schemas.of(schema(element(
                "<xs:sequence><xs:element name='a' type='xs:int' minOccurs='2' maxOccurs='1000000'/></xs:sequence>")));
        assertThat(judge(schemas, "<x>" + "<a>1</a>".repeat(20_000) + "</x>")).isEmpty();
        assertThat(judge(schemas, "<x><a>1</a></x>")).isPresent();
    }
}
