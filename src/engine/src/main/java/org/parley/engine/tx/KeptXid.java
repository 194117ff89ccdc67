package org.parley.engine.tx;

import javax.transaction.xa.Xid;

/** A copy of a transaction manager's Xid: its own object may be changed or used again after the call. */
record KeptXid(int formatId, byte[] globalId, byte[] qualifier) implements Xid {

    static KeptXid of(Xid xid) {
        return new KeptXid(
                xid.getFormatId(),
                xid.getGlobalTransactionId().clone(),
                xid.getBranchQualifier().clone());
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
