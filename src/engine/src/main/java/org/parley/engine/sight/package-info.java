/**
 * What users see of an open database: rows for the views of schema PARLEY and for each queue, taken from memory as it is
 * committed and from messages read without locks. Nothing here changes anything, waits for a transaction or holds the
 * table's lock for longer than a few hundred endpoints take.
 */
package org.parley.engine.sight;
