/**
 * One opened broker database: its rooms put together, filled from the store when it is opened. When the store can't be
 * relied upon any more, the whole of it is discarded and another one is opened.
 */
package org.parley.engine.database;
