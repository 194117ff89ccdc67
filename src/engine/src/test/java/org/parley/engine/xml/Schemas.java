package org.parley.engine.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Schemas for tests, and what they say of documents. */
final class Schemas {

    private Schemas() {}

    /** A schema document without a target namespace. */
    static String schema(String content) {
        return "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>" + content + "</xs:schema>";
    }

    /** A schema document of a namespace, whose prefix is t. */
    static String schema(String namespace, String content) {
        return "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='" + namespace + "' xmlns:t='"
                + namespace + "' elementFormDefault='qualified'>" + content + "</xs:schema>";
    }

    /** An element x of a complex type. */
    static String element(String content) {
        return "<xs:element name='x'><xs:complexType>" + content + "</xs:complexType></xs:element>";
    }

    /** An element x whose text must have a pattern. */
    static String pattern(String pattern) {
        return schema("<xs:element name='x'><xs:simpleType><xs:restriction base='xs:string'><xs:pattern value='"
                + pattern + "'/></xs:restriction></xs:simpleType></xs:element>");
    }

    static XmlSchemas of(String... texts) {
        return XmlSchemas.of(List.of(texts));
    }

    /** What is wrong with a document, if anything is. */
    static Optional<String> judge(XmlSchemas schemas, String document) {
        XmlParser parser = schemas.take();
        byte[] bytes = document.getBytes(UTF_8);
        try {
            parser.parse(new InputSource(new ByteArrayInputStream(bytes)), bytes.length);
            return Optional.empty();
        } catch (SAXParseException e) {
            return Optional.of(e.getLineNumber() + ":" + e.getColumnNumber() + ": " + XmlParser.wordsOf(e));
        } catch (SAXException | IOException e) {
            return Optional.of(e.toString());
        } finally {
            schemas.giveBack(parser);
        }
    }
}
