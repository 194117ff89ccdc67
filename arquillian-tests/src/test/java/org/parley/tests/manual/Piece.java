package org.parley.tests.manual;

import java.io.IOException;
import java.io.StringReader;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Whether a text is a piece of another: what it leaves out may be there, what it says must be. */
final class Piece {

    private static final String NO_DTD = "http://apache.org/xml/features/nonvalidating/load-external-dtd";

    private Piece() {}

    /** Whether the whole has all these lines, in this order. */
    static boolean ofLines(List<String> lines, List<String> whole) {
        Iterator<String> rest = whole.iterator();
        return lines.stream().allMatch(line -> advance(rest, line));
    }

    private static boolean advance(Iterator<String> rest, String line) {
        while (rest.hasNext()) {
            if (rest.next().equals(line)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the document has, below one of its elements or as its root, all these elements: by the names that are written, with
     * these attributes among theirs, this text, and these elements among theirs, in this order.
     */
    static boolean ofDocument(String elements, String document) {
        Element pieces = parse("<pieces>" + elements + "</pieces>");
        Element whole = parse("<document>" + withoutProlog(document) + "</document>");
        NodeList all = whole.getElementsByTagName("*");
        return has(whole, pieces)
                || IntStream.range(0, all.getLength()).anyMatch(index -> has((Element) all.item(index), pieces));
    }

    private static String withoutProlog(String document) {
        return document.replaceFirst("<\\?xml[^>]*>", "").replaceFirst("<!DOCTYPE[^>]*>", "");
    }

    /** Whether an element has all the children of another. */
    private static boolean has(Element element, Element pieces) {
        Iterator<Element> rest = children(element).iterator();
        return children(pieces).stream().allMatch(piece -> advance(rest, piece));
    }

    private static boolean advance(Iterator<Element> rest, Element piece) {
        while (rest.hasNext()) {
            if (says(rest.next(), piece)) {
                return true;
            }
        }
        return false;
    }

    private static boolean says(Element element, Element piece) {
        return element.getTagName().equals(piece.getTagName())
                && IntStream.range(0, piece.getAttributes().getLength())
                        .mapToObj(index -> (Attr) piece.getAttributes().item(index))
                        .allMatch(attribute ->
                                element.getAttribute(attribute.getName()).equals(attribute.getValue()))
                && text(element).equals(text(piece))
                && has(element, piece);
    }

    private static List<Element> children(Element element) {
        return nodes(element).stream()
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }

    /** Its own text, with one blank where there is white space. */
    private static String text(Element element) {
        return nodes(element).stream()
                .filter(node -> node.getNodeType() == Node.TEXT_NODE)
                .map(Node::getNodeValue)
                .reduce("", String::concat)
                .strip()
                .replaceAll("\\s+", " ");
    }

    private static List<Node> nodes(Element element) {
        NodeList nodes = element.getChildNodes();
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).toList();
    }

    private static Element parse(String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(NO_DTD, false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
