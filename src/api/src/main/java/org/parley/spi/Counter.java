package org.parley.spi;

import java.util.ArrayList;
import java.util.List;

/**
 * What a server counts of each database; service-broker.md, section 20. Counters start at zero with the server. Many are shown
 * twice: as a total, and under a name that ends with {@code /sec}, whose reader takes the difference of two values and divides
 * it by the time between.
 */
public enum Counter {
    /** Deliveries begun by readers. */
    STORED_PROCEDURES_INVOKED("Broker Activation", null, "Stored Procedures Invoked/sec"),
    /** Times that another reader was wanted and all that their queue allows were at work. */
    TASK_LIMIT_REACHED("Broker Activation", "Task Limit Reached", "Task Limit Reached/sec"),
    /** Readers that ended by a failure. */
    TASKS_ABORTED("Broker Activation", null, "Tasks Aborted/sec"),
    /** Readers at work now. */
    TASKS_RUNNING("Broker Activation", "Tasks Running", null),
    /** Readers started. */
    TASKS_STARTED("Broker Activation", null, "Tasks Started/sec"),
    /** Deliveries that were rolled back. */
    ACTIVATION_ERRORS("Broker Statistics", "Activation Errors Total", null),
    /** Transactions rolled back that had begun, sent, received or ended something. */
    TRANSACTION_ROLLBACKS("Broker Statistics", "Broker Transaction Rollbacks", null),
    /** Messages that have left the transmission queue: they have arrived, or were dropped. */
    DEQUEUED_TRANSMISSION_MESSAGES("Broker Statistics", null, "Dequeued Transmission Msgs/sec"),
    /** Lifetimes, conversation timers and other times that something is due at, now. */
    DIALOG_TIMERS("Broker Statistics", "Dialog timer event count", null),
    /** Messages from other databases that were not put into a queue: repeated, refused, or too early. */
    DROPPED_MESSAGES("Broker Statistics", "Dropped Messages Total", null),
    /** Messages put into queues that did not come over the network. */
    ENQUEUED_LOCAL_MESSAGES("Broker Statistics", "Enqueued Local Messages Total", "Enqueued Local Messages/sec"),
    /** Messages put into queues. */
    ENQUEUED_MESSAGES("Broker Statistics", "Enqueued Messages Total", "Enqueued Messages/sec"),
    /** Those of priority 1. */
    ENQUEUED_P1("Broker Statistics", null, "Enqueued P1 Msgs/sec"),
    /** Those of priority 2. */
    ENQUEUED_P2("Broker Statistics", null, "Enqueued P2 Msgs/sec"),
    /** Those of priority 3. */
    ENQUEUED_P3("Broker Statistics", null, "Enqueued P3 Msgs/sec"),
    /** Those of priority 4. */
    ENQUEUED_P4("Broker Statistics", null, "Enqueued P4 Msgs/sec"),
    /** Those of priority 5. */
    ENQUEUED_P5("Broker Statistics", null, "Enqueued P5 Msgs/sec"),
    /** Those of priority 6. */
    ENQUEUED_P6("Broker Statistics", null, "Enqueued P6 Msgs/sec"),
    /** Those of priority 7. */
    ENQUEUED_P7("Broker Statistics", null, "Enqueued P7 Msgs/sec"),
    /** Those of priority 8. */
    ENQUEUED_P8("Broker Statistics", null, "Enqueued P8 Msgs/sec"),
    /** Those of priority 9. */
    ENQUEUED_P9("Broker Statistics", null, "Enqueued P9 Msgs/sec"),
    /** Those of priority 10. */
    ENQUEUED_P10("Broker Statistics", null, "Enqueued P10 Msgs/sec"),
    /** Messages put into the transmission queue. */
    ENQUEUED_TRANSMISSION_MESSAGES("Broker Statistics", null, "Enqueued Transmission Msgs/sec"),
    /** RECEIVE statements. */
    RECEIVES("Broker Statistics", "SQL RECEIVE Total", "SQL RECEIVEs/sec"),
    /** SEND statements. */
    SENDS("Broker Statistics", "SQL SEND Total", "SQL SENDs/sec"),
    /** Times that a side's turn to transmit has come. */
    TRANSMISSION_OBJECT_GETS("Broker TO Statistics", null, "Transmission Obj Gets/Sec"),
    /** Times that what a side knows of its other side's database was stored. */
    TRANSMISSION_OBJECT_WRITES("Broker TO Statistics", null, "Transmission Obj Writes/Sec");

    /** What a shown value is. */
    public enum Type {
        /** A value as it is. */
        RAW(65792),
        /** A total of which the reader makes a rate. */
        RATE(272696576);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        /** Its number in column CNTR_TYPE. */
        public int number() {
            return number;
        }
    }

    /**
     * A name under which a counter is shown.
     *
     * @param name the name
     * @param type what its value is
     */
    public record Shown(String name, Type type) {}

    private final String object;
    private final List<Shown> shown = new ArrayList<>();

    Counter(String object, String total, String rate) {
        this.object = object;
        if (total != null) {
            shown.add(new Shown(total, Type.RAW));
        }
        if (rate != null) {
            shown.add(new Shown(rate, Type.RATE));
        }
    }

    /** What is counted of: one of Service Broker's performance objects. */
    public String object() {
        return object;
    }

    /** The names under which it is shown. */
    public List<Shown> shown() {
        return List.copyOf(shown);
    }
}
