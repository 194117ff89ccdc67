/**
 * The endpoint state machine as pure functions: (endpoint, event) to (endpoint, effects). No storage, no clock, nothing
 * of the rest of the engine.
 *
 * <p>A side's state is a pair: what it has done itself, which only the holder of its group lock changes, and what it has
 * heard from the other side, which arrivals change. So two transactions that work on the two sides of a dialog never
 * have to agree on an order before they commit.
 */
package org.parley.engine.conversation;
