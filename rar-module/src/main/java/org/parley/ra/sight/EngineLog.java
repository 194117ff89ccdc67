package org.parley.ra.sight;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.UUID;
import org.parley.BrokerException;
import org.parley.ScriptMessage;
import org.parley.spi.EngineListener;

/** What the engine tells, logged: one id for each event. Ids are given out in {@link RaLog}. */
class EngineLog implements EngineListener {

    private final Logger logger;

    EngineLog(Logger logger) {
        this.logger = logger;
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
    public void branchDecided(String database, String xid, boolean commit, String by) {
        log(
                Level.WARNING,
                1107,
                null,
                "Transaction %s in '%s' was %s by '%s', in place of its transaction manager.",
                xid,
                database,
                commit ? "committed" : "rolled back",
                by);
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
    public void readersSilent(String database, String queue, Duration silence, int readers) {
        log(
                Level.WARNING,
                1220,
                null,
                "Queue '%s' of '%s' has messages and %d readers, of which none has received for %d s; does the server"
                        + " give them threads and beans?",
                queue,
                database,
                readers,
                silence.toSeconds());
    }

    @Override
    public void procedureSaid(String database, String queue, String procedure, ScriptMessage message) {
        log(
                message.isError() ? Level.WARNING : Level.INFO,
                1222,
                null,
                "Activated procedure '%s' of queue '%s' of '%s' says: %s",
                procedure,
                queue,
                database,
                message);
    }

    @Override
    public void procedureFailed(String database, String queue, String procedure, BrokerException reason) {
        log(
                Level.ERROR,
                1223,
                reason,
                "Activated procedure '%s' of queue '%s' of '%s': %s",
                procedure,
                queue,
                database,
                reason.getMessage());
    }

    @Override
    public void eventNotificationDropped(String database, String notification, String reason) {
        log(
                Level.ERROR,
                1221,
                null,
                "Event notification %s of '%s' was dropped, since its dialog is broken: %s",
                notification,
                database,
                reason);
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

    @Override
    public void groupSuspended(String database, String queue, UUID group, String failure) {
        log(
                Level.ERROR,
                1211,
                null,
                "Conversation group %s of queue '%s' of '%s' was set aside after five rollbacks in a row; resume it, skip its"
                        + " next message or end its conversations. The last failure: %s",
                group,
                queue,
                database,
                failure == null ? "not known" : failure);
    }

    final void log(Level level, int id, Throwable cause, String text, Object... values) {
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
