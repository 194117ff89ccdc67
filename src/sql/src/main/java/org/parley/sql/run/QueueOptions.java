package org.parley.sql.run;

import java.time.Duration;
import java.util.List;
import org.parley.ActivationDefinition;
import org.parley.QueueDefinition;
import org.parley.QueueDefinition.PoisonAction;
import org.parley.sql.ast.DefinitionStatement.Activation;
import org.parley.sql.ast.DefinitionStatement.ExecuteAs;
import org.parley.sql.ast.DefinitionStatement.PoisonMessages;
import org.parley.sql.ast.DefinitionStatement.QueueOption;
import org.parley.sql.ast.DefinitionStatement.RedeliveryDelay;
import org.parley.sql.ast.DefinitionStatement.Switch;

/** The options of CREATE QUEUE and ALTER QUEUE; service-broker.md, section 1.5. */
final class QueueOptions {

    private final DefinitionContext definitions;

    QueueOptions(DefinitionContext definitions) {
        this.definitions = definitions;
    }

    /** The queue with these options. */
    QueueDefinition on(QueueDefinition queue, List<QueueOption> options, boolean create) {
        QueueDefinition changed = queue;
        for (QueueOption option : options) {
            changed = on(changed, option, create);
        }
        return changed;
    }

    private QueueDefinition on(QueueDefinition queue, QueueOption option, boolean create) {
        if (option instanceof Switch status) {
            return status.option().equals("STATUS") ? queue.withStatus(status.on()) : queue.withRetention(status.on());
        }
        if (option instanceof RedeliveryDelay delay) {
            return queue.withRedeliveryDelay(Duration.ofMillis(DefinitionContext.big(delay.milliseconds())));
        }
        if (option instanceof PoisonMessages poison) {
            return queue.withPoisonHandling(poison.on() == null ? queue.poisonHandling() : poison.on())
                    .withPoisonAction(
                            poison.action() == null ? queue.poisonAction() : PoisonAction.valueOf(poison.action()));
        }
        return queue.withActivation(activation(queue.activation(), (Activation) option, create));
    }

    private ActivationDefinition activation(ActivationDefinition old, Activation wanted, boolean create) {
        if (wanted.drop()) {
            return ActivationDefinition.NONE;
        }
        // given at all, it is on; a part that is altered leaves the status as it is
        boolean on = wanted.on() == null ? create || old.on() : wanted.on();
        return new ActivationDefinition(
                on,
                wanted.procedure() == null
                        ? old.procedure()
                        : wanted.procedure().toString(),
                wanted.maxReaders() == null ? old.maxReaders() : DefinitionContext.number(wanted.maxReaders()),
                executeAs(old, wanted.executeAs()));
    }

    /** The user; null for the queue's owner. */
    private String executeAs(ActivationDefinition old, ExecuteAs wanted) {
        if (wanted == null) {
            // the first clause that a queue is given makes an activation, whoever it is altered by
            return old.equals(ActivationDefinition.NONE) ? definitions.session().user() : old.executeAs();
        }
        return switch (wanted.context()) {
            case "SELF" -> definitions.session().user();
            case "OWNER" -> null;
            default -> wanted.user();
        };
    }
}
