package org.parley.engine.queue;

import java.util.TreeMap;
import java.util.UUID;
import org.parley.engine.store.TransitRow;

/**
 * What an endpoint knows of an other side that is not in its own database, and of the way there. Guarded by the table's
 * lock; only what {@link TransitRow} has survives the process, the rest is found out again.
 */
public final class Transit {

    /** Pauses before a message is sent again: 4, 8, 16, 32, then every 64 seconds; service-broker.md, section 4.4. */
    private static final long[] PAUSES_MILLIS = {4_000, 8_000, 16_000, 32_000, 64_000};

    private UUID farBroker;
    private long acknowledged;
    private long confirmed;
    private long sentTo;
    private long endPosition = TransitRow.NO_END;
    private TreeMap<Long, Long> early;
    private String status = "";
    private int attempts;
    private long retryDue;
    private boolean tried;
    private boolean awaitsQueue;
    private boolean settled;
    private long guardEnds;
    private boolean errorOwed;
    private long seen;
    private boolean ackOwed;
    private long ackSent;

    /** Of an endpoint that nothing has been heard of from elsewhere. */
    public Transit() {}

    /** Of a stored row: what was sent before may have arrived. */
    public Transit(TransitRow row) {
        farBroker = row.farBroker();
        acknowledged = row.acknowledged();
        confirmed = acknowledged;
        sentTo = acknowledged;
        endPosition = row.endPosition();
        guardEnds = row.guardEnds();
        tried = true;
    }

    /** What is to be stored of it. */
    public TransitRow row(long endpoint) {
        return new TransitRow(endpoint, farBroker, acknowledged, endPosition, guardEnds);
    }

    /** Broker instance of the other side, or null while nobody has answered. */
    public UUID farBroker() {
        return farBroker;
    }

    /** The broker that answered first has the other side from then on. */
    public void answeredBy(UUID broker) {
        farBroker = broker;
    }

    /** Sequence numbers below it have arrived there and are deleted here. */
    public long acknowledged() {
        return acknowledged;
    }

    /** Everything below has been deleted here. */
    public void deletedTo(long end) {
        acknowledged = Math.max(acknowledged, end);
        confirm(acknowledged);
    }

    /** Sequence numbers below it have arrived there, deleted here or not. */
    public long confirmed() {
        return confirmed;
    }

    /**
     * The other side says that it has everything below a number.
     *
     * @return whether that is news
     */
    public boolean confirm(long end) {
        if (end <= confirmed) {
            return false;
        }
        confirmed = end;
        sentTo = Math.max(sentTo, end);
        attempts = 0;
        status = "";
        return true;
    }

    /** Sequence numbers below it are on their way. */
    public long sentTo() {
        return sentTo;
    }

    /** Everything below a number has been handed over to the link. */
    public void sent(long end) {
        sentTo = Math.max(sentTo, end);
        tried = true;
        status = "";
    }

    /** What hasn't been confirmed is to be sent once more. */
    public void sendAgain() {
        sentTo = confirmed;
    }

    /** Whether the other side may have heard of this conversation. */
    public boolean tried() {
        return tried;
    }

    /** It may have: an earlier process may have sent. */
    public void mayHaveArrived() {
        tried = true;
    }

    /** Why it waits, with its number, or empty. */
    public String status() {
        return status;
    }

    /** It waits, and why. */
    public void waits(String why) {
        status = why;
    }

    /**
     * The next attempt is noted.
     *
     * @return when it is due, in milliseconds of the epoch
     */
    public long retryAfter(long now) {
        retryDue = now + PAUSES_MILLIS[Math.min(attempts, PAUSES_MILLIS.length - 1)];
        attempts++;
        return retryDue;
    }

    /**
     * Something of it waits for a queue that is off.
     *
     * @return false when that was known
     */
    public boolean awaitQueue() {
        boolean news = !awaitsQueue;
        awaitsQueue = true;
        return news;
    }

    /** The queue is on. */
    public void queueIsOn() {
        awaitsQueue = false;
        status = "";
    }

    /** When the next attempt is due, or 0. */
    public long retryDue() {
        return retryDue;
    }

    /** No attempt is due any more. */
    public void noRetry() {
        retryDue = 0;
    }

    /** Something has changed that may open the way: pauses begin with the shortest. */
    public void patienceAnew() {
        attempts = 0;
    }

    /** Position of the other side's EndDialog, or -1. */
    public long endPosition() {
        return endPosition;
    }

    /** The other side's EndDialog has arrived at a position. */
    public void endAt(long position) {
        endPosition = position;
    }

    /** Whether the other side has deleted its first message, so that nothing can begin this dialog again. */
    public boolean settled() {
        return settled;
    }

    /** The other side has deleted its first message. */
    public void settle() {
        settled = true;
    }

    /** When a closed side goes whose question can't be asked, in milliseconds of the epoch, or 0 as long as it can. */
    public long guardEnds() {
        return guardEnds;
    }

    /** The question can't be asked, or, with 0, it has been answered. */
    public void guardEnds(long when) {
        guardEnds = when;
    }

    /** Whether the other side is still to hear of an error that has broken off the conversation here. */
    public boolean errorOwed() {
        return errorOwed;
    }

    /** The other side is to hear of an error; what is owed is on disk. */
    public void oweError() {
        errorOwed = true;
    }

    /** The error has arrived there, or goes with this side's end. */
    public void errorTold() {
        errorOwed = false;
    }

    /** Keeps a message that has arrived before an earlier one. */
    public void keepEarly(long position, long order) {
        if (early == null) {
            early = new TreeMap<>();
        }
        early.put(position, order);
    }

    /** Whether a message that is not yet in turn lies there. */
    public boolean hasEarly(long position) {
        return early != null && early.containsKey(position);
    }

    /** Positions of messages not yet in turn, with their queuing orders; not to be changed. */
    public TreeMap<Long, Long> early() {
        return early == null ? new TreeMap<>() : early;
    }

    /** End of the positions at which messages lie, in turn or before their turn, when those in turn end at one. */
    public long endFrom(long arrived) {
        return early == null || early.isEmpty() ? arrived : Math.max(arrived, early.lastKey() + 1);
    }

    /**
     * The messages from a position on that have become in turn.
     *
     * @return end of the positions that have arrived without a gap
     */
    public long closeGap(long arrived) {
        long end = arrived;
        while (early != null && early.remove(end) != null) {
            end++;
        }
        return end;
    }

    /** Everything of the other side below this has been taken or thrown away; what the next acknowledgement says. */
    public long seen() {
        return seen;
    }

    /** Everything of the other side below a number has been taken, and its sender is owed an acknowledgement. */
    public void see(long end) {
        seen = Math.max(seen, end);
        ackOwed = true;
    }

    /** Whether an acknowledgement is owed. */
    public boolean ackOwed() {
        return ackOwed;
    }

    /** Number of messages that have been taken since the last acknowledgement. */
    public long unacknowledged() {
        return seen - ackSent;
    }

    /** An acknowledgement up to a number has gone out. */
    public void acknowledgedUpTo(long end) {
        ackSent = Math.max(ackSent, end);
        ackOwed = ackOwed && seen > end;
    }
}
