package org.parley.engine.catalog;

import java.io.IOException;
import java.util.Locale;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXNotRecognizedException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A parser of the JDK that only tells whether a document is well formed. Used by one thread at a time.
 *
 * <p>Always the JDK's own: an application server may have put another one before it, with other limits.
 */
final class XmlParser {

    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    private static final int UNLIMITED = 0;

    /** The parser keeps every name it has seen, so it is thrown away before names of strangers fill the memory. */
    private static final long MOST_BYTES = 1 << 18;

    private final XMLReader reader;
    private long seen;

    XmlParser() {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(NO_DOCTYPE, true);
            reader = factory.newSAXParser().getXMLReader();
            // explicit, because defaults differ between JDKs and system properties may change them
            limit("maxElementDepth", BodyCheck.MAX_DEPTH);
            limit("elementAttributeLimit", BodyCheck.MAX_ATTRIBUTES);
            limit("maxXMLNameLimit", BodyCheck.MAX_NAME);
            // without a DOCTYPE these only count &lt; and the like: JDK 25 would refuse a body with 100,000 of them
            limit("entityExpansionLimit", UNLIMITED);
            limit("entityReplacementLimit", UNLIMITED);
            limit("maxGeneralEntitySizeLimit", UNLIMITED);
            limit("totalEntitySizeLimit", UNLIMITED);
            speakEnglish();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("The JDK's XML parser refuses its settings", e);
        }
        reader.setContentHandler(Judge.INSTANCE);
        reader.setErrorHandler(Judge.INSTANCE);
        reader.setEntityResolver(Judge.INSTANCE);
    }

    private void limit(String name, int value) throws SAXException {
        reader.setProperty("jdk.xml." + name, Integer.toString(value));
    }

    /** What the parser says goes to another side in another country: one language, not that of this JVM. */
    @SuppressWarnings("deprecation") // the only interface that has a locale
    private void speakEnglish() throws SAXException {
        if (reader instanceof org.xml.sax.Parser parser) {
            parser.setLocale(Locale.ENGLISH);
        }
    }

    /** Reads a document to its end, or to the first place that isn't well formed. */
    void parse(InputSource source, int length) throws SAXException, IOException {
        seen += length;
        reader.parse(source);
    }

    /** What the parser said; it names its own switch instead of what senders must not do. */
    static String wordsOf(SAXParseException e) {
        String words = String.valueOf(e.getMessage());
        return words.contains(NO_DOCTYPE) ? "a document type (DOCTYPE) is not allowed." : words;
    }

    /** Whether another document may be given to it. */
    boolean worthKeeping() {
        return seen < MOST_BYTES;
    }

    /** Takes everything, except what isn't well formed. */
    private static final class Judge extends DefaultHandler {

        static final Judge INSTANCE = new Judge();

        @Override
        public void error(SAXParseException e) throws SAXException {
            // names that break the rules of namespaces are reported here
            throw e;
        }

        @Override
        public InputSource resolveEntity(String publicId, String systemId) throws SAXException {
            throw new SAXNotRecognizedException("external entity '" + systemId + "' isn't read");
        }
    }
}
