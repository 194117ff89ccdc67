package org.parley.engine.catalog;

import org.parley.MessageTypeDefinition.Validation;
import org.parley.engine.store.CatalogRows;

/**
 * A message type; service-broker.md, section 1.3.
 *
 * @param id its id; those below {@link org.parley.engine.store.CatalogRows#FIRST_USER_ID} are the system's
 * @param name its name, http in system names
 * @param validation what a body must be, judged by {@link BodyCheck} on arrival
 * @param schemas what VALID_XML judges by; null with every other validation
 */
public record MessageType(int id, String name, Validation validation, XmlSchemaCollection schemas) {

    /** A message type without schemas. */
    public MessageType(int id, String name, Validation validation) {
        this(id, name, validation, null);
    }

    /** Id of the message type that tells of an event. */
    public static final int EVENT_NOTIFICATION = 4;

    /** Id of the system type Error. */
    public static final int ERROR = 1;

    /** Id of the system type EndDialog. */
    public static final int END_DIALOG = 2;

    /** Id of the system type DialogTimer. */
    public static final int DIALOG_TIMER = 5;

    /** Id of the type DEFAULT. */
    public static final int DEFAULT = 14;

    /** Itself, or without its schemas. */
    MessageType withoutSchemas() {
        return schemas == null ? this : new MessageType(id, name, Validation.WELL_FORMED_XML);
    }

    /** As a statement writes it. */
    String shownValidation() {
        return schemas == null ? validation.name() : validation + " WITH SCHEMA COLLECTION " + schemas.name();
    }

    CatalogRows.Row row() {
        return new CatalogRows.MessageTypeRow(id, name, validation, schemas == null ? null : schemas.id());
    }
}
