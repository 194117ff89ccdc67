package org.parley.engine.session;

/** A broker database that somebody works in: while it lasts, the database can't be dropped. */
public interface Visit extends AutoCloseable {

    /** Name of the database. */
    String database();

    /** The database as it is open at the moment of a call; throws when it isn't. */
    Statements statements();

    @Override
    void close();
}
