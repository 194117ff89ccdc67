package org.parley.engine.xml;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses schemas that the JDK could not compile, or judge documents with, in bounded time and memory. */
final class SchemaBounds {

    static final int MOST_DOCUMENTS = 200;
    static final int MOST_CHARACTERS = 1_000_000;

    private static final int MOST_NODES = 20_000;
    private static final int MOST_SUBSTITUTES = 500;
    private static final int MOST_NAMESPACES = 10;

    private final List<SchemaDocument> documents;
    private final Set<String> namespaces;
    private final ContentBounds contents;
    private final ValueBounds values;
    private final AttributeBounds attributes;
    private int nodes;
    private int substitutes;

    private SchemaBounds(List<SchemaDocument> documents) {
        this.documents = documents;
        this.namespaces = documents.stream().map(SchemaDocument::namespace).collect(Collectors.toSet());
        SchemaIndex index = new SchemaIndex(documents);
        contents = new ContentBounds(index);
        values = new ValueBounds(index);
        attributes = new AttributeBounds(index);
    }

    /** Checks all documents of a collection, and tells which values of a document must be short. */
    static ValueBounds check(List<SchemaDocument> documents) {
        SchemaBounds bounds = new SchemaBounds(documents);
        documents.forEach(document -> document.root().each(bounds::count));
        documents.forEach(document -> document.root().each(bounds::check));
        return bounds.values;
    }

    private void count(SchemaNode node) {
        if (++nodes > MOST_NODES) {
            throw SchemaErrors.tooMuch(node.place(), "more than " + MOST_NODES + " elements of the schema language");
        }
        if (node.is("import")) {
            checkImport(node);
        }
        if (node.get("substitutionGroup") != null && ++substitutes > MOST_SUBSTITUTES) {
            throw SchemaErrors.tooMuch(
                    node.place(), "more than " + MOST_SUBSTITUTES + " elements with a substitutionGroup");
        }
        String namespaceList = node.get("namespace");
        if (namespaceList != null && !node.is("import") && namespaceList.split("\\s+").length > MOST_NAMESPACES) {
            throw SchemaErrors.tooMuch(node.place(), "a wildcard names more than " + MOST_NAMESPACES + " namespaces");
        }
    }

    private void checkImport(SchemaNode node) {
        String wanted = node.get("namespace") == null ? "" : node.get("namespace");
        if (!namespaces.contains(wanted) && !wanted.equals(SchemaSources.XML_NAMESPACE)) {
            throw SchemaErrors.notASchema(
                    node.place(),
                    (wanted.isEmpty()
                                    ? "no document without a target namespace is"
                                    : "the namespace '" + wanted + "' isn't")
                            + " in the collection; an import is found in the collection only, whatever its"
                            + " schemaLocation says.");
        }
    }

    private void check(SchemaNode node) {
        switch (node.kind()) {
            case "complexType" -> {
                values.check(node);
                attributes.check(node);
                contents.check(node);
            }
            case "simpleType" -> values.check(node);
            case "attributeGroup" -> attributes.check(node);
            default -> {}
        }
    }
}
