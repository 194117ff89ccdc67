/**
 * Branches: all the work of one transaction in one broker database, on one connection of the store, with its group locks
 * and the list of what its commit will mean in memory. And the table that finds the branch of a global transaction,
 * whoever asks.
 */
package org.parley.engine.tx;
