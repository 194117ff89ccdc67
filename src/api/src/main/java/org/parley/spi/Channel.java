package org.parley.spi;

import java.util.UUID;
import javax.transaction.xa.XAResource;
import org.parley.BrokerConnection;
import org.parley.BrokerException;

/**
 * A way into one broker database, as a managed connection holds it. It works in the branch it is attached to: by its
 * XAResource, by a local transaction, or, with neither, in a branch of its own for each call.
 */
public interface Channel extends AutoCloseable {

    /** The session, always the same one; works in whatever branch the channel is attached to at the moment. */
    BrokerConnection session();

    /**
     * Runs a script as {@link BrokerConnection#execute} does, and gives what it gives as it comes, errors too.
     *
     * @throws BrokerException {@link org.parley.ErrorNumbers#NO_LANGUAGE} when parley-sql is missing; else only what the
     *     listener throws, which ends the script
     */
    void execute(String script, ScriptListener listener);

    /** The resource through which a transaction manager attaches this channel to branches. */
    XAResource xaResource();

    /**
     * Begins a local transaction.
     *
     * @throws BrokerException when a transaction is open
     */
    void begin();

    /**
     * The same for a container: scripts may not end it, nor begin one inside.
     *
     * @throws BrokerException when a transaction is open
     */
    void beginManaged();

    /**
     * Commits the local transaction.
     *
     * @throws BrokerException {@link org.parley.ErrorNumbers#TRANSACTION_ENDED} when it has been rolled back
     */
    void commit();

    /** Rolls the local transaction back. */
    void rollback();

    /**
     * Whether handles may work outside the global transaction of the calling thread; false unless set. For factories
     * that were configured without transactions.
     */
    void allowOutsideTransaction(boolean allowed);

    /**
     * Whether the calling thread has a global transaction that the channel must be enlisted in before it works; until
     * then its calls fail with {@link org.parley.ErrorNumbers#NOT_ENLISTED}.
     */
    boolean needsEnlistment();

    /** Broker database that it was opened on; a script may have led {@link #session()} to another one. */
    String database();

    /** Identity, or null for the database's owner. */
    String user();

    /** The conversation endpoint this channel is bound to, or null. */
    UUID boundTo();

    /** Binds the channel to a conversation endpoint, or to none. */
    void bind(UUID handle);

    /** Whether the store answers. Asks it. */
    boolean isValid();

    /** Makes the channel fit for another caller: rolls an open local transaction back, closes statements, unbinds, ends what scripts have set. */
    void cleanup();

    /** Cleans up and gives everything free. A branch in a global transaction stays with its transaction manager. */
    @Override
    void close();
}
