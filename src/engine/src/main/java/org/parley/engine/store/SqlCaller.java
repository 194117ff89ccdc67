package org.parley.engine.store;

/** Whom a JDBC face works for: what it may read. */
public interface SqlCaller {

    /** Its name, for errors. */
    String name();

    /** Whether it is dbo, for whom nothing needs to be asked. */
    boolean everything();

    /** Whether it is dbo or a member of db_owner. */
    boolean databaseOwner();

    /** Whether it may make definitions. */
    boolean definer();

    /** Whether it has any permission on the object of an id. */
    boolean sees(int object);

    /** Whether it may everything with the object of an id, as its owner may. */
    boolean controls(int object);

    /** Whether it may read the messages of a queue. */
    boolean reads(int queue);
}
