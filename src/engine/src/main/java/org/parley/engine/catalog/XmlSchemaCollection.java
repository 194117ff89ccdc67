package org.parley.engine.catalog;

import org.parley.BrokerException;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.xml.XmlSchemas;

/**
 * An XML schema collection: what message types with {@code VALIDATION = VALID_XML} are judged by; service-broker.md, section
 * 1.3. Another version of one is another object, so what was compiled is always what the row says.
 */
public final class XmlSchemaCollection {

    private final CatalogRows.XmlSchemaCollectionRow row;
    private volatile XmlSchemas schemas;

    XmlSchemaCollection(CatalogRows.XmlSchemaCollectionRow row) {
        this.row = row;
    }

    /** With schemas that have been compiled of the row's documents. */
    XmlSchemaCollection(CatalogRows.XmlSchemaCollectionRow row, XmlSchemas schemas) {
        this.row = row;
        this.schemas = schemas;
    }

    /** Its name as it is stored: without {@code dbo.}, as a queue's. */
    static String nameOf(String written) {
        return Queue.nameOf(written);
    }

    /** Its id. */
    public int id() {
        return row.id();
    }

    /** Its name. */
    public String name() {
        return row.name();
    }

    /** As it is stored. */
    public CatalogRows.XmlSchemaCollectionRow row() {
        return row;
    }

    /**
     * Its schemas, compiled when a message needs them for the first time since the database was opened.
     *
     * @throws BrokerException 2378 when this JDK doesn't take what an earlier one has taken
     */
    XmlSchemas schemas() {
        XmlSchemas compiled = schemas;
        if (compiled == null) {
            synchronized (this) {
                if (schemas == null) {
                    schemas = XmlSchemas.of(row.documents());
                }
                compiled = schemas;
            }
        }
        return compiled;
    }

    @Override
    public String toString() {
        return "XmlSchemaCollection[" + row.id() + ", " + row.name() + "]";
    }
}
