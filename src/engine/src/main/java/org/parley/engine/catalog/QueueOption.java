package org.parley.engine.catalog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.parley.ActivationDefinition;
import org.parley.QueueDefinition;
import org.parley.QueueDefinition.PoisonAction;

/** One option of CREATE QUEUE or ALTER QUEUE, as it is written; service-broker.md, section 1.5. */
sealed interface QueueOption {

    /** Stands for whoever runs the statement; no user's name has such a character. */
    String SELF = "\0SELF";

    /** The queue with this option. */
    QueueDefinition on(QueueDefinition queue);

    /** STATUS. */
    record Status(boolean on) implements QueueOption {
        @Override
        public QueueDefinition on(QueueDefinition queue) {
            return queue.withStatus(on);
        }
    }

    /** RETENTION. */
    record Retention(boolean on) implements QueueOption {
        @Override
        public QueueDefinition on(QueueDefinition queue) {
            return queue.withRetention(on);
        }
    }

    /** POISON_MESSAGE_HANDLING; null for a part that isn't written. */
    record Poison(Boolean on, PoisonAction action) implements QueueOption {
        @Override
        public QueueDefinition on(QueueDefinition queue) {
            return queue.withPoisonHandling(on == null ? queue.poisonHandling() : on)
                    .withPoisonAction(action == null ? queue.poisonAction() : action);
        }
    }

    /** REDELIVERY_DELAY. */
    record RedeliveryDelay(Duration delay) implements QueueOption {
        @Override
        public QueueDefinition on(QueueDefinition queue) {
            return queue.withRedeliveryDelay(delay);
        }
    }

    /** ACTIVATION; null for a part that isn't written. An empty text for executeAs is the queue's owner. */
    record Activation(Boolean on, String procedure, Integer maxReaders, String executeAs) implements QueueOption {
        @Override
        public QueueDefinition on(QueueDefinition queue) {
            ActivationDefinition old = queue.activation();
            // the first clause that a queue is given makes an activation, whoever it is altered by
            String usual = old.equals(ActivationDefinition.NONE) ? SELF : old.executeAs();
            String user = executeAs == null ? usual : executeAs.isEmpty() ? null : executeAs;
            return queue.withActivation(new ActivationDefinition(
                    on == null ? old.on() : on,
                    procedure == null ? old.procedure() : procedure,
                    maxReaders == null ? old.maxReaders() : maxReaders,
                    user));
        }
    }

    /** ACTIVATION (DROP), or a whole other activation. */
    record NewActivation(ActivationDefinition activation) implements QueueOption {
        @Override
        public QueueDefinition on(QueueDefinition queue) {
            return queue.withActivation(activation);
        }
    }

    /** What a definition says: its status, and the options that haven't their default value. */
    static List<QueueOption> of(QueueDefinition definition) {
        QueueDefinition usual = new QueueDefinition(definition.name());
        List<QueueOption> options = new ArrayList<>();
        options.add(new Status(definition.on()));
        if (definition.retention() != usual.retention()) {
            options.add(new Retention(definition.retention()));
        }
        if (definition.poisonHandling() != usual.poisonHandling()
                || definition.poisonAction() != usual.poisonAction()) {
            options.add(new Poison(definition.poisonHandling(), definition.poisonAction()));
        }
        if (!definition.redeliveryDelay().equals(usual.redeliveryDelay())) {
            options.add(new RedeliveryDelay(definition.redeliveryDelay()));
        }
        if (!definition.activation().equals(usual.activation())) {
            options.add(new NewActivation(definition.activation()));
        }
        return options;
    }
}
