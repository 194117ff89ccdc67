package org.parley.engine.tx;

import java.util.Arrays;
import javax.transaction.xa.Xid;

/** A transaction manager's Xid. */
public record TestXid(int getFormatId, byte[] getGlobalTransactionId, byte[] getBranchQualifier) implements Xid {

    /** The branch of a number of the global transaction of another. */
    public static TestXid of(int global, int branch) {
        return new TestXid(4711, new byte[] {1, 2, (byte) global}, new byte[] {(byte) branch});
    }

    /** Whether another Xid names the same. */
    public boolean sameAs(Xid other) {
        return other.getFormatId() == getFormatId
                && Arrays.equals(other.getGlobalTransactionId(), getGlobalTransactionId)
                && Arrays.equals(other.getBranchQualifier(), getBranchQualifier);
    }

    /** As long as an Xid may be. */
    static TestXid longest(int global) {
        byte[] id = new byte[Xid.MAXGTRIDSIZE];
        id[63] = (byte) global;
        return new TestXid(Integer.MAX_VALUE, id, new byte[Xid.MAXBQUALSIZE]);
    }
}
