package org.parley.cli.diagnose;

import java.util.List;
import java.util.Optional;
import org.parley.ActivationDefinition;
import org.parley.Permission;
import org.parley.ProcedureDefinition;
import org.parley.QueueDefinition;
import org.parley.Securable;
import org.parley.ServiceDefinition;

/** Whether the users that take part may; service-broker.md, sections 5.9 and 10. */
final class PermissionCheck {

    private final Plan plan;
    private final Definitions from;
    private final Definitions to;

    PermissionCheck(Plan plan, Definitions from, Definitions to) {
        this.plan = plan;
        this.from = from;
        this.to = to;
    }

    void into(List<Finding> findings) {
        sender(findings);
        String owner = from.owner(Securable.service(plan.from()));
        // no user of that name there has been told of already; once it is made it needs the permission too
        new Access(to, owner)
                .needs(Permission.SEND, Securable.service(plan.to()))
                .ifPresent(statement -> findings.add(Finding.missing(
                        8494,
                        to,
                        "User '" + owner + "', who owns service '" + plan.from()
                                + "', has no SEND permission on service '" + plan.to()
                                + "': the dialog ends with an Error.",
                        statement)));
        procedure(from, plan.from(), findings);
        procedure(to, plan.to(), findings);
    }

    private void sender(List<Finding> findings) {
        if (from.user(plan.sender()).isEmpty()) {
            findings.add(Finding.missing(
                    916,
                    from,
                    "User '" + plan.sender() + "', who is to begin the dialog, is no user here.",
                    "CREATE USER " + Quoted.name(plan.sender()) + " WITHOUT LOGIN;"));
        }
        Access access = new Access(from, plan.sender());
        queueOf(from, plan.from())
                .map(QueueDefinition::name)
                .ifPresent(queue -> access.needs(Permission.RECEIVE, Securable.queue(queue))
                        .ifPresent(statement -> findings.add(
                                denied(plan.sender(), "RECEIVE", "queue '" + queue + "'", from, statement))));
        if (!plan.contract().equals("DEFAULT")) {
            access.needs(Permission.REFERENCES, Securable.contract(plan.contract()))
                    .ifPresent(statement -> findings.add(denied(
                            plan.sender(), "REFERENCES", "contract '" + plan.contract() + "'", from, statement)));
        }
    }

    private static Finding denied(String user, String permission, String on, Definitions where, String statement) {
        return Finding.missing(
                229, where, "User '" + user + "' has no " + permission + " permission on " + on + ".", statement);
    }

    private static Optional<QueueDefinition> queueOf(Definitions where, String service) {
        return where.service(service).map(ServiceDefinition::queue).flatMap(where::queue);
    }

    /**
     * An activated procedure is executed, and receives, as a user: the queue's owner unless the queue says another one. That
     * he doesn't exist has been told; once he is made he needs the permissions too.
     */
    private static void procedure(Definitions where, String service, List<Finding> findings) {
        queueOf(where, service).ifPresent(queue -> {
            ActivationDefinition activation = queue.activation();
            if (activation.on() && activation.procedure() != null) {
                Securable read = Securable.queue(queue.name());
                String user = activation.executeAs() == null ? where.owner(read) : activation.executeAs();
                Access access = new Access(where, user);
                where.procedure(activation.procedure())
                        .map(ProcedureDefinition::name)
                        .ifPresent(name -> access.needs(Permission.EXECUTE, Securable.procedure(name))
                                .ifPresent(statement -> findings.add(
                                        denied(user, "EXECUTE", "procedure '" + name + "'", where, statement))));
                access.needs(Permission.RECEIVE, read)
                        .ifPresent(statement -> findings.add(
                                denied(user, "RECEIVE", "queue '" + queue.name() + "'", where, statement)));
            }
        });
    }
}
