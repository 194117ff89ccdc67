package org.parley.engine.store;

import java.util.Arrays;
import javax.transaction.xa.Xid;

/**
 * What a prepared branch has done, for a server that must go on without its memory; in a slot that one branch after the other
 * writes over.
 *
 * @param slot which one
 * @param number the larger, the later it was written
 * @param xid the carrier's
 * @param left the Xid of what was committed in that slot before, or null when the slot is new
 * @param content written and read by the branch
 */
public record ManifestRow(int slot, long number, Xid xid, Xid left, byte[] content) {

    /** Whether it is by that transaction, or by an earlier one with the same Xid. */
    public boolean belongsTo(Xid other) {
        return other.getFormatId() == xid.getFormatId()
                && Arrays.equals(other.getGlobalTransactionId(), xid.getGlobalTransactionId())
                && Arrays.equals(other.getBranchQualifier(), xid.getBranchQualifier());
    }
}
