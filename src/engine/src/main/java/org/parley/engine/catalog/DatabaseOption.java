package org.parley.engine.catalog;

/** An option of a database that is on or off. */
enum DatabaseOption {
    /** ENABLE_BROKER and DISABLE_BROKER. */
    BROKER_ENABLED,
    /** TRUSTWORTHY. */
    TRUSTWORTHY,
    /** HONOR_BROKER_PRIORITY. */
    HONOR_BROKER_PRIORITY
}
