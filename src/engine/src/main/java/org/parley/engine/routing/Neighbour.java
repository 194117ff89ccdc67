package org.parley.engine.routing;

import java.util.List;
import java.util.UUID;

/** What one broker database sees of another one of the same server. Safe for all threads; asks no store. */
public interface Neighbour {

    /** Name of the database. */
    String name();

    /** Broker instance. */
    UUID broker();

    /** Whether messages are delivered there. */
    boolean delivers();

    /** Whether it has a master key. */
    boolean hasMasterKey();

    /** Whether it has a service of that name. */
    boolean offers(String service);

    /** Whether it has a user of that name, dbo included. */
    boolean knows(String user);

    /** Takes frames; what it has taken is on disk when this returns. */
    void accept(List<Frame> frames);
}
