/**
 * Definitions of one broker database: an immutable snapshot for readers, and changes that are transactions which swap the
 * snapshot at commit.
 *
 * <p>Readers never lock: they take a {@link org.parley.engine.catalog.CatalogSnapshot} once and work with it.
 * Whoever changes definitions writes the rows first and shows the new snapshot only after the store has committed, so
 * that no reader ever sees what a crash could take back. Rules and numbers: service-broker.md, sections 1.2 to 1.6.
 */
package org.parley.engine.catalog;
