package org.parley.spi;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.parley.BrokerException;
import org.parley.ScriptMessage;

/**
 * Hears what happens in the engine. Called on the thread where it happens, after the fact; must return soon and not
 * throw. Every method does nothing unless overridden.
 */
public interface EngineListener {

    /** A database is open. */
    default void databaseOpened(String database, UUID brokerInstance, long millis) {}

    /** A database failed and is read anew from disk. */
    default void databaseFailed(String database, Throwable cause) {}

    /** A branch was committed; {@code onePhase} tells how. */
    default void committed(String database, boolean onePhase, boolean readOnly) {}

    /** A branch was rolled back; the cause is null when its owner asked for it. */
    default void rolledBack(String database, Throwable cause) {}

    /** A branch was prepared. */
    default void prepared(String database) {}

    /** An operator has decided the outcome of a prepared branch, in place of its transaction manager. */
    default void branchDecided(String database, String xid, boolean commit, String by) {}

    /** A queue was turned off after five rollbacks in a row. */
    default void queueDisabled(String database, String queue) {}

    /**
     * A conversation group was set aside after five rollbacks in a row.
     *
     * @param failure why the last one was rolled back, or null when that isn't known
     */
    default void groupSuspended(String database, String queue, UUID group, String failure) {}

    /** An activation waits for something that doesn't exist yet. */
    default void activationWaiting(String activation, String reason) {}

    /** An activation reads its queue. */
    default void activationStarted(String activation, String database, String queue) {}

    /** A message type that the queue's contracts allow is taken by no method of the reader. */
    default void typeNotHandled(String activation, String queue, String messageType) {}

    /** A reader could not be started; tried again later. */
    default void readerUnavailable(String activation, Throwable cause) {}

    /** A delivery was rolled back. */
    default void deliveryFailed(String activation, UUID conversation, Throwable cause) {}

    /** Classes of the broker events that it wants to hear; asked once, when the server is opened. What nobody wants isn't made. */
    default Set<BrokerEvent.Kind> brokerEvents() {
        return Set.of();
    }

    /**
     * A broker event of a class that it wants. It is true already: what a transaction has done is heard after its commit, in
     * the order of commits, one event at a time. An event can be lost when the process ends between the two.
     */
    default void brokerEvent(BrokerEvent event) {}

    /**
     * Activated readers of a queue have been started and for that long none has received anything; told once for each start
     * after which it is so.
     */
    default void readersSilent(String database, String queue, Duration silence, int readers) {}

    /** An activated procedure has said something, or has met an error that no CATCH took; error 9724 of service-broker.md. */
    default void procedureSaid(String database, String queue, String procedure, ScriptMessage message) {}

    /**
     * An activated procedure could not be started, or has failed.
     *
     * @param reason why: 9613 its user or 9614 it itself is missing, 28085 the queue is gone or 28086 off, 28087 it has ended
     *     without a RECEIVE and is not started again until ACTIVATION is turned off and on, 28088 it has ended by an error
     */
    default void procedureFailed(String database, String queue, String procedure, BrokerException reason) {}

    /** The dialog of an event notification is broken, so the notification was dropped. */
    default void eventNotificationDropped(String database, String notification, String reason) {}

    /** An engine transaction failed and is tried again. */
    default void engineTransactionFailed(String database, String what, Throwable cause) {}
}
