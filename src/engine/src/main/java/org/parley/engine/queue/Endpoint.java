package org.parley.engine.queue;

import java.util.Comparator;
import java.util.UUID;
import org.parley.engine.conversation.EndpointState;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.Positions;

/**
 * A conversation endpoint as committed. The holder of the group lock changes its own part when it commits; arrivals
 * change the rest. Guarded by the table's lock.
 */
public final class Endpoint {

    /** In which order the endpoints of one group are received from. */
    public static final Comparator<Endpoint> IN_A_GROUP =
            Comparator.comparingInt(Endpoint::priority).reversed().thenComparingLong(Endpoint::id);

    // numbers stand for identifiers, states and stages: there may be hundreds of thousands of endpoints
    private static final Stage[] STAGES = Stage.values();
    private static final int FARS = Far.values().length;
    private static final EndpointState[] STATES = new EndpointState[Own.values().length * FARS];

    /** Queuing orders are smaller than what these bits hold: a database that gives a million a second has 18,000 years. */
    private static final int ORDER_BITS = 59;

    private static final int HIGHEST_PRIORITY = 10;

    /** The turn of what has nothing to receive. */
    static final long NEVER = Long.MAX_VALUE;

    static {
        for (Own own : Own.values()) {
            for (Far far : Far.values()) {
                STATES[own.ordinal() * FARS + far.ordinal()] = new EndpointState(own, far);
            }
        }
    }

    private final long id;
    private final long handleHigh;
    private final long handleLow;
    private final long conversationHigh;
    private final long conversationLow;
    private final long lifetime;
    private Terms terms;
    private Group group;
    private byte state;
    private byte stage;
    private long nextOut;
    private long received;
    private long arrived;
    private long headOrder;
    private byte overtaking;
    private boolean retaining;
    private Long timerDue;
    private Transit transit;

    /**
     * An endpoint with nothing waiting.
     *
     * @param row what doesn't change, and the first values of what does
     */
    public Endpoint(EndpointRow row, Group group, EndpointState state, long nextOut) {
        this.id = row.id();
        this.handleHigh = row.handle().getMostSignificantBits();
        this.handleLow = row.handle().getLeastSignificantBits();
        this.conversationHigh = row.conversationId().getMostSignificantBits();
        this.conversationLow = row.conversationId().getLeastSignificantBits();
        this.lifetime = row.lifetime();
        this.terms = Terms.of(row);
        this.group = group;
        become(state, row.stage());
        this.nextOut = nextOut;
        this.received = row.received();
        this.arrived = row.received();
    }

    /** Id in the store. */
    public long id() {
        return id;
    }

    /** Id of the other side. */
    public long far() {
        return id ^ 1;
    }

    /** Handle of this side. */
    public UUID handle() {
        return new UUID(handleHigh, handleLow);
    }

    boolean partOf(UUID conversation) {
        return conversationHigh == conversation.getMostSignificantBits()
                && conversationLow == conversation.getLeastSignificantBits();
    }

    long handleHigh() {
        return handleHigh;
    }

    long handleLow() {
        return handleLow;
    }

    /** Id of its contract. */
    public int contract() {
        return terms.contract();
    }

    /** Service of the other side. */
    public String farService() {
        return terms.farService();
    }

    /** What it has in common with others. */
    Terms terms() {
        return terms;
    }

    /** The same, as an object that others have, too. */
    void share(Terms common) {
        terms = common;
    }

    /** When the dialog expires, in milliseconds of the epoch. */
    public long lifetime() {
        return lifetime;
    }

    /** What was given when it began, made at each call, with what is committed now. */
    public EndpointRow begun() {
        return new EndpointRow(
                id,
                handle(),
                new UUID(conversationHigh, conversationLow),
                group.service(),
                terms.contract(),
                group.id(),
                terms.farService(),
                terms.farBroker(),
                terms.encrypted(),
                terms.priority(),
                lifetime,
                stage(),
                received);
    }

    /** The row as it is committed now. */
    public EndpointRow row() {
        return begun();
    }

    /** Its group. */
    public Group group() {
        return group;
    }

    /** 1 to 10. */
    public int priority() {
        return terms.priority();
    }

    /** State as committed. */
    public EndpointState state() {
        return STATES[state];
    }

    /** The stage that the store has. */
    public Stage stage() {
        return STAGES[stage];
    }

    /** Next sequence number to send. */
    public long nextOut() {
        return nextOut;
    }

    /** First position that has not been received. */
    public long received() {
        return received;
    }

    /** End, exclusive, of the positions that have arrived. */
    public long arrived() {
        return arrived;
    }

    /** When its timer is due, in milliseconds of the epoch, or 0. */
    public long timerDue() {
        return timerDue == null ? 0 : timerDue;
    }

    /** Whether a message that overtakes waits at this position, one of {@link Positions}. */
    public boolean waits(long position) {
        return (overtaking & bit(position)) != 0;
    }

    /** Whether any message that overtakes waits. */
    public boolean anyOvertaking() {
        return overtaking != 0;
    }

    /** Number of messages that can be received. */
    public long waiting() {
        return state().own().over() ? 0 : arrived - received + Integer.bitCount(overtaking);
    }

    /** Whether there is something to receive. */
    public boolean receivable() {
        return !state().own().over() && (overtaking != 0 || arrived > received);
    }

    /** Queuing order of its oldest message that can be received. */
    public long headOrder() {
        return headOrder;
    }

    /** When it is received from, the smallest first: by priority, then by the age of its oldest message. */
    long turn() {
        return receivable() ? ((long) (HIGHEST_PRIORITY - priority()) << ORDER_BITS) + headOrder : NEVER;
    }

    /** Ordinary messages have arrived up to, not including, a position. */
    public void arriveUpTo(long end, long firstOrder) {
        if (!receivable()) {
            headOrder = firstOrder;
        }
        arrived = Math.max(arrived, end);
    }

    /** A message that overtakes has arrived. */
    public void overtake(long position, long order) {
        if (!receivable()) {
            headOrder = order;
        }
        overtaking |= (byte) bit(position);
    }

    /** Messages below a position have been received; the next one, if any, has this order. */
    public void receivedUpTo(long position, long nextOrder) {
        if (position > received) {
            received = position;
            arrived = Math.max(arrived, position);
            headOrder = nextOrder;
        }
    }

    /** A message that overtakes has been received or removed. */
    public void taken(long position) {
        overtaking &= (byte) ~bit(position);
    }

    /** Changes the state; the stage is what the store has been told. */
    public void become(EndpointState next, Stage nextStage) {
        state = (byte) (next.own().ordinal() * FARS + next.far().ordinal());
        stage = (byte) nextStage.ordinal();
    }

    /** It is in another group from here on, and all its messages with it. */
    void moveTo(Group other) {
        group = other;
    }

    /** Everything below this number has been sent. */
    public void sentUpTo(long next) {
        nextOut = next;
    }

    /** The timer is due then; 0 for none. */
    public void timer(long due) {
        timerDue = due == 0 ? null : due;
    }

    /** Whether copies of messages that it has received or sent are kept for it. */
    public boolean retaining() {
        return retaining;
    }

    /** Copies of its messages are kept, or are gone. */
    public void retaining(boolean any) {
        retaining = any;
    }

    /** What it knows of an other side that isn't in this database; null when that is here, or nothing was sent yet. */
    public Transit transit() {
        return transit;
    }

    void transit(Transit to) {
        transit = to;
    }

    private static int bit(long position) {
        return 1 << (int) -position;
    }
}
