package org.parley.engine.tx;

import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** Branches that were prepared when the database was opened: nothing of them is in memory but their locks. */
public interface InDoubt {

    /** Whether such a branch has this Xid. */
    boolean knows(Xid xid);

    /** Commits it and brings memory up to date; false when there is none. */
    boolean commit(Xid xid) throws XAException;

    /** Rolls it back and gives its groups free; false when there is none. */
    boolean rollback(Xid xid) throws XAException;
}
