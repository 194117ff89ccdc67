package org.parley.engine.activation;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.parley.ActivationStatus;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.catalog.Queue;
import org.parley.engine.session.ServerActivations;
import org.parley.engine.session.Statements;
import org.parley.spi.Activation;

/** The activations of a server, from their beginning until they are stopped. */
public final class Activations implements ServerActivations {

    private static final Comparator<ActivationStatus> ORDER =
            Comparator.comparing(ActivationStatus::queue).thenComparing(ActivationStatus::name);

    private final List<QueueActivation> all = new CopyOnWriteArrayList<>();

    /** Adds one, which looks for its queue now. It leaves when it is stopped. */
    public Activation add(QueueActivation activation, Optional<Statements> opened) {
        all.add(activation);
        activation.look(opened);
        return new Registered(activation);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Databases or definitions have changed: all look for their queues. */
    public void look(Function<String, Optional<Statements>> opened) {
        all.forEach(
                activation -> activation.look(opened.apply(activation.config().database())));
    }

    /** Those that wait for something. */
    public List<ActivationStatus> waiting() {
        return all.stream()
                .map(QueueActivation::status)
                .filter(status -> status.state() == ActivationStatus.State.WAITING)
                .toList();
    }

    /** Stops all, one after the other, each with that bound. */
    public void stop(Duration longest) {
        all.forEach(activation -> activation.stop(longest));
    }

    @Override
    public List<ActivationStatus> of(String database) {
        return in(database).map(QueueActivation::status).sorted(ORDER).toList();
    }

    @Override
    public void pause(String database, String queue, String name) {
        existing(database, queue, name).forEach(QueueActivation::pause);
    }

    @Override
    public void resume(String database, String queue, String name) {
        existing(database, queue, name).forEach(QueueActivation::resume);
    }

    private List<QueueActivation> existing(String database, String queue, String name) {
        List<QueueActivation> found = in(database)
                .filter(each -> queue != null && each.queue().equals(Queue.nameOf(queue)))
                .filter(each -> each.config().name().equals(name))
                .toList();
        if (found.isEmpty()) {
            String known = of(database).stream()
                    .map(status -> "'" + status.name() + "' on '" + status.queue() + "'")
                    .collect(Collectors.joining(", "));
            throw new BrokerException(
                    ErrorNumbers.NO_ACTIVATION,
                    "No activation '" + name + "' reads queue '" + queue + "' of database '" + database
                            + "' in this server; there are " + (known.isEmpty() ? "none" : known) + ".");
        }
        return found;
    }

    private Stream<QueueActivation> in(String database) {
        return all.stream().filter(each -> each.config().database().equals(database));
    }

    /** One of them, for whoever has begun it. */
    private final class Registered implements Activation {

        private final QueueActivation activation;

        Registered(QueueActivation activation) {
            this.activation = activation;
        }

        @Override
        public ActivationStatus status() {
            return activation.status();
        }

        @Override
        public void pause() {
            activation.pause();
        }

        @Override
        public void resume() {
            activation.resume();
        }

        @Override
        public boolean stop(Duration longest) {
            all.remove(activation);
            return activation.stop(longest);
        }
    }
}
