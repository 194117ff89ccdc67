package org.parley.engine.tx;

import java.util.Arrays;
import javax.transaction.xa.Xid;

/**
 * A copy of a transaction manager's Xid, equal to others by its content: the manager's own object may be changed or used
 * again after the call.
 */
public record KeptXid(int formatId, byte[] globalId, byte[] qualifier) implements Xid {

    /** A copy. */
    public static KeptXid of(Xid xid) {
        return new KeptXid(
                xid.getFormatId(),
                xid.getGlobalTransactionId().clone(),
                xid.getBranchQualifier().clone());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeptXid that
                && formatId == that.formatId
                && Arrays.equals(globalId, that.globalId)
                && Arrays.equals(qualifier, that.qualifier);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * formatId + Arrays.hashCode(globalId)) + Arrays.hashCode(qualifier);
    }

    @Override
    public String toString() {
        return XidText.of(this);
    }

    @Override
    public int getFormatId() {
        return formatId;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return globalId.clone();
    }

    @Override
    public byte[] getBranchQualifier() {
        return qualifier.clone();
    }
}
