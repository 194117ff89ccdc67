package org.parley.spi;

/** Which broker a database is that was restored from a backup; service-broker.md, section 17. */
public enum RestoredBroker {
    /** The one it was; it doesn't deliver until it is told who it is. */
    DISABLE_BROKER,
    /** The one it was, and it delivers: it takes the place of the one that was saved. */
    ENABLE_BROKER,
    /** Another one, without conversations. */
    NEW_BROKER,
    /** The one it was; each conversation gets an error, and so does its other side. */
    ERROR_BROKER_CONVERSATIONS
}
