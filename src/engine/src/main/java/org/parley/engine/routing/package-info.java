/**
 * Where a message goes, and what a commit leaves to be done on its way: the small idempotent engine transactions that
 * make an event true for the other side, in commit order, found again whenever the database is opened.
 */
package org.parley.engine.routing;
