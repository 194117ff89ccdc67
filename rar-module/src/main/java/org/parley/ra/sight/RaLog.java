package org.parley.ra.sight;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.UUID;
import org.parley.ConversationError;
import org.parley.spi.EngineListener;

/**
 * Every message that the adapter logs, under its id. An id once published keeps its meaning; a retired one is not used
 * again. 10xx: adapter, 11xx: databases and transactions, 12xx: activations and deliveries.
 */
public class RaLog implements EngineListener {

    private final Logger logger;

    /** Logs to {@code org.parley}. */
    public RaLog() {
        this(System.getLogger("org.parley"));
    }

    RaLog(Logger logger) {
        this.logger = logger;
    }

    /** The adapter serves a home directory. */
    public void adapterStarted(Path home, Object databases) {
        log(Level.INFO, 1001, null, "Parley serves home directory '%s', databases %s.", home, databases);
    }

    /** The adapter has stopped. */
    public void adapterStopped(Path home) {
        log(Level.INFO, 1002, null, "Parley has left home directory '%s'.", home);
    }

    /** Something could not be closed at stop. */
    public void stopFailed(Path home, Throwable cause) {
        log(Level.WARNING, 1003, cause, "Parley could not close everything of home directory '%s'.", home);
    }

    /** The server can't be seen over JMX. */
    public void notRegistered(String name, Throwable cause) {
        log(Level.WARNING, 1004, cause, "'%s' could not be registered; it can't be seen over JMX.", name);
    }

    /** The container tells no transactions. */
    public void transactionsUnknown() {
        log(
                Level.WARNING,
                1005,
                null,
                "The container tells no transaction of a thread: a handle used in a transaction in which it isn't"
                        + " enlisted will work outside it.");
    }

    @Override
    public void databaseOpened(String database, UUID brokerInstance, long millis) {
        log(Level.INFO, 1101, null, "Broker database '%s' (%s) opened in %d ms.", database, brokerInstance, millis);
    }

    @Override
    public void databaseFailed(String database, Throwable cause) {
        log(Level.ERROR, 1102, cause, "Broker database '%s' failed and is read anew from disk.", database);
    }

    @Override
    public void committed(String database, boolean onePhase, boolean readOnly) {
        log(
                Level.TRACE,
                1103,
                null,
                "Branch in '%s' committed, one phase: %s, read only: %s.",
                database,
                onePhase,
                readOnly);
    }

    @Override
    public void rolledBack(String database, Throwable cause) {
        log(Level.DEBUG, 1104, cause, "Branch in '%s' rolled back.", database);
    }

    @Override
    public void prepared(String database) {
        log(Level.TRACE, 1105, null, "Branch in '%s' prepared.", database);
    }

    @Override
    public void engineTransactionFailed(String database, String what, Throwable cause) {
        log(Level.WARNING, 1106, cause, "In '%s' this failed and is tried again: %s.", database, what);
    }

    @Override
    public void activationWaiting(String activation, String reason) {
        log(Level.WARNING, 1201, null, "Activation '%s' waits: %s", activation, reason);
    }

    @Override
    public void activationStarted(String activation, String database, String queue) {
        log(Level.INFO, 1202, null, "Activation '%s' reads queue '%s' of '%s'.", activation, queue, database);
    }

    /** An activation's readers didn't end in time. */
    public void activationStopsLate(String activation, long seconds) {
        log(
                Level.WARNING,
                1203,
                null,
                "Readers of activation '%s' are still at work after %d s; what they do will be rolled back.",
                activation,
                seconds);
    }

    @Override
    public void typeNotHandled(String activation, String queue, String messageType) {
        log(
                Level.WARNING,
                1204,
                null,
                "Contracts of queue '%s' allow message type '%s', but activation '%s' has no method for it; such a"
                        + " message will end its conversation with error 8428.",
                queue,
                messageType,
                activation);
    }

    @Override
    public void readerUnavailable(String activation, Throwable cause) {
        log(Level.WARNING, 1205, cause, "No reader could be started for activation '%s'; tried again.", activation);
    }

    /** A reader met an error outside the bean. */
    public void readerFailed(String activation, Throwable cause) {
        log(
                Level.ERROR,
                1206,
                cause,
                "A reader of activation '%s' ended by an error; its group is given back.",
                activation);
    }

    @Override
    public void deliveryFailed(String activation, UUID conversation, Throwable cause) {
        log(
                Level.WARNING,
                1207,
                cause,
                "A delivery of activation '%s' on conversation %s was rolled back.",
                activation,
                conversation);
    }

    @Override
    public void queueDisabled(String database, String queue) {
        log(
                Level.ERROR,
                1208,
                null,
                "Queue '%s' of '%s' was turned off after five rollbacks in a row; turn it on with ALTER QUEUE ... WITH"
                        + " STATUS = ON when the cause is mended.",
                queue,
                database);
    }

    /** An Error message that no method takes; the conversation is ended. */
    public void errorReceived(String activation, UUID conversation, ConversationError error) {
        log(
                Level.WARNING,
                1209,
                null,
                "Conversation %s was ended by the other side with error %d: %s (activation '%s' has no @OnError method)",
                conversation,
                error.code(),
                error.description(),
                activation);
    }

    /** A timer message that no method takes. */
    public void timerPassed(String activation, UUID conversation) {
        log(
                Level.WARNING,
                1210,
                null,
                "The timer of conversation %s has passed; activation '%s' has no @OnTimer method for it.",
                conversation,
                activation);
    }

    private void log(Level level, int id, Throwable cause, String text, Object... values) {
        if (logger.isLoggable(level)) {
            String message = "PARLEY-" + id + " " + String.format(text, values);
            if (cause == null) {
                logger.log(level, message);
            } else {
                logger.log(level, message, cause);
            }
        }
    }
}
