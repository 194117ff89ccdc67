/**
 * XML documents and XML schemas, judged within bounds: what a stranger sends, or a user defines, costs time and memory that
 * grow with its length only. Nothing outside the given text is ever read.
 *
 * <p>The JDK's own parser and validator do the work. Where they have no bound of their own, what would exceed it is refused
 * before they see it: of a schema by {@link org.parley.engine.xml.SchemaBounds}, of a document by
 * {@link org.parley.engine.xml.ValueGuard}.
 */
package org.parley.engine.xml;
