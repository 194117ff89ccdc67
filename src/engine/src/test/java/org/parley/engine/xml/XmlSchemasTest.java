package org.parley.engine.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.engine.xml.Schemas.element;
import static org.parley.engine.xml.Schemas.judge;
import static org.parley.engine.xml.Schemas.schema;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.BrokerException;

class XmlSchemasTest {

    private static final String INT = schema("<xs:element name='x' type='xs:int'/>");

    @Test
    void aDocumentIsJudgedByTheSchema() {
        XmlSchemas schemas = Schemas.of(INT);
        assertThat(judge(schemas, "<x>5</x>")).isEmpty();
        assertThat(judge(schemas, "<x>\n five</x>"))
                .contains("2:10: '' is not a valid value for 'integer'.".replace("''", "'five'"));
        assertThat(judge(schemas, "<y/>")).contains("1:5: Cannot find the declaration of element 'y'.");
        assertThat(judge(schemas, "<x>5")).isPresent();
    }

    @Test
    void aRefusalSaysWhatWasFoundAndWhatTheSchemaWants() {
        XmlSchemas schemas = Schemas.of(
                schema(
                        element(
                                "<xs:sequence><xs:element name='a' type='xs:int'/><xs:element name='b' type='xs:int'/></xs:sequence>")));
        assertThat(judge(schemas, "<x><a>1</a><c/></x>"))
                .contains("1:16: Invalid content was found starting with element 'c'. One of '{b}' is expected.");
        assertThat(judge(schemas, "<x><a>1</a></x>"))
                .contains("1:16: The content of element 'x' is not complete. One of '{b}' is expected.");
    }

    @Test
    void aRefusalIsShortHoweverLongTheValue() {
        XmlSchemas schemas = Schemas.of(INT);
        assertThat(judge(schemas, "<x>" + "9".repeat(100_000) + "</x>").orElseThrow())
                .contains("'" + "9".repeat(60) + "...'")
                .contains("for type 'int'")
                .hasSizeLessThan(200);
    }

    @Test
    void aRefusalIsEnglishWhateverTheJvmSpeaks() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(judge(Schemas.of(INT), "<y/>")).contains("1:5: Cannot find the declaration of element 'y'.");
            assertThatThrownBy(() -> Schemas.of(schema("<xs:element name='x' type='nothing'/>")))
                    .hasMessageContaining("Cannot resolve the name 'nothing'");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aTextHoldsSeveralDocumentsOfSeveralNamespacesAndOfNone() {
        String text = "<?xml version='1.0' encoding='UTF-16'?>\n<!-- first <xs:schema> -->"
                + schema(
                        "urn:a",
                        "<xs:import namespace='urn:b' schemaLocation='b.xsd'/>"
                                + "<xs:element name='x'><xs:complexType><xs:sequence>"
                                + "<xs:element ref='b:y' xmlns:b='urn:b'/></xs:sequence></xs:complexType></xs:element>")
                + "\n<?xml version='1.0'?>"
                + schema("urn:b", "<xs:import namespace='urn:a'/><xs:element name='y' type='t:Y'/>")
                + schema("urn:b", "<xs:simpleType name='Y'><xs:restriction base='xs:int'/></xs:simpleType>")
                + schema("<xs:element name='z' type='xs:date'/>");
        assertThat(XmlSchemas.documents(text)).hasSize(4).allMatch(each -> each.startsWith("<xs:schema "));
        XmlSchemas schemas = Schemas.of(text);
        assertThat(judge(schemas, "<x xmlns='urn:a'><y xmlns='urn:b'>1</y></x>"))
                .isEmpty();
        assertThat(judge(schemas, "<x xmlns='urn:a'><y xmlns='urn:b'>one</y></x>"))
                .isPresent();
        assertThat(judge(schemas, "<z>2026-11-26</z>")).isEmpty();
        assertThat(judge(schemas, "<z>today</z>")).isPresent();
    }

    @Test
    void attributesOfTheXmlNamespaceNeedNoDefinition() {
        XmlSchemas schemas = Schemas.of(schema("<xs:import namespace='http://www.w3.org/XML/1998/namespace'/>"
                + element("<xs:attribute ref='xml:lang'/>")));
        assertThat(judge(schemas, "<x xml:lang='de-AT'/>")).isEmpty();
        assertThat(judge(schemas, "<x xml:lang='?'/>")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<xs:import namespace='urn:other' schemaLocation='http://127.0.0.1:1/other.xsd'/>",
                "<xs:import namespace='urn:other' schemaLocation='file:///etc/passwd'/>",
                "<xs:import namespace='urn:other'/>",
                "<xs:import namespace='urn:other' schemaLocation='parley:document/0'/>"
            })
    void anImportIsFoundInTheCollectionOnly(String wanted) {
        assertThatThrownBy(() -> Schemas.of(schema(wanted)))
                .hasMessageContaining("the namespace 'urn:other' isn't in the collection")
                .extracting("number")
                .isEqualTo(2378);
    }

    @ParameterizedTest
    @ValueSource(strings = {"include", "redefine"})
    void nothingIsIncluded(String kind) {
        assertThatThrownBy(() -> Schemas.of(schema("<xs:" + kind + " schemaLocation='http://127.0.0.1:1/x.xsd'/>")))
                .hasMessageContaining("line 1, column ")
                .hasMessageContaining("The XML schema syntax '" + kind + "' is not supported")
                .extracting("number")
                .isEqualTo(9336);
    }

    @Test
    void noAddressIsEverAsked() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(1);
            String address = "http://127.0.0.1:" + server.getLocalPort() + "/x.xsd";
            XmlSchemas schemas = Schemas.of(
                    schema(
                            "urn:a",
                            "<xs:import namespace='urn:b' schemaLocation='" + address + "'/>"
                                    + "<xs:element name='x'><xs:complexType><xs:sequence>"
                                    + "<xs:any processContents='lax' namespace='##any'/></xs:sequence></xs:complexType></xs:element>"),
                    schema("urn:b", ""));
            assertThat(judge(
                            schemas,
                            "<x xmlns='urn:a' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                                    + " xsi:schemaLocation='urn:c " + address + "' xsi:noNamespaceSchemaLocation='"
                                    + address + "'><y xmlns='urn:c'/></x>"))
                    .isEmpty();
            assertThat(judge(schemas, "<!DOCTYPE x SYSTEM '" + address + "'><x xmlns='urn:a'/>"))
                    .contains("1:10: a document type (DOCTYPE) is not allowed.");
            assertThatThrownBy(() -> Schemas.of("<!DOCTYPE x SYSTEM '" + address + "'>" + INT))
                    .hasMessageContaining("line 1, column 1: a document type (DOCTYPE) is not allowed.");
            assertThatThrownBy(server::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                    | it is empty.",
                "hello                                 | line 1, column 1: found 'h', expected a schema document.",
                "<a/>                                  | line 1, column 5: found the element 'a', expected schema in the namespace",
                "<xs:schema/>                          | line 1, column 13: The prefix \"xs\" for element \"xs:schema\" is not bound.",
                "<schema xmlns='http://www.w3.org/2001/XMLSchema'><element> | XML document structures must start and end",
                "<schema xmlns='http://www.w3.org/2001/XMLSchema'><element type='x'/></schema> | line 1, column ",
                "<schema xmlns='http://www.w3.org/2001/XMLSchema'/>text | found 't', expected a schema document.",
            })
    void whatIsNoSchemaIsRefusedWithItsPlace(String text, String why) {
        assertThatThrownBy(() -> Schemas.of(text.equals("''") ? "" : text))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("This is no valid XML schema: ")
                .hasMessageContaining(why)
                .extracting("number")
                .isEqualTo(2378);
    }

    @Test
    void aPlaceIsThatOfTheWholeText() {
        assertThatThrownBy(() -> Schemas.of(INT + "\n\n  " + schema("\n <xs:element name='y' type='nothing'/>")))
                .hasMessageContaining("line 4, column 39: Cannot resolve")
                .hasMessageContaining("the name 'nothing'");
    }

    @Test
    void threadsJudgeAtTheSameTime() throws Exception {
        XmlSchemas schemas = Schemas.of(INT);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> work = IntStream.range(0, 400)
                    .<Callable<Boolean>>mapToObj(i -> () -> judge(schemas, "<x>" + (i % 2 == 0 ? "1" : "one") + "</x>")
                                    .isEmpty()
                            == (i % 2 == 0))
                    .toList();
            for (Future<Boolean> each : threads.invokeAll(work)) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
