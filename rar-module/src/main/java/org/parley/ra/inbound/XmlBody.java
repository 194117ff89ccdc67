package org.parley.ra.inbound;

import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.parley.BrokerException;
import org.parley.Message;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads a body as XML, without DTD and without anything from outside the body. */
final class XmlBody {

    private static final int NOT_WELL_FORMED = 9615;

    private XmlBody() {}

    /** The document, or null for an empty message. */
    static Document parse(Message message) {
        if (message.length() == 0) {
            return null;
        }
        try {
            return builder().parse(message.bodyStream());
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new BrokerException(
                    NOT_WELL_FORMED,
                    "The body of message " + message.sequenceNumber() + " of type '" + message.messageType()
                            + "' on conversation " + message.conversationHandle()
                            + " is no XML document without DTD: " + e.getMessage(),
                    e);
        }
    }

    private static DocumentBuilder builder() throws ParserConfigurationException {
        // the JDK's own: what an application puts on its class path may not know these switches
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        // without a handler of ours it prints to the standard error stream
        builder.setErrorHandler(new DefaultHandler());
        return builder;
    }
}
