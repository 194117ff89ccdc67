package org.parley.engine.tx;

import java.util.HexFormat;
import javax.transaction.xa.Xid;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

/** How a transaction identifier is written for people: format id, global id and qualifier in hexadecimal, with colons between. */
public final class XidText {

    private static final int PARTS = 3;

    private XidText() {}

    /** Its text. */
    public static String of(Xid xid) {
        HexFormat hex = HexFormat.of();
        return Integer.toHexString(xid.getFormatId()) + ":" + hex.formatHex(xid.getGlobalTransactionId()) + ":"
                + hex.formatHex(xid.getBranchQualifier());
    }

    /**
     * The identifier that a text stands for.
     *
     * @throws BrokerException {@link ErrorNumbers#NOT_IN_DOUBT} when it stands for none
     */
    public static KeptXid parse(String text) {
        String[] parts = text == null ? new String[0] : text.trim().split(":", -1);
        if (parts.length == PARTS) {
            try {
                HexFormat hex = HexFormat.of();
                return new KeptXid(
                        Integer.parseUnsignedInt(parts[0], 16), hex.parseHex(parts[1]), hex.parseHex(parts[2]));
            } catch (IllegalArgumentException e) {
                throw malformed(text, e);
            }
        }
        throw malformed(text, null);
    }

    private static BrokerException malformed(String text, RuntimeException cause) {
        return new BrokerException(
                ErrorNumbers.NOT_IN_DOUBT,
                "'" + text
                        + "' is no Xid: one is written as format id, global id and qualifier in hexadecimal, with colons"
                        + " between, as the view IN_DOUBT_BRANCHES shows it.",
                cause);
    }
}
