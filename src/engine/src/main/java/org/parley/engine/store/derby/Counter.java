package org.parley.engine.store.derby;

/** Rows of the table of counters. */
enum Counter {
    CONVERSATION,
    CATALOG
}
