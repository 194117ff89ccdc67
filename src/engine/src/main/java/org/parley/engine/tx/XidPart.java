package org.parley.engine.tx;

import java.util.Arrays;
import javax.transaction.xa.Xid;

/**
 * A global transaction, or one qualifier of it, as a key: a copy of a part of a transaction manager's Xid, which is looked
 * up several times in each transaction, and so is hashed once.
 */
final class XidPart {

    private final int formatId;
    private final byte[] bytes;
    private final int hash;

    private XidPart(int formatId, byte[] bytes) {
        this.formatId = formatId;
        this.bytes = bytes.clone();
        this.hash = 31 * formatId + Arrays.hashCode(bytes);
    }

    static XidPart global(Xid xid) {
        return new XidPart(xid.getFormatId(), xid.getGlobalTransactionId());
    }

    /** Of whatever global transaction. */
    static XidPart qualifier(Xid xid) {
        return new XidPart(0, xid.getBranchQualifier());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof XidPart that
                && hash == that.hash
                && formatId == that.formatId
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
