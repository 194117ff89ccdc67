package org.parley.engine.xml;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.parley.BrokerException;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A schema document that is well formed.
 *
 * @param origin its text, and where that comes from
 * @param root its outermost element
 */
record SchemaDocument(SchemaText.Piece origin, SchemaNode root) {

    private static final int DEEPEST = 100;
    private static final int LONGEST_VALUE = 4_000;

    /** Element names of the language that the JDK would read, and Parley refuses as SQL Server does. */
    private static final List<String> REFUSED =
            List.of("include", "redefine", "override", "key", "keyref", "unique", "notation");

    static SchemaDocument read(SchemaText.Piece piece) {
        Builder builder = new Builder(piece);
        try {
            new XmlParser(builder)
                    .parse(
                            new InputSource(new StringReader(piece.text())),
                            piece.text().length());
        } catch (SAXParseException e) {
            throw SchemaErrors.notASchema(piece.place(e), XmlParser.wordsOf(e));
        } catch (SAXException | IOException e) {
            throw SchemaErrors.notASchema(piece.place(1, 1), String.valueOf(e.getMessage()));
        }
        return new SchemaDocument(piece, builder.root);
    }

    String text() {
        return origin.text();
    }

    /** Its target namespace; empty without one. */
    String namespace() {
        return root.target();
    }

    private static final class Builder extends DefaultHandler {

        private final SchemaText.Piece piece;
        private final Deque<SchemaNode> open = new ArrayDeque<>();
        private final Deque<Map<String, String>> scopes = new ArrayDeque<>();
        private Map<String, String> declared = new HashMap<>();
        private SchemaNode root;
        private Locator locator;
        private int depth;
        private int annotation;

        Builder(SchemaText.Piece piece) {
            this.piece = piece;
            scopes.push(Map.of());
        }

        @Override
        public void setDocumentLocator(Locator given) {
            locator = given;
        }

        @Override
        public void startPrefixMapping(String prefix, String namespace) {
            declared.put(prefix, namespace);
        }

        @Override
        public void startElement(String namespace, String local, String name, Attributes attributes) {
            Map<String, String> scope = scopes.peek();
            if (!declared.isEmpty()) {
                scope = new HashMap<>(scope);
                scope.putAll(declared);
                declared = new HashMap<>();
            }
            scopes.push(scope);
            String place = piece.place(locator.getLineNumber(), locator.getColumnNumber());
            if (++depth > DEEPEST) {
                throw SchemaErrors.tooMuch(place, "elements stand more than " + DEEPEST + " deep");
            }
            Map<String, String> values = values(attributes, place);
            boolean ofLanguage = namespace.equals(SchemaNode.LANGUAGE);
            if (root == null && !(ofLanguage && local.equals("schema"))) {
                throw SchemaErrors.notASchema(
                        place,
                        "found the element '" + name + "', expected schema in the namespace " + SchemaNode.LANGUAGE
                                + ".");
            }
            if (annotation > 0 || !ofLanguage || local.equals("annotation")) {
                annotation++;
                return;
            }
            if (REFUSED.contains(local)) {
                throw SchemaErrors.unsupported(place, local);
            }
            SchemaNode node =
                    new SchemaNode(local, values, scope, root == null ? target(values) : root.target(), place);
            if (root == null) {
                root = node;
            } else {
                open.peek().add(node);
            }
            open.push(node);
        }

        private static String target(Map<String, String> values) {
            return values.getOrDefault("targetNamespace", "").strip();
        }

        private static Map<String, String> values(Attributes attributes, String place) {
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < attributes.getLength(); i++) {
                String value = attributes.getValue(i);
                if (value.length() > LONGEST_VALUE) {
                    throw SchemaErrors.tooMuch(
                            place,
                            "the attribute '" + attributes.getQName(i) + "' has " + value.length()
                                    + " characters, more than " + LONGEST_VALUE);
                }
                if (attributes.getURI(i).isEmpty()) {
                    values.put(attributes.getLocalName(i), value);
                }
            }
            return values;
        }

        @Override
        public void endElement(String namespace, String local, String name) {
            scopes.pop();
            depth--;
            if (annotation > 0) {
                annotation--;
            } else {
                open.pop();
            }
        }
    }

    /** Never more than is allowed of all documents together. */
    static void checkSize(int documents, long characters, int mostDocuments, int mostCharacters)
            throws BrokerException {
        if (documents > mostDocuments) {
            throw SchemaErrors.tooMuch("", documents + " schema documents, more than " + mostDocuments);
        }
        if (characters > mostCharacters) {
            throw SchemaErrors.tooMuch("", characters + " characters, more than " + mostCharacters);
        }
    }
}
