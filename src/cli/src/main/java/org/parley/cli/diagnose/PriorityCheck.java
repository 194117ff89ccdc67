package org.parley.cli.diagnose;

import java.util.List;
import java.util.Objects;
import org.parley.BrokerPriorityDefinition;

/** Which level each side would have; service-broker.md, section 15. */
final class PriorityCheck {

    private final Plan plan;
    private final Definitions from;
    private final Definitions to;

    PriorityCheck(Plan plan, Definitions from, Definitions to) {
        this.plan = plan;
        this.from = from;
        this.to = to;
    }

    void into(List<Finding> findings) {
        int here = level(from, plan.from(), plan.to());
        int there = level(to, plan.to(), plan.from());
        findings.add(Finding.note(
                from,
                "Priority " + here + " at the initiator's side" + (from == to ? ", " : ", in this database, and ")
                        + there + " at the target's" + (from == to ? "." : " in database '" + to.name() + "'.")));
        if (from != to
                && here != BrokerPriorityDefinition.DEFAULT_LEVEL
                && !from.options().honorBrokerPriority()) {
            findings.add(Finding.note(
                    from, "HONOR_BROKER_PRIORITY is off: priorities don't order what is sent to other databases."));
        }
    }

    /** The closest priority wins: the contract counts most, then the local service, then the remote one. */
    private int level(Definitions where, String local, String remote) {
        int best = -1;
        int level = BrokerPriorityDefinition.DEFAULT_LEVEL;
        for (BrokerPriorityDefinition each : where.priorities()) {
            if (fits(each.contract(), plan.contract())
                    && fits(each.localService(), local)
                    && fits(each.remoteService(), remote)) {
                int close = (each.contract() == null ? 0 : 4)
                        + (each.localService() == null ? 0 : 2)
                        + (each.remoteService() == null ? 0 : 1);
                if (close > best) {
                    best = close;
                    level = each.level();
                }
            }
        }
        return level;
    }

    private static boolean fits(String wanted, String value) {
        return wanted == null || Objects.equals(wanted, value);
    }
}
