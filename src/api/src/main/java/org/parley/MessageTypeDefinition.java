package org.parley;

/**
 * A message type; service-broker.md, section 1.3.
 *
 * @param name 1 to 128 characters, compared byte by byte
 * @param validation what a body must be, judged on arrival
 */
public record MessageTypeDefinition(String name, Validation validation) {

    /** What the receiving side asks of a body. */
    public enum Validation {
        /** Anything, or nothing. */
        NONE,
        /** No body. */
        EMPTY,
        /** A well-formed XML document; an empty body passes. */
        WELL_FORMED_XML
    }
}
