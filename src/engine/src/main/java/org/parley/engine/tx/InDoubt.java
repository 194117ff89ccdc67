package org.parley.engine.tx;

import java.util.List;
import java.util.function.Consumer;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.parley.InDoubtBranch;

/** Branches that were prepared when the database was opened: nothing of them is in memory but their locks. */
public interface InDoubt {

    /** Whether such a branch has this Xid. */
    boolean knows(Xid xid);

    /**
     * Commits it or rolls it back, and brings memory up to date.
     *
     * @param note told what it is, before it is ended
     * @return false when there is none
     */
    boolean end(Xid xid, boolean commit, Consumer<InDoubtBranch> note) throws XAException;

    /** What they are. */
    List<InDoubtBranch> list();
}
