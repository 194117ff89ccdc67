package org.parley.engine.tx;

import java.util.Collection;
import java.util.Set;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.GroupHolder;

/** What the end of a branch is made of, whether this process has worked in it or an earlier one. */
interface Ending extends GroupHolder {

    /** What it has done to endpoints. */
    Collection<Draft> drafts();

    /** Groups that it has received from. */
    Set<Group> receivedFrom();

    /** Whether its rollback says something of what it has received. */
    default boolean rollbackCounts() {
        return true;
    }

    /** What it holds. */
    HeldGroups held();
}
