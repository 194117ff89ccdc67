package org.parley;

import java.time.Instant;

/**
 * A branch of a global transaction that is prepared and waits for its outcome, or whose outcome an operator has decided and
 * which its transaction manager hasn't forgotten yet.
 *
 * @param xid its identifier: format id, global id and qualifier in hexadecimal, with colons between
 * @param state what has become of it
 * @param since when it was prepared; for one that has changed only tables of the application and was prepared by an earlier
 *     process, when it was found
 * @param groups conversation groups that it keeps locked, or has
 * @param sent messages that it has sent
 * @param received messages that it has received
 * @param decidedBy who has decided its outcome, or null
 * @param decidedAt when, or null
 */
public record InDoubtBranch(
        String xid,
        State state,
        Instant since,
        int groups,
        long sent,
        long received,
        String decidedBy,
        Instant decidedAt) {

    /** What has become of it. */
    public enum State {
        /** It waits for its outcome; what it has locked stays so. */
        PREPARED,
        /** An operator has committed it. */
        HEURISTICALLY_COMMITTED,
        /** An operator has rolled it back. */
        HEURISTICALLY_ROLLED_BACK
    }

    /** One that waits for its outcome. */
    public static InDoubtBranch prepared(String xid, Instant since, int groups, long sent, long received) {
        return new InDoubtBranch(xid, State.PREPARED, since, groups, sent, received, null, null);
    }
}
