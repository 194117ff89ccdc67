package org.parley.engine.tx;

import java.util.HexFormat;
import javax.transaction.xa.Xid;

/** How a transaction identifier is written for people. */
public final class XidText {

    private XidText() {}

    /** Format id, global id and qualifier in hexadecimal, with colons between. */
    public static String of(Xid xid) {
        HexFormat hex = HexFormat.of();
        return Integer.toHexString(xid.getFormatId()) + ":" + hex.formatHex(xid.getGlobalTransactionId()) + ":"
                + hex.formatHex(xid.getBranchQualifier());
    }
}
