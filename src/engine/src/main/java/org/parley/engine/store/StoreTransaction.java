package org.parley.engine.store;

import java.util.List;
import java.util.UUID;
import javax.transaction.xa.XAException;

/**
 * One transaction on one connection. Used by one thread at a time.
 *
 * <p>Once a method has thrown a {@link StoreException} that is fatal, or a statement of the JDBC face has, the
 * transaction is gone: {@link #lost()} tells why and every further call fails with it.
 */
public interface StoreTransaction extends Store.SqlSource {

    /** Writes a new endpoint. */
    void insertEndpoint(EndpointRow row);

    /** Writes what the holder of the group lock may change. */
    void updateEndpoint(long id, EndpointRow.Stage stage, long received);

    /** Puts an endpoint into another group. */
    void moveEndpoint(long id, UUID group);

    /** Removes an endpoint row; does nothing when there is none. */
    void deleteEndpoint(long id);

    /** Writes a message; of one whose body lies apart and isn't here, {@link #bodies} has got the pieces before. */
    void insertMessage(MessageRow row);

    /**
     * Messages of an endpoint, positions inclusive, ascending, at most so many, without bodies that lie apart. Never reads past
     * {@code to}.
     */
    List<MessageRow> readMessages(long endpoint, long from, long to, int most);

    /** Deletes messages of an endpoint with their bodies, positions inclusive; returns how many there were. */
    int deleteMessages(long endpoint, long from, long to);

    /**
     * The same, but leaves bodies that lie apart: they can be read until {@link Bodies#delete}. Where none does, nobody looks for
     * them.
     */
    int takeMessages(long endpoint, long from, long to);

    /** Bodies that lie apart. */
    Bodies bodies();

    /**
     * Keeps a copy of a message, whose body is still there, for an endpoint until {@link #deleteRetained}.
     *
     * @param sent whether the endpoint has sent it; else it has received it
     */
    void retain(long endpoint, boolean sent, MessageRow message);

    /** Deletes all copies of an endpoint. */
    void deleteRetained(long endpoint);

    /** Sets or replaces an endpoint's conversation timer, in milliseconds of the epoch. */
    void setTimer(long endpoint, long due);

    /** Removes an endpoint's timer; does nothing when there is none. */
    void clearTimer(long endpoint);

    /** Writes, or writes anew, what an endpoint knows of its other side in another database. Engine transactions only. */
    void putTransit(TransitRow row);

    /** Removes that; does nothing when there is none. */
    void deleteTransit(long endpoint);

    /** Writes, or writes anew, that a group is suspended. Who does that, or takes it back, holds the group. */
    void putSuspension(SuspensionRow row);

    /** A group is suspended no more; does nothing when it isn't. */
    void deleteSuspension(UUID group);

    /** Writes the manifest of a branch about to be prepared, over what is left in its slot; a rollback brings that back. */
    void writeManifest(ManifestRow row);

    /** Whether anything has been written in it. */
    boolean hasWritten();

    /** Writes the outcome of a prepared branch that an operator has decided. */
    void insertDecision(DecisionRow row);

    /** Its transaction manager has forgotten a branch whose outcome was decided; the row stays as a record. */
    void forgetDecision(DecisionRow row, long at);

    /** Definitions. */
    CatalogWriter catalog();

    /**
     * Commits a local transaction, or a global one in one phase. After a fatal failure other than
     * {@link StoreException.Kind#UNAVAILABLE} it is rolled back; any other leaves the outcome unknown.
     */
    void commit();

    /** Rolls back, whatever the state; the connection is of use again or thrown away. */
    void rollback();

    /**
     * Prepares a global transaction.
     *
     * @return whether there is something to commit; if not, the transaction has ended
     * @throws XAException with a code and a cause
     */
    boolean prepare() throws XAException;

    /** Commits a prepared global transaction. After a failure only the database's log knows whether it did. */
    void commitPrepared();

    /** Why the database has rolled this transaction back by itself, or null. */
    StoreException lost();
}
