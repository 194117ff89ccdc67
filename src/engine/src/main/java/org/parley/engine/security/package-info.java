/**
 * Principals of a broker database and what they may do: an immutable table that every statement asks once, and nothing at
 * all for dbo. Objects are known here by their ids alone; the catalog gives them names. Rules: service-broker.md,
 * section 5.9.
 */
package org.parley.engine.security;
