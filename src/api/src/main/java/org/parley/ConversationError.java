package org.parley;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/**
 * What the body of an Error message says; service-broker.md, section 8.
 *
 * @param code above 0 from the application at the other side, below 0 from the broker
 * @param description text
 */
public record ConversationError(int code, String description) {

    private static final String NAMESPACE = "http://schemas.microsoft.com/SQL/ServiceBroker/Error";

    /** The documented body: UTF-16 with a byte-order mark. */
    public byte[] toBody() {
        String xml = "\uFEFF<?xml version=\"1.0\"?><Error xmlns=\"" + NAMESPACE + "\"><Code>" + code
                + "</Code><Description>" + escape(description) + "</Description></Error>";
        return xml.getBytes(StandardCharsets.UTF_16LE);
    }

    /**
     * Reads a body made by {@link #toBody()} or by another Service Broker.
     *
     * @throws IllegalArgumentException when the body isn't such a document
     */
    public static ConversationError parse(byte[] body) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setNamespaceAware(true);
            Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(body));
            return new ConversationError(
                    Integer.parseInt(child(document, "Code").trim()), child(document, "Description"));
        } catch (ParserConfigurationException | SAXException | IOException | NumberFormatException e) {
            throw new IllegalArgumentException("The body of an Error message can't be read: " + e.getMessage(), e);
        }
    }

    private static String child(Document document, String name) throws SAXException {
        var found = document.getElementsByTagNameNS(NAMESPACE, name);
        if (found.getLength() == 0) {
            throw new SAXException("element '" + name + "' of namespace '" + NAMESPACE + "' is missing");
        }
        return found.item(0).getTextContent();
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '\'' -> out.append("&apos;");
                case '"' -> out.append("&quot;");
                default -> out.append(c < ' ' && c != '\t' && c != '\n' && c != '\r' ? '\uFFFD' : c);
            }
        }
        return out.toString();
    }
}
