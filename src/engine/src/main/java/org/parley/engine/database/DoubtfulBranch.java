package org.parley.engine.database;

/**
 * A branch that was prepared before the database was opened and whose outcome nobody has told.
 *
 * @param xid its identifier: format, global id and qualifier in hexadecimal
 * @param groups conversation groups that it keeps locked
 * @param sent messages that it has sent
 * @param received messages that it has received
 */
public record DoubtfulBranch(String xid, int groups, long sent, long received) {}
