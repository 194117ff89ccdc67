package org.parley.ra.sight;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.UUID;
import org.parley.ConversationError;

/**
 * Every message that the adapter logs, under its id: those of the engine's events, and here the adapter's own. An id once
 * published keeps its meaning; a retired one is not used again. 10xx: adapter, 11xx: databases and transactions, 12xx:
 * activations and deliveries.
 */
public class RaLog extends EngineLog {

    /** Logs to {@code org.parley}. */
    public RaLog() {
        this(System.getLogger("org.parley"));
    }

    RaLog(Logger logger) {
        super(logger);
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

    /** The adapter can't start. */
    public void adapterFailed(Throwable cause) {
        log(Level.ERROR, 1006, null, "Parley can't start: %s", cause);
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

    /** A reader met an error outside the bean. */
    public void readerFailed(String activation, Throwable cause) {
        log(
                Level.ERROR,
                1206,
                cause,
                "A reader of activation '%s' ended by an error; its group is given back.",
                activation);
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
}
