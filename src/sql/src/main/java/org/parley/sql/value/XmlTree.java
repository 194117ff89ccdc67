package org.parley.sql.value;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** Writes nodes of a document as xml that stands for itself: with the namespaces that were declared around them. */
final class XmlTree {

    private static final String DECLARATION = "xmlns";

    private final XmlWriter writer;

    XmlTree(XmlWriter writer) {
        this.writer = writer;
    }

    /** A node with all that is in it; of the holder of a document its content alone. */
    void write(Node top) {
        if (isHolder(top)) {
            for (Node child = top.getFirstChild(); child != null; child = child.getNextSibling()) {
                write(child);
            }
            return;
        }
        Node node = top;
        open(node, top);
        while (true) {
            if (node.getFirstChild() != null) {
                node = node.getFirstChild();
                open(node, top);
                continue;
            }
            close(node);
            while (node != top && node.getNextSibling() == null) {
                node = node.getParentNode();
                close(node);
            }
            if (node == top) {
                return;
            }
            node = node.getNextSibling();
            open(node, top);
        }
    }

    private static boolean isHolder(Node node) {
        return node.getNodeType() == Node.DOCUMENT_NODE
                || node == node.getOwnerDocument().getDocumentElement();
    }

    private void open(Node node, Node top) {
        switch (node.getNodeType()) {
            case Node.ELEMENT_NODE -> {
                writer.start(node.getNodeName());
                if (node == top) {
                    declarationsAround(node).forEach(writer::attribute);
                }
                NamedNodeMap attributes = node.getAttributes();
                for (int i = 0; i < attributes.getLength(); i++) {
                    Attr attribute = (Attr) attributes.item(i);
                    if (node != top || !isDeclaration(attribute)) {
                        writer.attribute(attribute.getName(), attribute.getValue());
                    }
                }
            }
            case Node.TEXT_NODE, Node.CDATA_SECTION_NODE -> writer.text(node.getNodeValue());
            case Node.COMMENT_NODE -> writer.comment(node.getNodeValue());
            case Node.PROCESSING_INSTRUCTION_NODE -> writer.instruction(node.getNodeName(), node.getNodeValue());
            default -> throw new IllegalStateException("a node of type " + node.getNodeType());
        }
    }

    private void close(Node node) {
        if (node.getNodeType() == Node.ELEMENT_NODE) {
            writer.end(node.getNodeName());
        }
    }

    private static boolean isDeclaration(Attr attribute) {
        return attribute.getName().equals(DECLARATION) || attribute.getName().startsWith(DECLARATION + ":");
    }

    /** Those of the node and of what it stands in; the nearest of a prefix counts. */
    private static Map<String, String> declarationsAround(Node node) {
        Map<String, String> declarations = new HashMap<>();
        for (Node at = node; at instanceof Element; at = at.getParentNode()) {
            NamedNodeMap attributes = at.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                Attr attribute = (Attr) attributes.item(i);
                if (isDeclaration(attribute)) {
                    declarations.putIfAbsent(attribute.getName(), attribute.getValue());
                }
            }
        }
        return new TreeMap<>(declarations);
    }
}
