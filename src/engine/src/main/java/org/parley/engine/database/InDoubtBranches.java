package org.parley.engine.database;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.store.ManifestRow;
import org.parley.engine.store.StoreException;
import org.parley.engine.tx.InDoubt;
import org.parley.engine.tx.Manifest;
import org.parley.engine.tx.PreparedBranch;
import org.parley.engine.tx.XaErrors;
import org.parley.engine.tx.XidText;

/**
 * Branches that were prepared when the database was opened. Their groups, and only theirs, are locked until the
 * transaction manager, recovering, tells the outcome; then memory is brought up to date without a restart and without
 * asking the store, whose rows others may be working on.
 */
final class InDoubtBranches implements InDoubt {

    private final OpenDatabase database;
    private final Map<String, PreparedBranch> branches = new LinkedHashMap<>();

    InDoubtBranches(OpenDatabase database) {
        this.database = database;
    }

    /** Adds a prepared branch; without a manifest it has changed only tables of the application. */
    synchronized void add(Xid xid, ManifestRow row) {
        branches.put(XidText.of(xid), new PreparedBranch(xid, row, database.table()));
        FaultPoint.OPEN_IN_DOUBT.reach();
    }

    synchronized void undoIn(Loader loader) {
        branches.values().forEach(branch -> loader.undo(branch.manifest()));
    }

    /** Locks the groups of all of them; under the table's lock, after the endpoints have been added. */
    synchronized void hold() {
        branches.values().forEach(PreparedBranch::hold);
        FaultPoint.OPEN_HELD.reach();
    }

    synchronized List<DoubtfulBranch> list() {
        return branches.entrySet().stream()
                .map(each -> shown(each.getKey(), each.getValue().manifest()))
                .toList();
    }

    private static DoubtfulBranch shown(String xid, Manifest manifest) {
        long sent = 0;
        long received = 0;
        Set<UUID> groups = new HashSet<>();
        for (Manifest.Entry entry : manifest.entries()) {
            groups.add(entry.row().group());
            sent += Math.max(0, entry.change().nextOut() - entry.sentFrom());
            received += Integer.bitCount(entry.change().taken())
                    + Math.max(0, entry.change().received() - entry.row().received());
        }
        return new DoubtfulBranch(xid, groups.size(), sent, received);
    }

    synchronized int size() {
        return branches.size();
    }

    @Override
    public synchronized boolean knows(Xid xid) {
        return branches.containsKey(XidText.of(xid));
    }

    @Override
    public synchronized boolean commit(Xid xid) throws XAException {
        return resolve(xid, true);
    }

    @Override
    public synchronized boolean rollback(Xid xid) throws XAException {
        return resolve(xid, false);
    }

    private boolean resolve(Xid xid, boolean commit) throws XAException {
        PreparedBranch prepared = branches.get(XidText.of(xid));
        if (prepared == null) {
            return false;
        }
        try {
            if (commit) {
                FaultPoint.IN_DOUBT_COMMITS.reach();
                database.store().commitInDoubt(xid);
                FaultPoint.IN_DOUBT_COMMITTED.reach();
            } else {
                FaultPoint.IN_DOUBT_ROLLS_BACK.reach();
                database.store().rollbackInDoubt(xid);
                FaultPoint.IN_DOUBT_ROLLED_BACK.reach();
            }
        } catch (StoreException e) {
            database.aftercare().storeFailed(e);
            throw XaErrors.of(XAException.XAER_RMFAIL, e);
        }
        branches.remove(XidText.of(xid));
        prepared.end(commit, database.context());
        return true;
    }
}
