package org.parley.engine.database;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.parley.InDoubtBranch;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.store.ManifestRow;
import org.parley.engine.tx.InDoubt;
import org.parley.engine.tx.KeptXid;
import org.parley.engine.tx.PreparedBranch;
import org.parley.engine.tx.XaErrors;

/**
 * Branches that were prepared when the database was opened. Their groups, and only theirs, are locked until the
 * transaction manager, recovering, tells the outcome, or an operator; then memory is brought up to date without a restart
 * and without asking the store, whose rows others may be working on.
 */
final class InDoubtBranches implements InDoubt {

    private final OpenDatabase database;
    private final Map<KeptXid, PreparedBranch> branches = new LinkedHashMap<>();

    InDoubtBranches(OpenDatabase database) {
        this.database = database;
    }

    /** Finds them. The newest manifest by its Xid is a branch's; without one it has changed only tables of the application. */
    synchronized void find(List<ManifestRow> manifests) {
        for (Xid xid : database.store().inDoubt()) {
            ManifestRow manifest = manifests.stream()
                    .filter(row -> row.belongsTo(xid))
                    .max(Comparator.comparingLong(ManifestRow::number))
                    .orElse(null);
            if (manifest != null) {
                database.context().manifests().keep(manifest);
            }
            long now = database.context().clock().millis();
            branches.put(KeptXid.of(xid), new PreparedBranch(xid, manifest, database.table(), now));
            FaultPoint.OPEN_IN_DOUBT.reach();
        }
    }

    synchronized void undoIn(Loader loader) {
        branches.values().forEach(branch -> loader.undo(branch.manifest()));
    }

    /** Locks the groups of all of them; under the table's lock, after the endpoints have been added. */
    synchronized void hold() {
        branches.values().forEach(PreparedBranch::hold);
        FaultPoint.OPEN_HELD.reach();
    }

    @Override
    public synchronized List<InDoubtBranch> list() {
        return branches.values().stream().map(PreparedBranch::shown).toList();
    }

    @Override
    public synchronized boolean knows(Xid xid) {
        return !branches.isEmpty() && branches.containsKey(KeptXid.of(xid));
    }

    @Override
    public synchronized boolean end(Xid xid, boolean commit, Consumer<InDoubtBranch> note) throws XAException {
        PreparedBranch prepared = branches.get(KeptXid.of(xid));
        if (prepared == null) {
            return false;
        }
        note.accept(prepared.shown());
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
            branches.remove(KeptXid.of(xid));
            prepared.end(commit, database.context());
            return true;
        } catch (RuntimeException e) {
            // whatever failed, memory may not agree with the disk: only the disk is right
            database.aftercare().storeFailed(e);
            throw XaErrors.of(XAException.XAER_RMFAIL, e);
        }
    }
}
