package org.parley.engine.tx;

import java.nio.ByteBuffer;
import javax.transaction.xa.Xid;

/**
 * A global transaction, or one qualifier of it, as a key.
 *
 * @param formatId format
 * @param bytes global id, or qualifier
 */
record GlobalId(int formatId, ByteBuffer bytes) {

    static GlobalId of(Xid xid) {
        return new GlobalId(
                xid.getFormatId(), ByteBuffer.wrap(xid.getGlobalTransactionId().clone()));
    }

    static ByteBuffer qualifier(Xid xid) {
        return ByteBuffer.wrap(xid.getBranchQualifier().clone());
    }
}
