package org.parley.spi;

import java.time.InstantSource;
import org.parley.Catalog;

/** What definition statements work with: a caller in a broker database, and its catalog. One thread at a time. */
public interface DefinitionSession {

    /** The catalog of the current database, as the current principal; what it is asked to change it changes at once. */
    Catalog catalog();

    /** Name of the current database. */
    String database();

    /** The caller's name in the current database; dbo for its owner. */
    String user();

    /** The time. */
    InstantSource clock();
}
