package org.parley.engine.tx;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.transaction.xa.Xid;
import org.parley.engine.store.ManifestRow;
import org.parley.engine.store.StoreTransaction;

/**
 * Where manifests are written: a branch that is prepared takes a slot until its outcome, and writes over what an earlier one has
 * left there. So nothing has to be deleted, and there are as many slots as branches ever were prepared at a time.
 *
 * <p>What is left is of use to nobody, but an Xid may come again. An in-doubt branch is given the newest manifest by its Xid;
 * therefore one whose Xid is left in a slot writes a manifest also when it has changed only tables of the application.
 */
public final class ManifestSlots {

    private final Deque<Integer> free = new ArrayDeque<>();
    /** By slot, whose manifest is committed there; also under that of a branch that may yet be rolled back. */
    private final Map<Integer, KeptXid> left = new HashMap<>();

    private int lastSlot;
    private long lastNumber;

    /** All that a database has; those of branches in doubt are to be {@linkplain #keep kept}. */
    public ManifestSlots(List<ManifestRow> stored) {
        for (ManifestRow row : stored) {
            left.put(row.slot(), KeptXid.of(row.xid()));
            free.push(row.slot());
            lastSlot = Math.max(lastSlot, row.slot());
            lastNumber = Math.max(lastNumber, row.number());
        }
    }

    /** It is the manifest of a branch in doubt: nobody else gets its slot until that has ended. */
    public synchronized void keep(ManifestRow row) {
        free.remove(row.slot());
        leave(row.slot(), row.left());
    }

    /** What a branch has to write before it is prepared, in a slot of its own; null when it has to write nothing. */
    ManifestRow of(Branch branch, Xid carrier, long preparedAt) {
        if (branch.changedDrafts().isEmpty() && !changesTablesBy(branch.storeIfBegun(), carrier)) {
            return null;
        }
        return take(carrier, Manifest.of(branch, preparedAt).content());
    }

    private synchronized boolean changesTablesBy(StoreTransaction store, Xid carrier) {
        return store != null && left.containsValue(KeptXid.of(carrier)) && store.hasWritten();
    }

    private synchronized ManifestRow take(Xid carrier, byte[] content) {
        int slot = free.isEmpty() ? ++lastSlot : free.pop();
        return new ManifestRow(slot, ++lastNumber, carrier, left.get(slot), content);
    }

    /** The store has told the outcome of the branch that has written it. */
    synchronized void free(ManifestRow row, boolean committed) {
        if (committed) {
            leave(row.slot(), row.xid());
        }
        free.push(row.slot());
    }

    private void leave(int slot, Xid xid) {
        if (xid == null) {
            left.remove(slot);
        } else {
            left.put(slot, KeptXid.of(xid));
        }
    }
}
