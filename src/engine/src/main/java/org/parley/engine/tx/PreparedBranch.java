package org.parley.engine.tx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.transaction.xa.Xid;
import org.parley.InDoubtBranch;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.ManifestRow;

/**
 * A branch that an earlier process has prepared. It holds its groups as if it had never been interrupted, and ends as any
 * other branch: by the same drafts, through the same {@link Outcome}.
 */
public final class PreparedBranch implements Ending {

    private final Xid xid;
    private final EndpointTable table;
    private final ManifestRow row;
    private final Manifest manifest;
    private final List<Draft> drafts = new ArrayList<>();
    private final Set<Group> receivedFrom = new LinkedHashSet<>();
    private final HeldGroups held;

    /**
     * A prepared branch.
     *
     * @param row its manifest, or null when it has changed only tables of the application
     * @param foundAt when it was found, in milliseconds of the epoch; without a manifest nothing older is known
     */
    public PreparedBranch(Xid xid, ManifestRow row, EndpointTable table, long foundAt) {
        this.xid = xid;
        this.table = table;
        this.held = new HeldGroups(this, table);
        this.row = row;
        this.manifest = row == null ? Manifest.none(foundAt) : Manifest.of(row);
    }

    /** What is shown of it. */
    public InDoubtBranch shown() {
        return manifest.shown(xid);
    }

    /** What it has done. */
    public Manifest manifest() {
        return manifest;
    }

    /**
     * Holds its groups and keeps its definitions from being dropped, after the committed endpoints have been added. Under
     * the table's lock.
     */
    public void hold() {
        for (Manifest.Entry entry : manifest.entries()) {
            EndpointRow endpoint = entry.row();
            hold(table.group(endpoint.group(), endpoint.service()));
            Group group = table.group(entry.change().group(), endpoint.service());
            hold(group);
            held.use(endpoint.contract());
            Endpoint committed = entry.begins() ? null : table.endpoint(endpoint.id());
            drafts.add(new Draft(entry, committed, group));
        }
        manifest.receivedFrom().forEach(id -> receivedFrom.add(table.group(id)));
    }

    private void hold(Group group) {
        if (!held.tryHold(group)) {
            throw new IllegalStateException(
                    "Group " + group.id() + " is held by " + group.holder().describe() + " and by " + describe() + ".");
        }
    }

    /** The store has told the outcome: makes it true in memory. */
    public void end(boolean commit, BranchContext context) {
        context.table().locked(() -> new Outcome(this, context, row).apply(commit, null));
        if (commit) {
            context.listener().committed(context.database(), false, false);
        } else {
            context.listener().rolledBack(context.database(), null);
        }
    }

    @Override
    public Collection<Draft> drafts() {
        return drafts;
    }

    @Override
    public Set<Group> receivedFrom() {
        return receivedFrom;
    }

    /** Who had received was done with it; that the process has ended before the outcome was told is no fault of a message. */
    @Override
    public boolean rollbackCounts() {
        return false;
    }

    @Override
    public HeldGroups held() {
        return held;
    }

    @Override
    public String describe() {
        return "the transaction " + XidText.of(xid) + ", which is in doubt";
    }
}
