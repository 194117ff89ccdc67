package org.parley.engine.store;

import java.util.Arrays;
import javax.transaction.xa.Xid;

/**
 * What a prepared branch has done, for a server that must go on without its memory.
 *
 * @param formatId of the carrier's Xid
 * @param globalId of the carrier's Xid, at most 64 bytes
 * @param qualifier of the carrier's Xid, at most 64 bytes
 * @param content written and read by the branch
 */
public record ManifestRow(int formatId, byte[] globalId, byte[] qualifier, byte[] content) {

    /** Whether this is the manifest of that transaction. */
    public boolean belongsTo(Xid xid) {
        return xid.getFormatId() == formatId
                && Arrays.equals(xid.getGlobalTransactionId(), globalId)
                && Arrays.equals(xid.getBranchQualifier(), qualifier);
    }
}
