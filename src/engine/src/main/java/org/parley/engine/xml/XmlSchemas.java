package org.parley.engine.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import javax.xml.XMLConstants;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.ValidatorHandler;
import org.parley.BrokerException;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * The schemas of a collection, compiled. Safe for all threads.
 *
 * <p>Documents of the same namespace belong together, imports are found among the documents, and nothing else is read: no
 * file, no network, no document type. Compiling and judging are bounded in time and memory.
 */
public final class XmlSchemas {

    private static final String LOCALE = "http://apache.org/xml/properties/locale";
    private static final int IDLE_PARSERS = 8;

    /** The JDK's own limit for parts of a content model, made explicit; what {@link ContentBounds} lets through is less. */
    private static final String MOST_PARTS = "5000";

    private final Schema schema;
    private final ValueBounds bounds;
    private final Queue<XmlParser> idle = new ArrayBlockingQueue<>(IDLE_PARSERS);

    private XmlSchemas(List<SchemaDocument> documents) {
        bounds = SchemaBounds.check(documents);
        schema = compile(new SchemaSources(documents));
    }

    /**
     * Cuts a text into the schema documents that stand in it one after the other.
     *
     * @throws BrokerException 2378 when one isn't a schema document, 9336 for a part of the schema language that isn't
     *     supported, 6303 when one is too large
     */
    public static List<String> documents(String text) {
        return read(List.of(text)).stream().map(SchemaDocument::text).toList();
    }

    /**
     * Compiles the documents of a collection.
     *
     * @param texts each holds one document or several
     * @throws BrokerException 2378 when they aren't valid, 9336 for a part of the schema language that isn't supported, 6303
     *     when they, or a document judged with them, could cost too much time or memory
     */
    public static XmlSchemas of(List<String> texts) {
        return new XmlSchemas(read(texts));
    }

    private static List<SchemaDocument> read(List<String> texts) {
        List<SchemaText.Piece> pieces = new ArrayList<>();
        long characters = 0;
        for (String text : texts) {
            characters += text.length();
            SchemaDocument.checkSize(0, characters, SchemaBounds.MOST_DOCUMENTS, SchemaBounds.MOST_CHARACTERS);
            pieces.addAll(SchemaText.cut(text));
            SchemaDocument.checkSize(
                    pieces.size(), characters, SchemaBounds.MOST_DOCUMENTS, SchemaBounds.MOST_CHARACTERS);
        }
        if (pieces.isEmpty()) {
            throw SchemaErrors.notASchema("", "it is empty.");
        }
        return pieces.stream().map(SchemaDocument::read).toList();
    }

    private static Schema compile(SchemaSources sources) {
        // always the JDK's own: an application server may have put another one before it
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, SchemaSources.PROTOCOL);
            factory.setProperty("jdk.xml.maxOccurLimit", MOST_PARTS);
            factory.setProperty(LOCALE, Locale.ROOT);
        } catch (SAXException e) {
            throw new IllegalStateException("The JDK's schema compiler refuses its settings", e);
        }
        factory.setErrorHandler(XmlParser.Judge.INSTANCE);
        factory.setResourceResolver(sources);
        try {
            return factory.newSchema(sources.begin());
        } catch (SAXParseException e) {
            throw sources.refusal(
                    e.getSystemId(), e.getLineNumber(), e.getColumnNumber(), String.valueOf(e.getMessage()));
        } catch (SAXException e) {
            throw SchemaErrors.notASchema("", String.valueOf(e.getMessage()));
        }
    }

    /** A parser that also judges by these schemas; to be given back. */
    public XmlParser take() {
        XmlParser parser = idle.poll();
        return parser != null ? parser : new XmlParser(new ValueGuard(validator(), bounds));
    }

    private ValidatorHandler validator() {
        ValidatorHandler validator = schema.newValidatorHandler();
        validator.setErrorHandler(XmlParser.Judge.INSTANCE);
        validator.setResourceResolver((type, namespace, publicId, address, base) -> {
            throw new IllegalStateException("Nothing outside a document is read: " + address);
        });
        try {
            validator.setProperty(LOCALE, Locale.ROOT);
        } catch (SAXException e) {
            throw new IllegalStateException("The JDK's validator refuses its settings", e);
        }
        return validator;
    }

    /** Takes a parser back. */
    public void giveBack(XmlParser parser) {
        if (parser.worthKeeping()) {
            idle.offer(parser);
        }
    }
}
