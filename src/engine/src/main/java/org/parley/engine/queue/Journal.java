package org.parley.engine.queue;

import java.util.UUID;
import java.util.function.IntFunction;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.telemetry.Telemetry;
import org.parley.engine.telemetry.Tracer;
import org.parley.spi.BrokerEvent;
import org.parley.spi.BrokerEvent.Conversation;
import org.parley.spi.BrokerEvent.Conversation.Step;
import org.parley.spi.BrokerEvent.Kind;
import org.parley.spi.Counter;

/**
 * Writes down what has become true of conversations: counts it, and has it told to whoever wants to hear it. Under the table's
 * lock, after the commit; what is told is heard when the lock is free.
 */
public final class Journal {

    private static final long NO_MESSAGE = -1;

    private final String database;
    private final Telemetry telemetry;
    private final Tracer tracer;
    private final IntFunction<String> services;

    /**
     * The journal of a database.
     *
     * @param database its name
     * @param services names of its services by their ids
     */
    public Journal(String database, Telemetry telemetry, IntFunction<String> services) {
        this.database = database;
        this.telemetry = telemetry;
        this.tracer = telemetry.tracer();
        this.services = services;
    }

    /** Of a table that is being filled: what it gets is no news. */
    static Journal unread() {
        return new Journal("", Telemetry.unread(), service -> "");
    }

    /** A side was begun by its own database, or made by a first message. */
    public void began(Endpoint side) {
        if (tracer.wants(Kind.CONVERSATION)) {
            step(side.begun().initiator() ? Step.BEGIN_DIALOG : Step.DIALOG_CREATED, side, NO_MESSAGE);
        }
    }

    /** A side has sent messages; numbers, the last one exclusive. */
    public void sent(Endpoint side, long from, long to) {
        steps(Step.SEND_MESSAGE, side, from, to);
    }

    /** A side has ended, one way or the other. */
    public void ended(Endpoint side, Step how) {
        step(how, side, NO_MESSAGE);
    }

    /** Messages can be received; numbers, the last one exclusive. */
    public void arrived(Endpoint at, long from, long to) {
        if (to > from) {
            telemetry.counters().enqueued(at.priority(), to - from);
            steps(Step.RECEIVED_SEQUENCED_MESSAGE, at, from, to);
        }
    }

    /** What ends or interrupts a conversation has reached a queue: an end, an error, with the step that it is. */
    public void heard(Endpoint at, Step step) {
        telemetry.counters().enqueued(at.priority(), 1);
        step(step, at, NO_MESSAGE);
    }

    /** A timer has put its message into a queue. */
    public void rang(Endpoint at) {
        telemetry.counters().enqueued(at.priority(), 1);
    }

    /** The other side knows that this one has ended. */
    public void acknowledged(Endpoint side) {
        step(Step.RECEIVED_END_CONVERSATION_ACK, side, NO_MESSAGE);
    }

    /** A side is gone. */
    void removed(Endpoint side) {
        step(Step.TERMINATE_DIALOG, side, NO_MESSAGE);
    }

    /** A group has got its first conversation. */
    void created(Group group) {
        group(BrokerEvent.ConversationGroup.Step.CREATE, group);
    }

    /** A group has lost its last conversation. */
    void dropped(Group group) {
        group(BrokerEvent.ConversationGroup.Step.DROP, group);
    }

    /** A transaction that had done something to conversations was rolled back. */
    public void rolledBack() {
        telemetry.counters().count(Counter.TRANSACTION_ROLLBACKS);
    }

    /** A side's turn to transmit has come. */
    public void turned() {
        telemetry.counters().count(Counter.TRANSMISSION_OBJECT_GETS);
    }

    /** What a side knows of its other side's database was stored. */
    public void stored() {
        telemetry.counters().count(Counter.TRANSMISSION_OBJECT_WRITES);
    }

    /** Messages lie in the transmission queue. */
    public void toTransmit(long messages) {
        telemetry.counters().count(Counter.ENQUEUED_TRANSMISSION_MESSAGES, messages);
    }

    /** Messages have left the transmission queue. */
    public void transmitted(long messages) {
        telemetry.counters().count(Counter.DEQUEUED_TRANSMISSION_MESSAGES, messages);
    }

    /** It was decided where messages of a side go, or why they wait. */
    public void classified(Endpoint side, BrokerEvent.MessageClassify.Step step, String reason) {
        if (tracer.wants(Kind.MESSAGE_CLASSIFY)) {
            tracer.note(new BrokerEvent.MessageClassify(database, step, side(side), reason));
        }
    }

    /** Messages of a side could not be handed over. */
    public void notTransmitted(Endpoint side, String error) {
        if (tracer.wants(Kind.TRANSMISSION)) {
            tracer.note(new BrokerEvent.Transmission(database, side(side), error));
        }
    }

    /** The databases of a conversation have told each other what has arrived. */
    public void acknowledgement(Endpoint side, BrokerEvent.RemoteMessageAcknowledgement.Step step, long below) {
        if (tracer.wants(Kind.REMOTE_MESSAGE_ACKNOWLEDGEMENT)) {
            tracer.note(new BrokerEvent.RemoteMessageAcknowledgement(database, step, side(side), below));
        }
    }

    /**
     * Something of another database was not put into a queue.
     *
     * @param sequence its number; below 0 without one
     * @param type its message type; null for what isn't a message
     */
    public void undeliverable(UUID conversation, String toService, long sequence, String type, String reason) {
        if (sequence >= 0) {
            telemetry.counters().count(Counter.DROPPED_MESSAGES);
        }
        if (tracer.wants(Kind.MESSAGE_UNDELIVERABLE)) {
            BrokerEvent.MessageUndeliverable.Step step = sequence >= 0
                    ? BrokerEvent.MessageUndeliverable.Step.SEQUENCED_MESSAGE
                    : BrokerEvent.MessageUndeliverable.Step.UNSEQUENCED_MESSAGE;
            tracer.note(new BrokerEvent.MessageUndeliverable(
                    database, step, conversation, toService, sequence, type, reason));
        }
    }

    private void steps(Step step, Endpoint side, long from, long to) {
        if (tracer.wants(Kind.CONVERSATION)) {
            for (long sequence = from; sequence < to; sequence++) {
                step(step, side, sequence);
            }
        }
    }

    private void step(Step step, Endpoint side, long sequence) {
        if (tracer.wants(Kind.CONVERSATION)) {
            tracer.note(new Conversation(database, step, side(side), sequence));
        }
    }

    private void group(BrokerEvent.ConversationGroup.Step step, Group group) {
        if (tracer.wants(Kind.CONVERSATION_GROUP)) {
            tracer.note(new BrokerEvent.ConversationGroup(database, step, group.id(), services.apply(group.service())));
        }
    }

    private BrokerEvent.Side side(Endpoint of) {
        EndpointRow row = of.begun();
        return new BrokerEvent.Side(
                row.handle(),
                row.conversationId(),
                row.group(),
                services.apply(row.service()),
                row.farService(),
                row.initiator(),
                of.state().shown(),
                row.priority());
    }

    /** Has it told what was noted; by a caller that has just left the lock. */
    void tell() {
        if (tracer.on()) {
            tracer.tell();
        }
    }
}
