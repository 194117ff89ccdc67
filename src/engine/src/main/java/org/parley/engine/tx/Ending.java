package org.parley.engine.tx;

import java.util.Collection;
import java.util.Set;
import org.parley.engine.queue.GroupHolder;
import org.parley.engine.queue.QueueIndex;

/** What the end of a branch is made of, whether this process has worked in it or an earlier one. */
interface Ending extends GroupHolder {

    /** What it has done to endpoints. */
    Collection<Draft> drafts();

    /** Queues that it has received from. */
    Set<QueueIndex> receivedFrom();

    /** What it holds. */
    HeldGroups held();
}
