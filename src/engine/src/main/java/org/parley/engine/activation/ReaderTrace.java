package org.parley.engine.activation;

import java.util.function.IntSupplier;
import org.parley.engine.telemetry.Telemetry;
import org.parley.spi.BrokerEvent;
import org.parley.spi.BrokerEvent.Activation.Step;
import org.parley.spi.Counter;

/** Counts what one reader does, and tells when it starts and ends; service-broker.md, sections 20 and 21. */
final class ReaderTrace {

    private final Telemetry telemetry;
    private final String database;
    private final String queue;
    private final String name;
    private final IntSupplier readers;
    private boolean running;
    private boolean aborted;

    /**
     * Of a reader.
     *
     * @param name name of its activation, or its procedure
     * @param readers how many such readers there are
     */
    ReaderTrace(Telemetry telemetry, String database, String queue, String name, IntSupplier readers) {
        this.telemetry = telemetry;
        this.database = database;
        this.queue = queue;
        this.name = name;
        this.readers = readers;
    }

    /** It is handed to the server, which is to give it a thread. */
    void started() {
        running = true;
        telemetry.counters().count(Counter.TASKS_STARTED);
        telemetry.counters().count(Counter.TASKS_RUNNING);
        tell(Step.START);
    }

    /** It begins a delivery. */
    void invoked() {
        telemetry.counters().count(Counter.STORED_PROCEDURES_INVOKED);
    }

    /** A delivery has failed. */
    void failed() {
        telemetry.counters().count(Counter.ACTIVATION_ERRORS);
    }

    /** It can't go on. */
    void aborted() {
        aborted = true;
    }

    /** It has ended, and is no longer one of its activation's readers. */
    void ended() {
        if (!running) {
            return;
        }
        telemetry.counters().count(Counter.TASKS_RUNNING, -1);
        if (aborted) {
            telemetry.counters().count(Counter.TASKS_ABORTED);
        }
        tell(aborted ? Step.ABORTED : Step.ENDED);
    }

    private void tell(Step step) {
        if (telemetry.tracer().wants(BrokerEvent.Kind.ACTIVATION)) {
            telemetry.tracer().note(new BrokerEvent.Activation(database, step, queue, name, readers.getAsInt()));
            telemetry.tracer().tell();
        }
    }
}
