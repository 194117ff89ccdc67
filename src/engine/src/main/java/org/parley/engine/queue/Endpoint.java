package org.parley.engine.queue;

import java.util.UUID;
import org.parley.engine.conversation.EndpointState;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.Positions;

/**
 * A conversation endpoint as committed. The holder of the group lock changes its own part when it commits; arrivals
 * change the rest. Guarded by the table's lock.
 */
public final class Endpoint {

    private EndpointRow begun;
    private Group group;
    private EndpointState state;
    private Stage stage;
    private long nextOut;
    private long received;
    private long arrived;
    private long headOrder;
    private int overtaking;
    private long timerDue;
    private Transit transit;

    /**
     * An endpoint with nothing waiting.
     *
     * @param row what doesn't change, and the first values of what does
     */
    public Endpoint(EndpointRow row, Group group, EndpointState state, long nextOut) {
        this.begun = row;
        this.group = group;
        this.state = state;
        this.stage = row.stage();
        this.nextOut = nextOut;
        this.received = row.received();
        this.arrived = row.received();
    }

    /** Id in the store. */
    public long id() {
        return begun.id();
    }

    /** Id of the other side. */
    public long far() {
        return begun.far();
    }

    /** Handle of this side. */
    public UUID handle() {
        return begun.handle();
    }

    /** What was given when it began, in the group that it is in: only stage and received of it may be out of date. */
    public EndpointRow begun() {
        return begun;
    }

    /** The row as it is committed now. */
    public EndpointRow row() {
        return begun.with(stage, received);
    }

    /** Its group. */
    public Group group() {
        return group;
    }

    /** 1 to 10. */
    public int priority() {
        return begun.priority();
    }

    /** State as committed. */
    public EndpointState state() {
        return state;
    }

    /** The stage that the store has. */
    public Stage stage() {
        return stage;
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
        return timerDue;
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
        return state.own().over() ? 0 : arrived - received + Integer.bitCount(overtaking);
    }

    /** Whether there is something to receive. */
    public boolean receivable() {
        return !state.own().over() && (overtaking != 0 || arrived > received);
    }

    /** Queuing order of its oldest message that can be received. */
    public long headOrder() {
        return headOrder;
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
        overtaking |= bit(position);
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
        overtaking &= ~bit(position);
    }

    /** Changes the state; the stage is what the store has been told. */
    public void become(EndpointState next, Stage nextStage) {
        state = next;
        stage = nextStage;
    }

    /** It is in another group from here on, and all its messages with it. */
    void moveTo(Group other) {
        group = other;
        begun = begun.inGroup(other.id());
    }

    /** Everything below this number has been sent. */
    public void sentUpTo(long next) {
        nextOut = next;
    }

    /** The timer is due then; 0 for none. */
    public void timer(long due) {
        timerDue = due;
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
