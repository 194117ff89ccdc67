package org.parley.engine.queue;

/** Who may hold a group: a branch, a reader's claim, an engine transaction. */
public interface GroupHolder {

    /** For messages: who holds it. */
    String describe();
}
