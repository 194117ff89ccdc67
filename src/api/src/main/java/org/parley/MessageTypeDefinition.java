package org.parley;

/**
 * A message type; service-broker.md, section 1.3.
 *
 * @param name 1 to 128 characters, compared byte by byte
 * @param validation what a body must be, judged on arrival
 * @param schemaCollection name of the XML schema collection of {@code VALID_XML}; null with every other validation
 */
public record MessageTypeDefinition(String name, Validation validation, String schemaCollection) {

    /** A message type without an XML schema collection. */
    public MessageTypeDefinition(String name, Validation validation) {
        this(name, validation, null);
    }

    /** What the receiving side asks of a body. */
    public enum Validation {
        /** Anything, or nothing. */
        NONE,
        /** No body. */
        EMPTY,
        /** A well-formed XML document; an empty body passes. */
        WELL_FORMED_XML,
        /** An XML document that a schema of a collection allows; an empty body passes. */
        VALID_XML
    }
}
