package org.parley.engine;

import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.parley.spi.EngineListener;

/** A listener that remembers, one line an event. */
public final class Heard implements EngineListener {

    private final List<String> lines = new ArrayList<>();
    private volatile Runnable whenDatabaseFails = () -> {};

    private synchronized void add(String line) {
        lines.add(line);
    }

    /** What it has heard so far. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** What it has heard that begins with a word. */
    public List<String> lines(String word) {
        return lines().stream().filter(line -> line.startsWith(word)).toList();
    }

    /** Forgets everything. */
    public synchronized void clear() {
        lines.clear();
    }

    /** Waits for a line that begins with a text. */
    public void await(String start) {
        eventually().holds("event " + start, () -> !lines(start).isEmpty());
    }

    /** Runs something when a database has failed, before its memory is discarded. */
    public void whenDatabaseFails(Runnable does) {
        whenDatabaseFails = does;
    }

    @Override
    public void databaseFailed(String database, Throwable cause) {
        add("failed " + database);
        whenDatabaseFails.run();
    }

    @Override
    public void committed(String database, boolean onePhase, boolean readOnly) {
        add("committed " + (onePhase ? "one phase" : "two phases") + (readOnly ? ", read-only" : ""));
    }

    @Override
    public void rolledBack(String database, Throwable cause) {
        add("rolled back" + (cause == null ? "" : ": " + cause.getMessage()));
    }

    @Override
    public void prepared(String database) {
        add("prepared");
    }

    @Override
    public void branchDecided(String database, String xid, boolean commit, String by) {
        add("decided " + xid + (commit ? " committed" : " rolled back") + " by " + by);
    }

    @Override
    public void queueDisabled(String database, String queue) {
        add("queue off: " + queue);
    }

    @Override
    public void groupSuspended(String database, String queue, UUID group, String failure) {
        add("suspended: " + group + " of " + queue + ": " + failure);
    }

    @Override
    public void activationWaiting(String activation, String reason) {
        add("waiting: " + reason);
    }

    @Override
    public void activationStarted(String activation, String database, String queue) {
        add("started: " + queue);
    }

    @Override
    public void typeNotHandled(String activation, String queue, String messageType) {
        add("not handled: " + messageType);
    }

    @Override
    public void readerUnavailable(String activation, Throwable cause) {
        add("unavailable: " + cause.getMessage());
    }

    @Override
    public void deliveryFailed(String activation, UUID conversation, Throwable cause) {
        add("delivery failed: " + cause);
    }

    @Override
    public void readersSilent(String database, String queue, Duration silence, int readers) {
        add("silent: " + queue + ", " + silence.toSeconds() + " s, readers " + readers);
    }

    @Override
    public void eventNotificationDropped(String database, String notification, String reason) {
        add("notification dropped: " + notification + ": " + reason);
    }

    @Override
    public void engineTransactionFailed(String database, String what, Throwable cause) {
        add("engine transaction failed: " + what + ": " + cause);
    }
}
