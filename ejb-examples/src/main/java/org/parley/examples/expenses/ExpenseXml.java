package org.parley.examples.expenses;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** The bodies of the messages, written and read. */
public final class ExpenseXml {

    /** Most characters of a body that the client sends. */
    public static final int LENGTH = 4000;

    private ExpenseXml() {}

    /** The body of a SubmitExpense message. */
    public static String submission(Expense expense) {
        return document("expense", writer -> {
            element(writer, "employee", expense.employee());
            element(writer, "purpose", expense.purpose());
            element(writer, "amount", expense.amount().toPlainString());
        });
    }

    /** The body of an ExpenseDenied message. */
    public static String denial(String reason) {
        return document("denied", writer -> element(writer, "reason", reason));
    }

    /**
     * Reads the body of a SubmitExpense message.
     *
     * @throws InvalidExpenseException when it isn't one, or not a valid expense
     */
    public static Expense expense(Document document) {
        Element root = root(document, "expense");
        return Expense.of(child(root, "employee"), child(root, "purpose"), child(root, "amount"));
    }

    /** Reads the reason from the body of an ExpenseDenied message. */
    public static String reason(Document document) {
        return child(root(document, "denied"), "reason");
    }

    /**
     * Parses what somebody typed, as the bytes that will be sent. Document types are refused: they could name files and
     * addresses to be read, or grow without end.
     *
     * @throws InvalidExpenseException with line and column for text that isn't well-formed
     */
    public static Document parse(String xml) {
        if (xml == null || xml.isBlank()) {
            throw new InvalidExpenseException("xml", "The XML is missing.");
        }
        if (xml.length() > LENGTH) {
            throw new InvalidExpenseException(
                    "xml", "The XML has " + xml.length() + " characters; at most " + LENGTH + " are allowed.");
        }
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (SAXParseException e) {
            throw new InvalidExpenseException(
                    "xml",
                    "The XML can't be read: line " + e.getLineNumber() + ", column " + e.getColumnNumber() + ": "
                            + e.getMessage());
        } catch (SAXException | IOException e) {
            throw new InvalidExpenseException("xml", "The XML can't be read: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("This JVM has no XML parser that refuses document types.", e);
        }
    }

    private static Element root(Document document, String name) {
        Element root = document.getDocumentElement();
        if (!root.getTagName().equals(name)) {
            throw new InvalidExpenseException(
                    "xml", "The XML begins with element <" + root.getTagName() + ">; it must be <" + name + ">.");
        }
        return root;
    }

    private static String child(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        if (found.getLength() != 1) {
            throw new InvalidExpenseException(
                    "xml",
                    "The XML has " + found.getLength() + " elements <" + name + "> in <" + parent.getTagName()
                            + ">; it must have one.");
        }
        return found.item(0).getTextContent();
    }

    private static String document(String root, Content content) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter writer = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            writer.writeStartElement(root);
            content.writeTo(writer);
            writer.writeEndElement();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("A body <" + root + "> can't be written.", e);
        }
        return text.toString();
    }

    private static void element(XMLStreamWriter writer, String name, String text) throws XMLStreamException {
        writer.writeStartElement(name);
        writer.writeCharacters(text);
        writer.writeEndElement();
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(XMLStreamWriter writer) throws XMLStreamException;
    }
}
