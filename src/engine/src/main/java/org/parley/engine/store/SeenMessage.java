package org.parley.engine.store;

/**
 * A message as it was seen without locks: what a transaction has just changed may be missing.
 *
 * @param row the message; without its body when that lies apart
 * @param bodyApart whether the body is to be asked for by itself, since it is long
 */
public record SeenMessage(MessageRow row, boolean bodyApart) {}
