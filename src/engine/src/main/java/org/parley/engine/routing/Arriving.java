package org.parley.engine.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.parley.SystemMessageTypes;
import org.parley.engine.catalog.BodyCheck;
import org.parley.engine.catalog.MessageType;
import org.parley.engine.conversation.EndpointMachine;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.conversation.Event;
import org.parley.engine.conversation.Transition;
import org.parley.engine.fault.Fault;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.Journal;
import org.parley.engine.queue.Transit;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Positions;
import org.parley.engine.store.StoreTransaction;
import org.parley.engine.store.TransitRow;
import org.parley.spi.BrokerEvent.Conversation.Step;
import org.parley.spi.BrokerEvent.RemoteMessageAcknowledgement;

/** What the frames of one delivery mean for one side of a conversation. */
final class Arriving {

    private static final int FAR_GONE = 8462;

    private static final String REPEATED = "It has arrived before.";
    private static final String EARLY = "One that stands before it has not arrived yet; it comes again.";
    private static final String ENDED = "This side of the conversation has ended.";
    private static final String FAILED = "The conversation has an error.";

    private final Station station;
    private final Aftercare aftercare;
    private final EndpointTable table;
    private final Frame.Header header;
    private final List<MessageRow> rows = new ArrayList<>();
    private final List<Frame> replies = new ArrayList<>();
    private final List<Dropped> dropped = new ArrayList<>(0);
    private NewTarget begun;
    private Endpoint endpoint;
    private Transit transit;
    private Settling settling;
    private Group held;

    // what will be true after the commit
    private long arrived;
    private long endPosition;
    private boolean failed;
    private boolean over;
    private boolean ends;
    private boolean learned;
    private boolean settles;
    private long confirmed;
    private long seen;
    private boolean owed;
    private boolean owedAtOnce;
    private Frame refusal;
    private boolean acknowledged;
    private boolean unsettled;

    /** What is not put into the queue, and why. */
    private record Dropped(Frame frame, String reason) {

        private static String typeOf(Frame frame) {
            return switch (frame.kind()) {
                case END_DIALOG -> SystemMessageTypes.END_DIALOG;
                case ERROR -> SystemMessageTypes.ERROR;
                default -> frame.type();
            };
        }

        void write(Journal journal) {
            Frame.Header header = frame.header();
            boolean sequenced = frame.kind().sequenced();
            journal.undeliverable(
                    header.conversation(),
                    header.toService(),
                    sequenced ? frame.sequence() : -1,
                    sequenced ? typeOf(frame) : null,
                    reason);
        }
    }

    Arriving(Station station, Aftercare aftercare, EndpointTable table, Endpoint known, Frame.Header header) {
        this.station = station;
        this.aftercare = aftercare;
        this.table = table;
        this.header = header;
        if (known != null) {
            table.locked(() -> know(known));
        }
    }

    private void know(Endpoint known) {
        endpoint = known;
        transit = known.transit();
        arrived = known.arrived();
        endPosition = transit.endPosition();
        failed = known.state().far() == Far.FAILED;
        over = known.state().own().over();
        confirmed = transit.confirmed();
        seen = Math.max(transit.seen(), arrived);
    }

    /** Takes one frame; in the order of their numbers. */
    void take(Frame frame) {
        if (endpoint == null && !begins(frame)) {
            return;
        }
        if (transit.farBroker() != null
                && !transit.farBroker().equals(frame.header().fromBroker())) {
            if (frame.kind().sequenced()) {
                refuse(
                        frame,
                        new BodyCheck.Violation(
                                8495, "The conversation is tied to another instance of the target service already."));
            }
            return;
        }
        learned |= transit.farBroker() == null;
        confirmed = Math.max(confirmed, frame.acknowledges());
        settles |= frame.oldest() > 0;
        switch (frame.kind()) {
            case MESSAGE, END_DIALOG -> takeInTurn(frame);
            case ERROR -> takeError(frame);
            case BROKER_ERROR -> refusal = frame;
            case QUESTION -> answer(frame, transit.acknowledged());
            default -> {
                // an acknowledgement or an answer: all it says has been taken
            }
        }
    }

    /** A frame for which there is no endpoint. */
    private boolean begins(Frame frame) {
        if (frame.kind() == Frame.Kind.QUESTION) {
            answer(frame, Long.MAX_VALUE);
            return false;
        }
        boolean first = !frame.header().toInitiator() && frame.kind() == Frame.Kind.MESSAGE && frame.sequence() == 0;
        if (first && begun != null) {
            drop(frame, REPEATED);
            return false;
        }
        if (first) {
            begun = new NewTarget(station, aftercare, table);
            Optional<BodyCheck.Violation> refused = begun.check(frame);
            if (refused.isPresent()) {
                refuse(frame, refused.get());
            } else if (begun.make(frame.header())) {
                endpoint = begun.endpoint();
                transit = begun.transit();
                endPosition = TransitRow.NO_END;
                return true;
            } else {
                drop(frame, "Its service is not there, or its lifetime has passed.");
            }
            return false;
        }
        boolean gone = frame.header().toInitiator() || frame.oldest() > 0;
        if (gone && frame.kind() == Frame.Kind.MESSAGE) {
            refuse(frame, new BodyCheck.Violation(FAR_GONE, "The other side of the conversation is gone."));
        } else {
            drop(frame, gone ? "The conversation is gone." : EARLY);
        }
        if (frame.kind().sequenced() && !(gone && frame.kind() == Frame.Kind.MESSAGE)) {
            // nobody is left to hear of an end; an early message comes again behind the first one
            if (gone || frame.kind() == Frame.Kind.ERROR) {
                replies.add(Frame.acknowledgement(header.back(station.broker()), frame.sequence() + 1));
            }
        }
        return false;
    }

    private void answer(Frame question, long oldest) {
        replies.add(Frame.answer(question.header().back(station.broker()), oldest));
    }

    private void refuse(Frame frame, BodyCheck.Violation violation) {
        drop(frame, violation.number() + ": " + violation.reason());
        replies.add(Frame.error(header.back(station.broker()), violation.number(), violation.reason()));
    }

    private void takeInTurn(Frame frame) {
        long sequence = frame.sequence();
        if (over) {
            drop(frame, ENDED);
            see(sequence + 1, true);
            ends |= frame.kind() == Frame.Kind.END_DIALOG;
            return;
        }
        boolean known = sequence < arrived && !Fault.DUPLICATE_TAKEN.isPlanted();
        if (known || transit.hasEarly(sequence) || rowAt(sequence)) {
            drop(frame, REPEATED);
            see(arrived, true);
            return;
        }
        if (sequence >= arrived + Station.WINDOW) {
            drop(frame, EARLY);
            return;
        }
        int type = MessageType.END_DIALOG;
        if (frame.kind() == Frame.Kind.MESSAGE) {
            ArrivalCheck check =
                    new ArrivalCheck(aftercare, station.name(), endpoint.begun().contract());
            Optional<BodyCheck.Violation> violation = check.judge(frame);
            if (violation.isPresent()) {
                // the sender isn't told that it has arrived: if this answer is lost it sends again, and is answered
                // again
                refuse(frame, violation.get());
                failHere(violation.get());
                return;
            }
            type = check.type();
        }
        if (failed) {
            drop(frame, FAILED);
            see(sequence + 1, true);
            return;
        }
        rows.add(new MessageRow(
                endpoint.id(),
                sequence,
                type,
                sequence,
                aftercare.nextOrder(),
                aftercare.clock().millis(),
                frame.body(),
                0));
        if (type == MessageType.END_DIALOG) {
            endPosition = sequence;
        }
        while (rowAt(arrived) || transit.hasEarly(arrived)) {
            arrived++;
        }
        see(arrived, frame.kind() == Frame.Kind.END_DIALOG);
    }

    private boolean rowAt(long position) {
        for (MessageRow row : rows) {
            if (row.position() == position) {
                return true;
            }
        }
        return false;
    }

    private void failHere(BodyCheck.Violation violation) {
        if (!failed) {
            failed = true;
            rows.add(aftercare.errorRow(
                    endpoint.id(),
                    Positions.BROKER_ERROR,
                    aftercare.nextOrder(),
                    violation.number() == BodyCheck.NOT_WELL_FORMED ? 9616 : violation.number(),
                    violation.reason()));
        }
    }

    private void takeError(Frame frame) {
        see(frame.sequence() + 1, true);
        if (over) {
            drop(frame, ENDED);
            ends = true;
        } else if (failed) {
            drop(frame, FAILED);
        } else {
            failed = true;
            rows.add(new MessageRow(
                    endpoint.id(),
                    Positions.FAR_ERROR,
                    MessageType.ERROR,
                    frame.sequence(),
                    aftercare.nextOrder(),
                    aftercare.clock().millis(),
                    frame.body(),
                    0));
        }
    }

    private void drop(Frame frame, String reason) {
        dropped.add(new Dropped(frame, reason));
    }

    private void see(long end, boolean atOnce) {
        seen = Math.max(seen, end);
        owed = true;
        owedAtOnce |= atOnce;
    }

    /** When everything has been taken: what can be deleted in the same transaction, if the group is free. */
    void plan() {
        if (endpoint == null || begun != null) {
            return;
        }
        table.locked(() -> {
            if (table.endpoint(endpoint.id()) != endpoint) {
                endpoint = null;
                rows.clear();
                return;
            }
            if (learned) {
                transit.answeredBy(header.fromBroker());
            }
            if (settles) {
                transit.settle();
            }
            transit.guardEnds(0);
            acknowledged = transit.confirm(confirmed);
            if (ends) {
                transit.confirm(endpoint.nextOut() + 1);
            }
            boolean guardGoes = endpoint.state().own() == Own.ENDED && transit.settled();
            unsettled = confirmedMore() || guardGoes;
            if (unsettled && endpoint.group().holder() == null) {
                held = endpoint.group();
                held.hold(EngineHold.INSTANCE);
                settling = new Settling(aftercare, table, endpoint);
                FaultPoint.ACK_PLANNED.reach();
            }
        });
    }

    private boolean confirmedMore() {
        return transit.confirmed() > transit.acknowledged();
    }

    /** Whether there is anything for the store. */
    boolean writes() {
        return endpoint != null && (begun != null || !rows.isEmpty() || settling != null);
    }

    void write(StoreTransaction tx) {
        if (endpoint == null) {
            return;
        }
        if (begun != null) {
            begun.write(tx);
        }
        rows.forEach(tx::insertMessage);
        if (settling != null) {
            settling.write(tx, endPosition);
        } else if (endPosition != transit.endPosition()) {
            tx.putTransit(transit.row(endpoint.id()).with(transit.acknowledged(), endPosition));
        }
    }

    /** After the commit, under the table's lock. */
    void apply() {
        Journal journal = table.journal();
        replies.forEach(reply -> station.reply(header.fromBroker(), reply));
        dropped.forEach(each -> each.write(journal));
        if (endpoint == null) {
            return;
        }
        if (begun != null) {
            begun.apply();
        } else if (settling == null && endPosition != transit.endPosition()) {
            journal.stored();
        }
        if (acknowledged) {
            journal.acknowledgement(
                    endpoint,
                    rows.isEmpty()
                            ? RemoteMessageAcknowledgement.Step.ACKNOWLEDGEMENT_RECEIVED
                            : RemoteMessageAcknowledgement.Step.MESSAGE_WITH_ACKNOWLEDGEMENT_RECEIVED,
                    confirmed);
        }
        enqueue();
        FaultPoint.ARRIVE_QUEUED.reach();
        transit.endAt(endPosition);
        if (ends) {
            hear(Event.END_ARRIVES);
        }
        if (owed) {
            // before it settles: an endpoint that goes acknowledges this, too
            transit.see(seen);
        }
        if (settling != null) {
            settling.apply();
            unsettled = false;
        }
        if (refusal != null) {
            aftercare.refused(
                    endpoint.id(),
                    new Refusal(refusal.number(), refusal.description(), Step.RECEIVED_BROKER_ERROR_MESSAGE));
        }
        if (owed) {
            acknowledge();
        }
        endpoint.group().queue().changed(endpoint.group());
    }

    private void acknowledge() {
        if (table.endpoint(endpoint.id()) == endpoint) {
            station.oweAcknowledgement(endpoint, owedAtOnce);
        } else if (transit.ackOwed()) {
            // gone while this was written
            station.reply(header.fromBroker(), Frame.acknowledgement(header.back(station.broker()), transit.seen()));
        }
    }

    private void enqueue() {
        if (endpoint.state().own().over()) {
            // ended while this was written: nobody is going to receive it
            rows.forEach(row -> aftercare.purge(endpoint.id(), row.position(), row.position()));
            if (table.endpoint(endpoint.id()) != endpoint) {
                // gone with what was stored of its way, which this has written once more
                aftercare.forgetTransit(endpoint.id());
            }
            if (rows.stream().anyMatch(Arriving::endsDialog)) {
                hear(Event.END_ARRIVES);
                transit.confirm(endpoint.nextOut() + 1);
                aftercare.settle(endpoint);
            }
            return;
        }
        long first = Long.MAX_VALUE;
        for (MessageRow row : rows) {
            if (row.position() == Positions.FAR_ERROR) {
                aftercare.hearError(
                        endpoint, row.position(), row.queuingOrder(), Step.RECEIVED_END_CONVERSATION_WITH_ERROR);
            } else if (row.position() == Positions.BROKER_ERROR) {
                aftercare.hearError(endpoint, row.position(), row.queuingOrder(), Step.BROKER_INITIATED_ERROR);
            } else {
                transit.keepEarly(row.position(), row.queuingOrder());
                first = Math.min(first, row.queuingOrder());
            }
        }
        long before = endpoint.arrived();
        long end = transit.closeGap(before);
        if (end > before) {
            endpoint.arriveUpTo(end, first);
        }
        boolean ended = endPosition >= before && end > endPosition;
        table.journal().arrived(endpoint, before, ended ? endPosition : end);
        if (endPosition >= 0 && end > endPosition) {
            hear(Event.END_ARRIVES);
        }
        if (ended) {
            table.journal().heard(endpoint, Step.RECEIVED_END_CONVERSATION);
        }
    }

    private static boolean endsDialog(MessageRow row) {
        return row.type() == MessageType.END_DIALOG || row.position() == Positions.FAR_ERROR;
    }

    private void hear(Event event) {
        if (EndpointMachine.apply(endpoint.state(), event) instanceof Transition.Move move) {
            endpoint.become(move.next(), endpoint.stage());
        }
    }

    /**
     * Gives groups free, whatever has happened. An acknowledgement that was heard and not settled, because somebody else held the
     * group or the delivery has failed, is settled later: it doesn't come again. Under the table's lock.
     */
    void letGo() {
        if (held != null) {
            aftercare.free(held);
        }
        if (unsettled) {
            aftercare.settle(endpoint);
        }
        if (begun != null) {
            begun.letGo();
        }
    }
}
