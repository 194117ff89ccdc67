package org.parley.sql.value;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.parley.sql.ScriptError;
import org.w3c.dom.Element;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXNotRecognizedException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.ext.DefaultHandler2;

/**
 * Reads xml with a parser of the JDK that reads no document types and no entities from outside, and that has bounds. What is read
 * may be a fragment: several elements, text beside them, or nothing. So it is read inside an element that holds all of it.
 */
final class XmlReader {

    /** Deepest nesting of elements, that of the holder included. */
    static final int MAX_DEPTH = 1_001;

    private static final int MAX_ATTRIBUTES = 10_000;
    private static final int MAX_NAME = 1_000;
    private static final int UNLIMITED = 0;
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";
    private static final String LIMIT = "jdk.xml.";
    private static final String OPEN = "<r>";
    private static final String CLOSE = "</r>";

    private XmlReader() {}

    /** The text as the xml type keeps it; blanks between elements are kept when asked for. */
    static String canonical(String text, boolean keepBlanks) {
        refuseDocumentType(text);
        Canonical handler = new Canonical(keepBlanks);
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(NO_DOCTYPE, true);
            XMLReader reader = factory.newSAXParser().getXMLReader();
            reader.setFeature("http://xml.org/sax/features/namespace-prefixes", true);
            reader.setProperty("http://xml.org/sax/properties/lexical-handler", handler);
            reader.setProperty(LIMIT + "maxElementDepth", Integer.toString(MAX_DEPTH));
            reader.setProperty(LIMIT + "elementAttributeLimit", Integer.toString(MAX_ATTRIBUTES));
            reader.setProperty(LIMIT + "maxXMLNameLimit", Integer.toString(MAX_NAME));
            // without a document type these only count &lt; and the like
            reader.setProperty(LIMIT + "entityExpansionLimit", Integer.toString(UNLIMITED));
            reader.setProperty(LIMIT + "entityReplacementLimit", Integer.toString(UNLIMITED));
            reader.setProperty(LIMIT + "maxGeneralEntitySizeLimit", Integer.toString(UNLIMITED));
            reader.setProperty(LIMIT + "totalEntitySizeLimit", Integer.toString(UNLIMITED));
            speakEnglish(reader);
            reader.setContentHandler(handler);
            reader.setErrorHandler(handler);
            reader.setEntityResolver(handler);
            reader.parse(held(text));
        } catch (SAXException e) {
            throw refused(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The JDK's XML parser refuses its settings", e);
        }
        return handler.writer.toString();
    }

    /** What an xml value holds, as the children of an element. */
    static Element tree(String canonical) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(NO_DOCTYPE, true);
            factory.setAttribute(LIMIT + "maxElementDepth", Integer.toString(MAX_DEPTH));
            factory.setAttribute(LIMIT + "entityExpansionLimit", Integer.toString(UNLIMITED));
            factory.setAttribute(LIMIT + "entityReplacementLimit", Integer.toString(UNLIMITED));
            factory.setAttribute(LIMIT + "maxGeneralEntitySizeLimit", Integer.toString(UNLIMITED));
            factory.setAttribute(LIMIT + "totalEntitySizeLimit", Integer.toString(UNLIMITED));
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler2());
            return builder.parse(held(canonical)).getDocumentElement();
        } catch (SAXException e) {
            throw refused(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The JDK's XML parser refuses its settings", e);
        }
    }

    private static InputSource held(String text) {
        return new InputSource(new StringReader(OPEN + text + CLOSE));
    }

    /** Inside the holder the parser would only find it out of place. */
    private static void refuseDocumentType(String text) {
        String start = text.stripLeading();
        if (start.regionMatches(true, 0, "<!DOCTYPE", 0, "<!DOCTYPE".length())) {
            throw new ScriptError(6359, "An xml value can't have a document type (DOCTYPE).");
        }
    }

    /** The JDK has its English texts without a language only. */
    @SuppressWarnings("deprecation") // the only interface that has a locale
    private static void speakEnglish(XMLReader reader) throws SAXException {
        if (reader instanceof org.xml.sax.Parser parser) {
            parser.setLocale(Locale.ROOT);
        }
    }

    private static ScriptError refused(SAXException e) {
        String words = String.valueOf(e.getMessage());
        String place = "";
        if (e instanceof SAXParseException at) {
            int column = at.getLineNumber() == 1 ? at.getColumnNumber() - OPEN.length() : at.getColumnNumber();
            place = ", line " + at.getLineNumber() + ", character " + Math.max(1, column);
        }
        return new ScriptError(
                number(words), 16, 1, "The xml isn't well formed" + place + ": " + Words.shortened(words), e);
    }

    private static int number(String words) {
        if (words.contains("end-tag")) {
            return 9436;
        }
        if (words.contains("already specified")) {
            return 9437;
        }
        return words.contains("The prefix") ? 9459 : 9422;
    }

    /** Writes what it hears, without the holder. */
    private static final class Canonical extends DefaultHandler2 {

        private static final String SPACE = "xml:space";

        private final XmlWriter writer = new XmlWriter();
        private final StringBuilder pending = new StringBuilder();
        private final Deque<Boolean> keep = new ArrayDeque<>();

        Canonical(boolean keepBlanks) {
            keep.push(keepBlanks);
        }

        @Override
        public void startElement(String uri, String local, String name, Attributes attributes) {
            flush();
            String space = attributes.getValue(SPACE);
            keep.push(space == null ? keep.peek() : space.equals("preserve"));
            if (keep.size() > 2) {
                writer.start(name);
                for (int i = 0; i < attributes.getLength(); i++) {
                    writer.attribute(attributes.getQName(i), attributes.getValue(i));
                }
            }
        }

        @Override
        public void endElement(String uri, String local, String name) {
            flush();
            keep.pop();
            if (keep.size() > 1) {
                writer.end(name);
            }
        }

        @Override
        public void characters(char[] characters, int start, int length) {
            pending.append(characters, start, length);
        }

        private void flush() {
            if (keep.peek() || !pending.chars().allMatch(Character::isWhitespace)) {
                writer.text(pending);
            }
            pending.setLength(0);
        }

        @Override
        public void comment(char[] characters, int start, int length) {
            flush();
            writer.comment(new String(characters, start, length));
        }

        @Override
        public void processingInstruction(String target, String data) {
            flush();
            writer.instruction(target, data);
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public InputSource resolveEntity(String name, String publicId, String base, String systemId)
                throws SAXException {
            throw new SAXNotRecognizedException("external entity '" + systemId + "' isn't read");
        }
    }
}
