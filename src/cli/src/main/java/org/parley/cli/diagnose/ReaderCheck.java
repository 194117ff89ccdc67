package org.parley.cli.diagnose;

import java.util.List;
import java.util.Optional;
import org.parley.ActivationDefinition;
import org.parley.QueueDefinition;
import org.parley.ServiceDefinition;

/** Who would read a service's queue. */
final class ReaderCheck {

    private final Definitions where;
    private final String service;

    ReaderCheck(Definitions where, String service) {
        this.where = where;
        this.service = service;
    }

    void into(List<Finding> findings) {
        Optional<QueueDefinition> found =
                where.service(service).map(ServiceDefinition::queue).flatMap(where::queue);
        if (found.isEmpty()) {
            return;
        }
        String queue = found.get().name();
        ActivationDefinition activation = found.get().activation();
        if (!activation.on() || activation.procedure() == null) {
            findings.add(Finding.note(
                    where,
                    "No procedure is activated for queue '" + queue + "' of service '" + service
                            + "'; whether a message-driven bean or a program reads it can't be seen here."));
            return;
        }
        String alter = "ALTER QUEUE " + Quoted.name(queue) + " WITH ACTIVATION (";
        if (where.procedure(activation.procedure()).isEmpty()) {
            findings.add(Finding.missing(
                    9614,
                    where,
                    "Procedure '" + activation.procedure() + "', which is activated for queue '" + queue
                            + "', doesn't exist. Create it, or turn the activation off.",
                    alter + "STATUS = OFF);"));
            return;
        }
        if (activation.maxReaders() == 0) {
            findings.add(Finding.missing(
                    9648,
                    where,
                    "MAX_QUEUE_READERS of queue '" + queue + "' is 0: its procedure '" + activation.procedure()
                            + "' is never started.",
                    alter + "MAX_QUEUE_READERS = 1);"));
        }
        String user = activation.executeAs();
        if (user != null && where.user(user).isEmpty()) {
            findings.add(Finding.missing(
                    9613,
                    where,
                    "User '" + user + "', as whom procedure '" + activation.procedure() + "' of queue '" + queue
                            + "' is to run, doesn't exist.",
                    "CREATE USER " + Quoted.name(user) + " WITHOUT LOGIN;"));
        }
        findings.add(Finding.note(
                where,
                "Procedure '" + activation.procedure() + "' reads queue '" + queue + "' of service '" + service
                        + "' as "
                        + (user == null ? "its owner" : "user '" + user + "'") + ", up to " + activation.maxReaders()
                        + " at a time."));
    }
}
