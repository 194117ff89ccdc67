package org.parley.cli.diagnose;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges a planned dialog by the definitions of the databases: what would stop its messages, from the first SEND to a reader at the
 * other end. Findings come in an order in which the statements that mend them can be run.
 */
public final class Diagnosis {

    private final Plan plan;
    private final Definitions from;
    private final Definitions to;
    private final List<Definitions> all;
    private final Instant now;

    /**
     * A diagnosis.
     *
     * @param from database of the service that begins the dialog
     * @param to database of the target service; may be the same
     * @param all databases of the server
     * @param now the time, by which routes are valid
     */
    public Diagnosis(Plan plan, Definitions from, Definitions to, List<Definitions> all, Instant now) {
        this.plan = plan;
        this.from = from;
        this.to = to;
        this.all = List.copyOf(all);
        this.now = now;
    }

    /** All that there is to tell. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        new ObjectCheck(plan, from, to).into(findings);
        new DeliveryCheck(plan, from, to, all).into(findings);
        new RouteCheck(plan, from, to, all, now).into(findings);
        new ReaderCheck(from, plan.from()).into(findings);
        new ReaderCheck(to, plan.to()).into(findings);
        // whom the others have told to make is granted something here
        new PermissionCheck(plan, from, to).into(findings);
        new PriorityCheck(plan, from, to).into(findings);
        return findings;
    }
}
