package org.parley.engine.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.parley.BrokerException;
import org.parley.MessageTypeDefinition;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.engine.store.CatalogRows.XmlSchemaCollectionRow;
import org.parley.engine.xml.XmlSchemas;

/**
 * Changes XML schema collections. A collection only grows, so a definition is there as given when all of its documents are:
 * a script that creates one and adds to it can be repeated.
 */
final class XmlSchemaEditor {

    private static final String KIND = "XML schema collection";

    private final Kind<XmlSchemaCollection> collections;
    private final Kind<MessageType> messageTypes;
    private final IntSupplier nextId;
    private final Instant now;

    XmlSchemaEditor(
            Kind<XmlSchemaCollection> collections, Kind<MessageType> messageTypes, IntSupplier nextId, Instant now) {
        this.collections = collections;
        this.messageTypes = messageTypes;
        this.nextId = nextId;
        this.now = Instant.ofEpochMilli(now.toEpochMilli());
    }

    void define(String written, List<String> texts) {
        String name = XmlSchemaCollection.nameOf(written);
        CatalogErrors.checkName(KIND, name);
        List<String> documents = documents(name, texts);
        XmlSchemaCollection old = collections.find(name);
        if (old == null) {
            collections.insert(compiled(new XmlSchemaCollectionRow(nextId.getAsInt(), name, documents, now, now)));
        } else if (!old.row().documents().containsAll(documents)) {
            throw new BrokerException(
                    CatalogErrors.COLLECTION_EXISTS,
                    "XML schema collection '" + name
                            + "' exists with other schemas; ALTER XML SCHEMA COLLECTION adds to" + " them.");
        }
    }

    /** Adds what isn't there yet. */
    void add(String written, String text) {
        XmlSchemaCollection old = existing(written);
        List<String> all = new ArrayList<>(old.row().documents());
        for (String document : documents(old.name(), List.of(text))) {
            if (!all.contains(document)) {
                all.add(document);
            }
        }
        if (all.size() > old.row().documents().size()) {
            collections.update(compiled(new XmlSchemaCollectionRow(
                    old.id(), old.name(), all, old.row().created(), now)));
        }
    }

    private XmlSchemaCollection existing(String written) {
        String name = XmlSchemaCollection.nameOf(written);
        XmlSchemaCollection collection = collections.find(name);
        if (collection == null) {
            throw new BrokerException(
                    CatalogErrors.COLLECTION_NOT_ALTERED,
                    "The XML schema collection '" + CatalogErrors.shortened(name)
                            + "' can't be altered: there is no such collection.");
        }
        return collection;
    }

    private static List<String> documents(String collection, List<String> texts) {
        List<String> documents = new ArrayList<>();
        for (String text : texts) {
            documents.addAll(named(collection, () -> XmlSchemas.documents(text)));
        }
        return documents.stream().distinct().toList();
    }

    /** A definition that can't be compiled is refused before anything is written. */
    private static XmlSchemaCollection compiled(XmlSchemaCollectionRow row) {
        return new XmlSchemaCollection(row, named(row.name(), () -> XmlSchemas.of(row.documents())));
    }

    private static <T> T named(String collection, java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (BrokerException e) {
            throw new BrokerException(e.number(), "XML schema collection '" + collection + "': " + e.getMessage(), e);
        }
    }

    void drop(String written) {
        XmlSchemaCollection collection = collections.existing(XmlSchemaCollection.nameOf(written), "dropped");
        List<String> users = messageTypes.names(
                type -> type.schemas() != null && type.schemas().id() == collection.id());
        if (!users.isEmpty()) {
            throw new BrokerException(
                    CatalogErrors.COLLECTION_IN_USE,
                    "XML schema collection '" + collection.name() + "' can't be dropped: it is used by message type '"
                            + users.get(0) + "'" + (users.size() == 1 ? "" : " and " + (users.size() - 1) + " more")
                            + ".");
        }
        collections.delete(collection);
    }

    /** The collection that a message type is defined with, or null. */
    XmlSchemaCollection of(MessageTypeDefinition type) {
        boolean needed = type.validation() == Validation.VALID_XML;
        if (needed != (type.schemaCollection() != null)) {
            throw new BrokerException(
                    CatalogErrors.SYNTAX,
                    "Message type '" + type.name() + "' has VALIDATION = " + type.validation()
                            + (needed
                                    ? ", which needs an XML schema collection."
                                    : " and an XML schema collection, which" + " only VALID_XML takes."));
        }
        if (!needed) {
            return null;
        }
        String name = XmlSchemaCollection.nameOf(type.schemaCollection());
        XmlSchemaCollection collection = collections.find(name);
        if (collection == null) {
            throw new BrokerException(
                    CatalogErrors.UNKNOWN_COLLECTION,
                    "Message type '" + type.name() + "' names the XML schema collection '"
                            + CatalogErrors.shortened(name) + "', which doesn't exist.");
        }
        return collection;
    }
}
