package org.parley.engine.xml;

import java.io.IOException;
import java.util.Locale;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.ContentHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXNotRecognizedException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A parser of the JDK that tells whether a document is well formed, and to a handler what it holds. Used by one thread at a
 * time.
 *
 * <p>Always the JDK's own: an application server may have put another one before it, with other limits.
 */
public final class XmlParser {

    /** Deepest nesting of elements; what the parser keeps of open elements must not grow with the document. */
    public static final int MAX_DEPTH = 1_000;

    /** Most attributes of one element. */
    public static final int MAX_ATTRIBUTES = 10_000;

    /** Longest name of an element or attribute. */
    public static final int MAX_NAME = 1_000;

    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    private static final int UNLIMITED = 0;

    /** The parser keeps every name it has seen, so it is thrown away before names of strangers fill the memory. */
    private static final long MOST_BYTES = 1 << 18;

    private final XMLReader reader;
    private long seen;

    /** A parser that only tells whether a document is well formed. */
    public XmlParser() {
        this(Judge.INSTANCE);
    }

    XmlParser(ContentHandler content) {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(NO_DOCTYPE, true);
            reader = factory.newSAXParser().getXMLReader();
            // explicit, because defaults differ between JDKs and system properties may change them
            limit("maxElementDepth", MAX_DEPTH);
            limit("elementAttributeLimit", MAX_ATTRIBUTES);
            limit("maxXMLNameLimit", MAX_NAME);
            // without a DOCTYPE these only count &lt; and the like: JDK 25 would refuse a body with 100,000 of them
            limit("entityExpansionLimit", UNLIMITED);
            limit("entityReplacementLimit", UNLIMITED);
            limit("maxGeneralEntitySizeLimit", UNLIMITED);
            limit("totalEntitySizeLimit", UNLIMITED);
            speakEnglish();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("The JDK's XML parser refuses its settings", e);
        }
        reader.setContentHandler(content);
        reader.setErrorHandler(Judge.INSTANCE);
        reader.setEntityResolver(Judge.INSTANCE);
    }

    private void limit(String name, int value) throws SAXException {
        reader.setProperty("jdk.xml." + name, Integer.toString(value));
    }

    /**
     * What the parser says goes to another side in another country: one language, not that of this JVM. The JDK has no texts
     * for English, only those without a language, so asked for English it would answer in the language of the JVM.
     */
    @SuppressWarnings("deprecation") // the only interface that has a locale
    private void speakEnglish() throws SAXException {
        if (reader instanceof org.xml.sax.Parser parser) {
            parser.setLocale(Locale.ROOT);
        }
    }

    /**
     * Reads a document to its end, or to the first place that is wrong.
     *
     * @param length its length in bytes
     * @throws SAXParseException with the place that is wrong
     * @throws SAXException when something about the whole document is wrong
     * @throws IOException when it has bytes that its encoding doesn't have
     */
    public void parse(InputSource source, int length) throws SAXException, IOException {
        seen += length;
        reader.parse(source);
    }

    /**
     * What the parser said, with long values shortened and without the number of a rule, which means nothing to a sender. Of
     * document types it would name its own switch instead of what senders must not do.
     */
    public static String wordsOf(SAXParseException e) {
        String words = String.valueOf(e.getMessage());
        return words.contains(NO_DOCTYPE) ? "a document type (DOCTYPE) is not allowed." : Words.shortened(words);
    }

    /** Whether another document may be given to it. */
    public boolean worthKeeping() {
        return seen < MOST_BYTES;
    }

    /** Takes everything, except what isn't well formed. */
    static final class Judge extends DefaultHandler {

        static final Judge INSTANCE = new Judge();

        @Override
        public void error(SAXParseException e) throws SAXException {
            // names that break the rules of namespaces, and what a schema doesn't allow, are reported here
            throw e;
        }

        @Override
        public InputSource resolveEntity(String publicId, String systemId) throws SAXException {
            throw new SAXNotRecognizedException("external entity '" + systemId + "' isn't read");
        }
    }
}
