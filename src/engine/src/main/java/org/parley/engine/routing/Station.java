package org.parley.engine.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.Service;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.queue.Group;
import org.parley.engine.queue.Journal;
import org.parley.engine.queue.QueueIndex;
import org.parley.engine.queue.Transit;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Positions;
import org.parley.engine.timer.Wheel;
import org.parley.spi.BrokerEvent.Conversation;
import org.parley.spi.BrokerEvent.MessageClassify;
import org.parley.spi.BrokerEvent.RemoteMessageAcknowledgement;

/**
 * A broker database as a place that frames leave and reach. What it sends lies in its message table under the ids of
 * sides that have no row in it: that is its transmission queue (service-broker.md, section 4.4).
 */
public final class Station implements Neighbour {

    /** Messages of one conversation that may be on their way; more would only pile up before a gap. */
    static final int WINDOW = 1024;

    /** After so many messages taken the sender is told at once. */
    private static final int MOST_UNACKNOWLEDGED = 128;

    /** How long an acknowledgement waits for return traffic; service-broker.md, O12. */
    private static final long ACK_MILLIS = 1_000;

    private static final int MOST_ROWS = 256;

    private final Place place;
    private final Aftercare aftercare;
    private final EndpointTable table;
    private final Transmitter transmitter;
    private final Outbox outbox;
    private final Arrivals arrivals;
    private volatile boolean open = true;

    /**
     * What a station is told of its database.
     *
     * @param id number of the database in this server
     * @param name name of the database
     * @param broker its broker instance
     * @param options what its definitions say about delivery
     */
    public record Place(int id, String name, UUID broker, Supplier<Options> options) {}

    /**
     * What the definitions of a database say about delivery.
     *
     * @param delivers ENABLE_BROKER
     * @param trustworthy TRUSTWORTHY
     * @param honorsPriority HONOR_BROKER_PRIORITY
     * @param hasMasterKey whether there is a master key
     * @param routes its routes
     */
    public record Options(
            boolean delivers, boolean trustworthy, boolean honorsPriority, boolean hasMasterKey, List<Route> routes) {}

    Station(Place place, Aftercare aftercare, EndpointTable table, Transmitter transmitter) {
        this.place = place;
        this.aftercare = aftercare;
        this.table = table;
        this.transmitter = transmitter;
        this.outbox = new Outbox(() -> options().honorsPriority(), transmitter.turns(), transmitter::ring);
        this.arrivals = new Arrivals(this, aftercare, table);
    }

    /** Begins to send and to take. */
    void start() {
        transmitter.add(this);
    }

    /** Neither sends nor takes any more. */
    void stop() {
        open = false;
        transmitter.remove(this);
    }

    /** What its definitions say about delivery. */
    public Options options() {
        return place.options().get();
    }

    /** The databases of the server, this one included. */
    public List<Station> all() {
        return transmitter.stations();
    }

    /** Number of the database in this server; others may get it after a restart. */
    public int id() {
        return place.id();
    }

    @Override
    public String name() {
        return place.name();
    }

    @Override
    public UUID broker() {
        return place.broker();
    }

    @Override
    public boolean delivers() {
        return open && options().delivers();
    }

    @Override
    public boolean hasMasterKey() {
        return options().hasMasterKey();
    }

    @Override
    public boolean offers(String service) {
        return aftercare.definitions().service(service).isPresent();
    }

    @Override
    public boolean knows(String user) {
        return aftercare.definitions().principals().ownerAccess(user).isPresent();
    }

    private static String owner(EndpointRow row, CatalogSnapshot definitions) {
        return definitions.principals().ownerOf(row.service());
    }

    @Override
    public void accept(List<Frame> frames) {
        arrivals.accept(frames);
    }

    /** Runs something that writes an endpoint's way to the other side, while nothing arrives. */
    void apart(Runnable work) {
        arrivals.apart(work);
    }

    /** Whether the first message of a dialog goes straight into a queue of this database. */
    public boolean keeps(EndpointRow initiator) {
        return way(initiator, null) instanceof WayChoice.Way.Here;
    }

    private WayChoice.Way way(EndpointRow row, UUID known) {
        return way(row, known, transmitter.neighbours());
    }

    private WayChoice.Way way(EndpointRow row, UUID known, List<Neighbour> neighbours) {
        Options now = options();
        WayChoice.Way way = new WayChoice(
                        new WayChoice.Sender(
                                name(),
                                broker(),
                                now.delivers(),
                                now.trustworthy(),
                                now.hasMasterKey(),
                                now.routes(),
                                aftercare.clock().millis()),
                        neighbours)
                .choose(new WayChoice.Wanted(
                        row.conversationId(),
                        row.farService(),
                        row.farBroker(),
                        known,
                        row.initiator() ? owner(row, aftercare.definitions()) : null,
                        row.encrypted()));
        // what the system tells a service waits until the service is there
        return way instanceof WayChoice.Way.Fail fail && Service.system(row.service())
                ? new WayChoice.Way.Wait(fail.number(), fail.text())
                : way;
    }

    /** An endpoint may have something to send. Under the table's lock. */
    void ready(Endpoint endpoint) {
        if (endpoint.transit() == null) {
            table.travels(endpoint, new Transit());
        }
        outbox.ready(endpoint);
    }

    /** The other side is owed an acknowledgement: at once, or in return traffic within a second. Under the lock. */
    void oweAcknowledgement(Endpoint endpoint, boolean atOnce) {
        FaultPoint.ACK_OWED.reach();
        if (atOnce || endpoint.transit().unacknowledged() >= MOST_UNACKNOWLEDGED) {
            outbox.acknowledges(endpoint);
        } else {
            aftercare.wind(aftercare.clock().millis() + ACK_MILLIS, endpoint, Wheel.Kind.ACKNOWLEDGEMENT);
        }
    }

    /**
     * An endpoint goes. The acknowledgement that it owes is sent at once and without it: otherwise the other side would send again
     * what has arrived, and only then hear that nobody is there. Before it has gone, since nothing keeps its definitions then; under the
     * lock.
     */
    void acknowledgeLast(Endpoint endpoint) {
        Transit transit = endpoint.transit();
        if (transit != null && transit.ackOwed()) {
            reply(transit.farBroker(), Frame.acknowledgement(header(endpoint), transit.seen()));
            table.journal()
                    .acknowledgement(endpoint, RemoteMessageAcknowledgement.Step.ACKNOWLEDGEMENT_SENT, transit.seen());
            transit.acknowledgedUpTo(transit.seen());
        }
    }

    /** A frame that no endpoint stands behind. Under the lock. */
    void reply(UUID broker, Frame frame) {
        outbox.reply(broker, frame);
    }

    /** The wheel says that an acknowledgement or another attempt is due. */
    void due(Wheel.Entry entry) {
        table.locked(() -> {
            Endpoint endpoint = table.endpoint(entry.endpoint());
            if (endpoint == null || endpoint.transit() == null) {
                return;
            }
            Transit transit = endpoint.transit();
            if (entry.kind() == Wheel.Kind.RETRY && transit.retryDue() == entry.due()) {
                transit.noRetry();
                transit.sendAgain();
                if (Guard.is(endpoint) && entry.due() > Guard.ends(endpoint)) {
                    transit.settle();
                    aftercare.settle(endpoint);
                } else {
                    outbox.ready(endpoint);
                }
            } else if (entry.kind() == Wheel.Kind.ACKNOWLEDGEMENT && transit.ackOwed()) {
                outbox.acknowledges(endpoint);
            }
        });
    }

    /** Databases or definitions have changed: what waits is tried at once. */
    void lookAgain() {
        table.locked(() -> {
            for (Endpoint endpoint : table.travelling()) {
                if (!endpoint.transit().status().isEmpty()) {
                    endpoint.transit().patienceAnew();
                    endpoint.transit().sendAgain();
                    outbox.ready(endpoint);
                } else if (Sending.hasMessages(endpoint)) {
                    // an acknowledgement that came first has taken the status away
                    outbox.ready(endpoint);
                }
            }
        });
    }

    /** Number of conversations that wait for a way. */
    int waiting() {
        return table.locked(() -> (int) table.travelling().stream()
                .filter(endpoint -> !endpoint.transit().status().isEmpty())
                .count());
    }

    List<Outbox.Reply> replies() {
        return table.locked(outbox::replies);
    }

    Outbox.Turn nextTurn(boolean byAge) {
        return table.locked(() -> byAge ? outbox.oldest() : outbox.next());
    }

    Outbox.Turn nextAcknowledgement() {
        return table.locked(outbox::nextAcknowledgement);
    }

    void take(Outbox.Turn turn) {
        table.locked(() -> outbox.take(turn));
    }

    /** What an endpoint has to send at this moment; null when there is nothing, or no way. */
    Parcel prepare(long id) {
        long changes = transmitter.changes();
        List<Neighbour> neighbours = transmitter.neighbours();
        Sending sending = table.locked(() -> {
            Endpoint endpoint = table.endpoint(id);
            if (endpoint != null && endpoint.transit() != null && QueueOff.holdsEnd(endpoint)) {
                whenOn(endpoint, endpoint.group().queue(), () -> outbox.ready(endpoint));
            }
            return Sending.of(endpoint, this::sendLater);
        });
        if (sending == null) {
            return null;
        }
        Endpoint endpoint = sending.endpoint();
        List<MessageRow> rows;
        WayChoice.Way way;
        try {
            way = way(endpoint.begun(), endpoint.transit().farBroker(), neighbours);
            rows = sending.messages() && way instanceof WayChoice.Way.To ? read(sending) : List.of();
            if (!rows.isEmpty()) {
                // noted while the group is held: who ends the conversation next must tell the other side
                table.locked(endpoint.transit()::mayHaveArrived);
                FaultPoint.TRANSMIT_READ.reach();
            }
        } finally {
            if (sending.messages()) {
                table.locked(() -> aftercare.free(endpoint.group()));
            }
        }
        table.locked(() -> classify(sending, way));
        if (way instanceof WayChoice.Way.To to) {
            FaultPoint.TRANSMIT_PACKED.reach();
            return parcel(to.broker(), sending, rows);
        }
        if (way instanceof WayChoice.Way.Here) {
            aftercare.deliverHere(id);
        } else if (way instanceof WayChoice.Way.Wait wait) {
            postpone(id, wait.number() + ": " + wait.text());
            if (transmitter.changes() != changes) {
                lookAgain();
            }
        } else if (way instanceof WayChoice.Way.Fail fail) {
            aftercare.refused(id, new Refusal(fail.number(), fail.text(), Conversation.Step.BROKER_INITIATED_ERROR));
        }
        return null;
    }

    /** Goes on with a travelling endpoint when a queue is on; asked for once, however often. Under the table's lock. */
    void whenOn(Endpoint endpoint, QueueIndex queue, Runnable task) {
        if (endpoint.transit().awaitQueue()) {
            queue.whenOn(() -> {
                if (table.endpoint(endpoint.id()) == endpoint && endpoint.transit() != null) {
                    endpoint.transit().queueIsOn();
                    task.run();
                }
            });
        }
    }

    private void classify(Sending sending, WayChoice.Way way) {
        Journal journal = table.journal();
        journal.turned();
        if (!sending.messages()) {
            return;
        }
        if (way instanceof WayChoice.Way.Wait wait) {
            journal.classified(sending.endpoint(), MessageClassify.Step.DELAYED, wait.number() + ": " + wait.text());
        } else if (!(way instanceof WayChoice.Way.Fail)) {
            journal.classified(sending.endpoint(), MessageClassify.Step.LOCAL, "");
        }
    }

    private void sendLater(Endpoint endpoint) {
        Group group = endpoint.group();
        group.whenFree(() -> {
            if (table.endpoint(endpoint.id()) == endpoint) {
                outbox.ready(endpoint);
            }
        });
    }

    private List<MessageRow> read(Sending sending) {
        long far = sending.endpoint().far();
        List<MessageRow> rows = new ArrayList<>();
        if (sending.to() > sending.from()) {
            rows.addAll(aftercare.peek(far, sending.from(), sending.to() - 1, MOST_ROWS));
        }
        if (sending.error()) {
            rows.addAll(aftercare.peek(far, Positions.FAR_ERROR, Positions.FAR_ERROR, 1));
        }
        return rows;
    }

    private Parcel parcel(UUID broker, Sending sending, List<MessageRow> rows) {
        Endpoint endpoint = sending.endpoint();
        List<Frame> frames = sending.frames(header(endpoint), rows, aftercare.definitions());
        long end = rows.isEmpty() ? -1 : rows.get(rows.size() - 1).sequence() + 1;
        return new Parcel(
                broker,
                frames,
                rows.size() + sending.news(),
                () -> table.locked(() -> sent(endpoint, sending, end)),
                why -> notSent(endpoint, why));
    }

    Frame.Header header(Endpoint endpoint) {
        EndpointRow row = endpoint.begun();
        CatalogSnapshot definitions = aftercare.definitions();
        return new Frame.Header(
                row.conversationId(),
                !row.initiator(),
                broker(),
                definitions.service(row.service()).name(),
                row.farService(),
                definitions.contract(row.contract()).name(),
                row.lifetime(),
                row.encrypted(),
                row.initiator() ? owner(row, definitions) : null);
    }

    private void sent(Endpoint endpoint, Sending sending, long end) {
        Transit transit = endpoint.transit();
        if (transit == null || table.endpoint(endpoint.id()) != endpoint) {
            return;
        }
        if (transit.ackOwed()) {
            table.journal()
                    .acknowledgement(
                            endpoint,
                            end > 0
                                    ? RemoteMessageAcknowledgement.Step.MESSAGE_WITH_ACKNOWLEDGEMENT_SENT
                                    : RemoteMessageAcknowledgement.Step.ACKNOWLEDGEMENT_SENT,
                            sending.acknowledges());
        }
        transit.acknowledgedUpTo(sending.acknowledges());
        // also for an acknowledgement alone: whatever kept it back doesn't any more
        transit.sent(end);
        if (end > 0 && Sending.hasMessages(endpoint)) {
            outbox.ready(endpoint);
        }
        if (transit.sentTo() > transit.confirmed() || sending.question()) {
            retry(endpoint);
        }
    }

    private void notSent(Endpoint endpoint, String why) {
        table.locked(() -> table.journal().notTransmitted(endpoint, why));
        postpone(endpoint.id(), why);
    }

    /** An endpoint's messages can't be sent now: they are tried again after a pause, longer each time. */
    void postpone(long id, String why) {
        table.locked(() -> {
            Endpoint endpoint = table.endpoint(id);
            if (endpoint != null && endpoint.transit() != null) {
                endpoint.transit().waits(why);
                endpoint.transit().sendAgain();
                if (Guard.is(endpoint) && endpoint.transit().guardEnds() == 0) {
                    endpoint.transit()
                            .guardEnds(
                                    Guard.endsLost(endpoint, aftercare.clock().millis()));
                    aftercare.keepGuardEnd(endpoint);
                }
                retry(endpoint);
            }
        });
    }

    private void retry(Endpoint endpoint) {
        Transit transit = endpoint.transit();
        long now = aftercare.clock().millis();
        if (transit.retryDue() <= now) {
            aftercare.wind(transit.retryAfter(now), endpoint, Wheel.Kind.RETRY);
        }
    }

    /** Why the messages of an endpoint wait, with its number; empty when they don't. Under the lock. */
    public static String status(Endpoint endpoint) {
        Transit transit = endpoint.transit();
        if (QueueOff.holdsEnd(endpoint) && (transit == null || transit.status().isEmpty())) {
            return QueueOff.endStatus(endpoint.group().queue());
        }
        if (transit == null) {
            return "";
        }
        boolean held = !endpoint.state().own().over()
                && endpoint.state().far() != Far.ACTIVE
                && endpoint.nextOut() > transit.confirmed();
        if (held) {
            return endpoint.state().far() == Far.ENDED
                    ? "9779: The other side has ended the conversation; this message is held until this side ends too."
                    : "9784: The conversation has an error; this message is held until this side ends.";
        }
        return transit.status();
    }

    /** Whether everything that an ended side owes the other one has been confirmed. */
    static boolean owesNothing(Endpoint endpoint) {
        long confirmed = endpoint.transit().confirmed();
        return endpoint.stage() == Stage.ENDED_WITH_ERROR
                ? confirmed > endpoint.nextOut()
                : confirmed >= endpoint.nextOut();
    }
}
