package org.parley;

import java.util.List;

/**
 * An XML schema collection, which message types with {@code VALID_XML} are judged by.
 *
 * @param name 1 to 128 characters, with or without {@code dbo.}
 * @param schemas XML schema documents; each text may hold several, one after the other
 */
public record XmlSchemaCollectionDefinition(String name, List<String> schemas) {

    /** Keeps a copy. */
    public XmlSchemaCollectionDefinition {
        schemas = List.copyOf(schemas);
    }

    /** A collection of these documents. */
    public static XmlSchemaCollectionDefinition of(String name, String... schemas) {
        return new XmlSchemaCollectionDefinition(name, List.of(schemas));
    }
}
