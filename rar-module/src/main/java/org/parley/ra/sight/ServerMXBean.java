package org.parley.ra.sight;

import java.util.List;
import java.util.Map;

/** One server, for monitoring; {@code org.parley:type=Server,home="..."}. Counters start at zero with the server. */
public interface ServerMXBean {

    /** UP, DEGRADED or DOWN. */
    String getHealth();

    /** A sentence for each part that isn't up, with the way out. */
    List<String> getReasons();

    /** Open broker databases. */
    List<String> getDatabases();

    /** Each activation with its queue: its state, its readers and what it waits for. */
    Map<String, String> getActivations();

    /** What the engine counts, by database; a name that ends with {@code /sec} is of a total that the reader divides. */
    Map<String, Map<String, Long>> getStatistics();

    /** Branches that are prepared, or were decided and not forgotten, by database and Xid: state, since when, groups, messages. */
    Map<String, String> getInDoubtBranches();

    /** Commits a prepared branch in place of its transaction manager. */
    void commitInDoubt(String database, String xid);

    /** Rolls a prepared branch back in place of its transaction manager. */
    void rollbackInDoubt(String database, String xid);

    /** Forgets a decided branch in place of its transaction manager. */
    void forgetInDoubt(String database, String xid);

    /** Branches committed in one phase. */
    long getCommittedInOnePhase();

    /** Branches committed in two phases. */
    long getCommittedInTwoPhases();

    /** Branches that ended without changes. */
    long getReadOnly();

    /** Branches rolled back. */
    long getRolledBack();

    /** Deliveries rolled back. */
    long getFailedDeliveries();

    /** Times that no reader could be started. */
    long getUnavailableReaders();
}
