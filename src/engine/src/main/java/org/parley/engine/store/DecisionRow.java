package org.parley.engine.store;

import javax.transaction.xa.Xid;

/**
 * The outcome of a prepared branch that an operator has decided in place of its transaction manager. Times are in
 * milliseconds of the epoch.
 *
 * @param xid the branch
 * @param committed which outcome; else it was rolled back
 * @param decidedBy who
 * @param decidedAt when
 * @param preparedAt when it was prepared
 * @param groups conversation groups that it had locked
 * @param sent messages that it had sent
 * @param received messages that it had received
 */
public record DecisionRow(
        Xid xid,
        boolean committed,
        String decidedBy,
        long decidedAt,
        long preparedAt,
        int groups,
        long sent,
        long received) {}
