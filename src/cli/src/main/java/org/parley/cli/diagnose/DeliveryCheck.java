package org.parley.cli.diagnose;

import java.util.List;
import org.parley.QueueDefinition;
import org.parley.Securable;
import org.parley.ServiceDefinition;

/** Whether both databases deliver, trust each other and have keys, and whether the queues take messages. */
final class DeliveryCheck {

    private static final String MASTER_KEY = "CREATE MASTER KEY ENCRYPTION BY PASSWORD = N'<a password of your own>';";

    private final Plan plan;
    private final Definitions from;
    private final Definitions to;
    private final List<Definitions> all;

    DeliveryCheck(Plan plan, Definitions from, Definitions to, List<Definitions> all) {
        this.plan = plan;
        this.from = from;
        this.to = to;
        this.all = all;
    }

    void into(List<Finding> findings) {
        broker(9791, from, findings);
        if (from != to) {
            broker(28013, to, findings);
            trust(findings);
            keys(findings);
        }
        queue(from, plan.from(), "nothing can be received there, and ends of the dialog are held back", findings);
        queue(to, plan.to(), "messages wait before it", findings);
    }

    private void broker(int number, Definitions where, List<Finding> findings) {
        if (where.options().brokerEnabled()) {
            return;
        }
        boolean twin = all.stream()
                .anyMatch(other -> other != where
                        && other.broker().equals(where.broker())
                        && other.options().brokerEnabled());
        findings.add(Finding.missing(
                number,
                where,
                "The broker is disabled: what is sent waits."
                        + (twin
                                ? " Another database has the same broker instance; this one needs a new one, which ends its conversations."
                                : ""),
                "ALTER DATABASE CURRENT SET " + (twin ? "NEW_BROKER" : "ENABLE_BROKER") + ";"));
    }

    private void trust(List<Finding> findings) {
        if (!from.options().trustworthy()) {
            findings.add(Finding.missing(
                    916,
                    from,
                    "The database isn't TRUSTWORTHY, so that the owner of service '" + plan.from()
                            + "' can't act in database '" + to.name() + "': messages wait.",
                    "ALTER DATABASE CURRENT SET TRUSTWORTHY ON;"));
        }
        String owner = from.owner(Securable.service(plan.from()));
        if (to.user(owner).isEmpty()) {
            findings.add(Finding.missing(
                    916,
                    to,
                    "The owner of service '" + plan.from() + "', user '" + owner + "' of database '" + from.name()
                            + "', is no user here: messages wait.",
                    "CREATE USER " + Quoted.name(owner) + " WITHOUT LOGIN;"));
        }
    }

    private void keys(List<Finding> findings) {
        if (!plan.encryption()) {
            return;
        }
        String why =
                "The database has no master key, which a dialog WITH ENCRYPTION = ON between two databases needs in"
                        + " both: messages wait.";
        if (!from.options().masterKey()) {
            findings.add(Finding.missing(28050, from, why, MASTER_KEY));
        }
        if (!to.options().masterKey()) {
            findings.add(Finding.missing(28054, to, why, MASTER_KEY));
        }
    }

    private static void queue(Definitions where, String service, String what, List<Finding> findings) {
        where.service(service)
                .map(ServiceDefinition::queue)
                .flatMap(where::queue)
                .filter(queue -> !queue.on())
                .map(QueueDefinition::name)
                .ifPresent(name -> findings.add(Finding.missing(
                        9617,
                        where,
                        "Queue '" + name + "' of service '" + service + "' is off: " + what + ".",
                        "ALTER QUEUE " + Quoted.name(name) + " WITH STATUS = ON;")));
    }
}
