package org.parley.engine.catalog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.engine.catalog.BodyCheck.Violation;
import org.parley.engine.xml.XmlParser;

class BodyCheckTest {

    private static final byte[] LITTLE_END_MARK = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] BIG_END_MARK = {(byte) 0xFE, (byte) 0xFF};
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final MessageType XML = new MessageType(65536, "//x/Xml", Validation.WELL_FORMED_XML);

    private final BodyCheck check = new BodyCheck();

    @Test
    void noneTakesAnything() {
        MessageType none = new MessageType(65536, "//x/None", Validation.NONE);
        assertThat(check.judge(none, null)).isEmpty();
        assertThat(check.judge(none, new byte[] {0, 1, 2})).isEmpty();
    }

    @Test
    void emptyTakesNoBodyOnly() {
        MessageType empty = new MessageType(65536, "//x/Empty", Validation.EMPTY);
        assertThat(check.judge(empty, null)).isEmpty();
        assertThat(check.judge(empty, new byte[0])).isEmpty();
        assertThat(check.judge(empty, new byte[3]))
                .contains(new Violation(
                        8430,
                        "The message body failed the validation of message type '//x/Empty':"
                                + " VALIDATION = EMPTY allows no body, this one has 3 bytes."));
    }

    @Test
    void noBodyIsXml() {
        assertThat(check.judge(XML, null)).isEmpty();
        assertThat(check.judge(XML, new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a/>",
                " \r\n<a/>\n",
                "<a>\u00e9\u20ac</a>",
                "<?xml version=\"1.0\"?><a>\u00e9</a>",
                "<!--c--><?pi x?><a b='1'><![CDATA[<]]>&lt;&#233;</a><!--d-->",
                "<p:a xmlns:p='u'/>"
            })
    void takesEveryEncodingThatStatementsAndProgramsSend(String document) {
        accepts(document.getBytes(UTF_8));
        accepts(join(UTF_8_MARK, document, UTF_8));
        accepts(document.getBytes(UTF_16LE));
        accepts(join(LITTLE_END_MARK, document, UTF_16LE));
        accepts(join(BIG_END_MARK, document, UTF_16BE));
        accepts(document.replace('\u20ac', '\u0080').getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8,        UTF-8",
        "UTF-16,       UTF-16LE",
        "UTF-16LE,     UTF-16LE",
        "ISO-8859-1,   ISO-8859-1",
        "windows-1252, windows-1252"
    })
    void takesTheDeclaredEncoding(String declared, Charset real) {
        accepts(("<?xml version='1.0' encoding='" + declared + "'?><a>\u00e9</a>").getBytes(real));
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, UTF-16LE", "UTF-16, UTF-8", "UTF-8, ISO-8859-1", "none-such, UTF-8"})
    void refusesAnotherEncodingThanDeclared(String declared, Charset real) {
        String document = "<?xml version='1.0' encoding='" + declared + "'?><a>\u00e9\u00e9</a>";
        assertThat(check.judge(XML, document.getBytes(real)))
                .map(Violation::number)
                .contains(9615);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<a>                 | line 1, column 4: XML document structures must start and end within the same entity.",
                "<a><b></a>          | line 1, column 9: The element type \"b\" must be terminated by the matching end-tag \"</b>\".",
                "<a/>x               | line 1, column 5: Content is not allowed in trailing section.",
                "text                | line 1, column 1: Content is not allowed in prolog.",
                "<a>&foo;</a>        | line 1, column 9: The entity \"foo\" was referenced, but not declared.",
                "<p:a/>              | line 1, column 7: The prefix \"p\" for element \"p:a\" is not bound.",
                "<a b='1' b='2'/>    | line 1, column 17: Attribute \"b\" was already specified for element \"a\".",
            })
    void saysWhatAndWhere(String document, String reason) {
        refuses(document.getBytes(UTF_8), reason);
        refuses(document.getBytes(UTF_16LE), reason);
    }

    @Test
    void countsLines() {
        refuses(
                "<a>\n  <b>\n</a>".getBytes(UTF_8),
                "line 3, column 3: The element type \"b\" must be terminated by the matching end-tag \"</b>\".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'><a/>",
                "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
                "<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>",
                "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x'> %p;]><a/>"
            })
    void refusesEveryDoctype(String document) {
        refuses(document.getBytes(UTF_8), "line 1, column 10: a document type (DOCTYPE) is not allowed.");
    }

    @Test
    void refusesHalfACharacter() {
        byte[] odd = new byte[9];
        System.arraycopy("<a/>".getBytes(UTF_16LE), 0, odd, 0, 8);
        odd[8] = '<';
        assertThat(check.judge(XML, odd)).isPresent();
    }

    @Test
    void boundsWhatTheParserKeeps() {
        int depth = XmlParser.MAX_DEPTH;
        accepts(("<a>".repeat(depth) + "</a>".repeat(depth)).getBytes(UTF_8));
        assertThat(check.judge(XML, "<a>".repeat(200_000).getBytes(UTF_8)))
                .hasValueSatisfying(violation -> assertThat(violation.reason()).contains("maxElementDepth"));
        assertThat(check.judge(XML, ("<" + "a".repeat(200_000) + "/>").getBytes(UTF_8)))
                .hasValueSatisfying(violation -> assertThat(violation.reason())
                        .contains("exceeds the \"1,000\" limit")
                        .hasSizeLessThan(500));
        StringBuilder attributes = new StringBuilder("<a");
        IntStream.rangeClosed(0, XmlParser.MAX_ATTRIBUTES)
                .forEach(i -> attributes.append(" b").append(i).append("=''"));
        assertThat(check.judge(XML, attributes.append("/>").toString().getBytes(UTF_8)))
                .hasValueSatisfying(
                        violation -> assertThat(violation.reason()).contains("more than \"10,000\" attributes"));
    }

    @Test
    void takesBigBodies() {
        String text = "x".repeat(2_000_000);
        accepts(("<a>" + text + "</a>").getBytes(UTF_8));
        accepts(("<a b='" + text + "'/>").getBytes(UTF_8));
        accepts(("<!--" + text + "--><a/>").getBytes(UTF_8));
        accepts(("<a><![CDATA[" + text + "]]></a>").getBytes(UTF_8));
        accepts(("<a>" + "<b/>&#10;&amp;]\n".repeat(200_000) + "</a>").getBytes(UTF_8));
    }

    @Test
    void servesManyThreadsAndRecoversFromBadBodies() {
        byte[] good = "<a xmlns='u'><b>\u00e9</b></a>".getBytes(UTF_16LE);
        byte[] bad = "<a xmlns='u'><b></a>".getBytes(UTF_8);
        long right = IntStream.range(0, 20_000)
                .parallel()
                .filter(i -> check.judge(XML, i % 3 == 0 ? bad : good).isPresent() == (i % 3 == 0))
                .count();
        assertThat(right).isEqualTo(20_000);
    }

    private void accepts(byte[] body) {
        assertThat(check.judge(XML, body)).isEmpty();
        assertThat(judgedAsStream(body)).isEmpty();
    }

    private void refuses(byte[] body, String reason) {
        Optional<Violation> violation = check.judge(XML, body);
        assertThat(violation)
                .contains(new Violation(
                        9615, "A message of type '//x/Xml' failed XML validation on the target service: " + reason));
        assertThat(judgedAsStream(body)).isEqualTo(violation);
    }

    private Optional<Violation> judgedAsStream(byte[] body) {
        return check.judge(XML, body.length, () -> new ByteArrayInputStream(body));
    }

    private static byte[] join(byte[] mark, String text, Charset charset) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(mark);
        bytes.writeBytes(text.getBytes(charset));
        return bytes.toByteArray();
    }
}
