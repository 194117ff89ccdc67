package org.parley.engine.catalog;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.parley.ActivationDefinition;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.EventNotificationDefinition.Event;
import org.parley.QueueDefinition;
import org.parley.engine.store.CatalogRows.QueueRow;

/** Changes queues. */
final class QueueEditor {

    private static final int MOST_READERS = 32_767;
    private static final Duration LONGEST_DELAY = Duration.ofMillis(Integer.MAX_VALUE);

    private final Kind<Queue> queues;
    private final Kind<Service> services;
    private final IntSupplier nextId;
    private final SecurityEditor security;
    private final EventEditor events;
    private final CatalogEditor.Around around;

    QueueEditor(
            Kind<Queue> queues,
            Kind<Service> services,
            IntSupplier nextId,
            SecurityEditor security,
            EventEditor events,
            CatalogEditor.Around around) {
        this.queues = queues;
        this.services = services;
        this.nextId = nextId;
        this.security = security;
        this.events = events;
        this.around = around;
    }

    void define(QueueDefinition written) {
        String name = checkedName(written.name());
        Queue old = queues.find(name);
        QueueDefinition wanted = old == null ? named(name, written) : compared(written, old.definition());
        check(wanted, old);
        if (old == null) {
            queues.insert(new Queue(nextId.getAsInt(), wanted, offSince(null, wanted), around.now(), around.now()));
        } else if (!old.definition().equals(wanted)) {
            throw new BrokerException(
                    CatalogErrors.EXISTS_OTHERWISE,
                    "Queue '" + name
                            + "' exists with other options than it is defined with; ALTER QUEUE changes them.");
        }
    }

    private static QueueDefinition named(String name, QueueDefinition queue) {
        return new QueueDefinition(
                name,
                queue.on(),
                queue.retention(),
                queue.poisonHandling(),
                queue.poisonAction(),
                queue.redeliveryDelay(),
                queue.activation());
    }

    /** A queue that exists keeps its status, and what has its default value isn't compared. */
    private static QueueDefinition compared(QueueDefinition written, QueueDefinition old) {
        QueueDefinition usual = new QueueDefinition(old.name());
        boolean usualPoison =
                written.poisonHandling() == usual.poisonHandling() && written.poisonAction() == usual.poisonAction();
        return new QueueDefinition(
                old.name(),
                old.on(),
                written.retention() == usual.retention() ? old.retention() : written.retention(),
                usualPoison ? old.poisonHandling() : written.poisonHandling(),
                usualPoison ? old.poisonAction() : written.poisonAction(),
                written.redeliveryDelay().equals(usual.redeliveryDelay())
                        ? old.redeliveryDelay()
                        : written.redeliveryDelay(),
                written.activation().equals(usual.activation()) ? old.activation() : written.activation());
    }

    private long offSince(Queue old, QueueDefinition wanted) {
        boolean turnedOff = !wanted.on() && (old == null || old.on());
        return turnedOff ? around.lastOrder() : wanted.on() ? QueueRow.NEVER : old.offSince();
    }

    private static String checkedName(String written) {
        String name = Queue.nameOf(written);
        CatalogErrors.checkName("queue", name);
        CatalogEditor.refuseSystem("queue", name, SystemObjects.QUEUE_NAMES.contains(name));
        if (name.startsWith("#")) {
            throw new BrokerException(
                    CatalogErrors.BAD_NAME,
                    "The queue name '" + name + "' begins with '#'; there are no temporary queues.");
        }
        return name;
    }

    private void check(QueueDefinition queue, Queue old) {
        ActivationDefinition activation = queue.activation();
        if (activation.maxReaders() < 0 || activation.maxReaders() > MOST_READERS) {
            throw new BrokerException(
                    CatalogErrors.READERS_OUT_OF_RANGE,
                    "MAX_QUEUE_READERS of queue '" + queue.name() + "' is " + activation.maxReaders()
                            + "; allowed is 0 to " + MOST_READERS + ".");
        }
        if (activation.procedure() != null && activation.procedure().length() > 4 * CatalogErrors.LONGEST_NAME) {
            throw new BrokerException(
                    CatalogErrors.TOO_LONG,
                    "PROCEDURE_NAME of queue '" + queue.name() + "' has "
                            + activation.procedure().length() + " characters; at most " + 4 * CatalogErrors.LONGEST_NAME
                            + " are allowed.");
        }
        if (activation.executeAs() != null) {
            CatalogErrors.checkName("user", activation.executeAs());
            if (old == null || !activation.equals(old.activation())) {
                security.checkActsAs(activation.executeAs());
            }
        }
        Duration delay = queue.redeliveryDelay();
        if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
            throw new BrokerException(
                    CatalogErrors.SYNTAX,
                    "REDELIVERY_DELAY of queue '" + queue.name() + "' is " + delay + "; allowed is 0 to "
                            + Integer.MAX_VALUE + " ms.");
        }
    }

    void alter(QueueDefinition wanted) {
        Queue old = known(wanted.name(), "can't be altered");
        change(old, named(old.name(), wanted));
    }

    private void change(Queue old, QueueDefinition changed) {
        check(changed, old);
        Queue made = new Queue(old.id(), changed, offSince(old, changed), old.created(), around.now());
        events.checkActivation(made);
        checkReaders(made);
        queues.update(made);
    }

    /** Beans and a procedure would take each other's messages. */
    private void checkReaders(Queue changed) {
        String reader = changed.startsProcedure() ? around.database().readerOf(changed.id()) : null;
        if (reader != null) {
            throw new BrokerException(
                    ErrorNumbers.OTHER_READERS,
                    "Procedure '" + changed.activation().procedure() + "' can't be activated for queue '"
                            + changed.name() + "': the beans of activation '" + reader
                            + "' read it. A queue is read by beans or by a procedure; stop that activation first.");
        }
    }

    void setStatus(String written, boolean on) {
        Queue old = known(written, "can't be turned " + (on ? "on" : "off"));
        change(old, old.definition().withStatus(on));
    }

    /** Turns a queue off because its readers have failed; who wants to hear of that will be told. */
    void disable(Queue queue) {
        change(queue, queue.definition().withStatus(false));
        events.raise(Event.BROKER_QUEUE_DISABLED, queue);
    }

    /** A queue that must be there. */
    Queue known(String written, String consequence) {
        Queue queue = queues.find(Queue.nameOf(written));
        if (queue == null) {
            throw new BrokerException(
                    CatalogErrors.UNKNOWN_QUEUE,
                    "Queue '" + CatalogErrors.shortened(written) + "' doesn't exist and " + consequence
                            + "; queue names are compared as they are written.");
        }
        CatalogEditor.refuseSystem("queue", queue.name(), queue.system());
        return queue;
    }

    /** Drops a queue, unless a service uses it. */
    void drop(String written) {
        String name = Queue.nameOf(written);
        CatalogEditor.refuseSystem("queue", name, name != null && SystemObjects.QUEUE_NAMES.contains(name));
        Queue queue = queues.existing(name, "dropped");
        services.refuseDrop("Queue '" + name + "'", "it is the queue of", service -> service.queue() == queue.id());
        events.dropAllOf(queue);
        queues.delete(queue);
    }
}
