package org.parley.engine.store;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.transaction.xa.Xid;

/** The storage of one broker database. Safe for all threads; failures are {@link StoreException}s. */
public interface Store extends AutoCloseable {

    /** The broker instance, made when the database was created. */
    UUID brokerInstance();

    /**
     * Gives the database another broker instance with delivery on, and removes all conversations with their messages: all or
     * nothing. Nothing else may be under way.
     */
    void renew(UUID broker);

    /** Everything that memory needs at open, read without waiting for the locks of prepared transactions. */
    StoredState load();

    /** Principals and permissions, read without waiting. */
    SecurityRows security();

    /** Endpoint rows and message ranges of some endpoints, as committed; for use after an in-doubt branch was resolved. */
    StoredEndpoints reload(Collection<Long> endpoints);

    /**
     * Reserves conversation numbers, durably, in a small transaction of its own; a number is never given twice.
     *
     * @return the first of {@code count} successive numbers
     */
    long reserveConversations(int count);

    /** Begins a local transaction. */
    StoreTransaction begin();

    /** Begins a global transaction with the qualifier that will carry it. */
    StoreTransaction begin(Xid carrier);

    /** Prepared transactions, read from the database at each call. */
    List<Xid> inDoubt();

    /** Decisions of operators about prepared transactions that have not been forgotten, the oldest first. */
    List<DecisionRow> decisions();

    /** Commits a prepared transaction that no {@link StoreTransaction} of this process stands for. */
    void commitInDoubt(Xid xid);

    /** Rolls such a transaction back. */
    void rollbackInDoubt(Xid xid);

    /**
     * Committed messages of an endpoint, positions inclusive, ascending, at most so many, without bodies that lie apart; outside
     * any transaction.
     */
    List<MessageRow> peek(long endpoint, long from, long to, int most);

    /** The same with all of their bodies. */
    default List<MessageRow> peekWhole(long endpoint, long from, long to, int most) {
        List<MessageRow> rows = peek(endpoint, from, to, most);
        rows.replaceAll(row -> row.bodyApart() ? row.with(peekBody(row).bytes()) : row);
        return rows;
    }

    /** A piece of a body that lies apart, in the same way; null when it is gone. */
    byte[] peekPiece(long endpoint, long position, int number);

    /** The body of a message that was peeked at. */
    default Pieces peekBody(MessageRow message) {
        return new Pieces(message.length(), number -> peekPiece(message.endpoint(), message.position(), number));
    }

    /**
     * Messages of an endpoint, positions inclusive, ascending, at most so many, seen without waiting for any lock: those
     * that a running transaction receives may be missing, those that one sends may be there.
     */
    List<MessageRow> look(long endpoint, long from, long to, int most);

    /** A piece of a body that lies apart, seen in the same way; null when it is gone. */
    byte[] lookAtPiece(long endpoint, long position, int number);

    /**
     * Messages that an endpoint has retained, by queuing orders, inclusive, ascending, at most so many, seen in the same
     * way; what a running transaction retains may be there.
     *
     * @param sent those that it has sent; else those that it has received
     */
    List<MessageRow> lookAtRetained(long endpoint, boolean sent, long from, long to, int most);

    /** A piece of a body of those; null when it is gone. */
    byte[] lookAtRetainedPiece(long endpoint, boolean sent, long order, int number);

    /** Who waits for whom in the database's own lock table at this moment; transactions that wait for nobody are absent. */
    Map<StoreTransaction, Set<StoreTransaction>> waits();

    /** Opens a way for JDBC statements outside any transaction, each committed for itself. */
    AutocommitSource autocommit();

    /**
     * The JDBC face: an object of the given type (only {@code java.sql.Connection} is known) that works wherever the host
     * says, and guards commit, isolation and the engine's own schema.
     */
    <C> C sqlFace(Class<C> type, SqlHost host);

    /** From now on, until it is closed, the views of this database show these rows. */
    void show(SystemRows rows);

    /** Copies the database as it is at one moment of the call, while it is in use, into a directory that must not exist. */
    void backup(Path directory);

    /** Asks the database something cheap. */
    void ping();

    @Override
    void close();

    /** A transaction that is kept from being ended. */
    interface Hold {

        /** None. */
        Hold NONE = new Hold() {
            @Override
            public boolean covers(SqlSource source) {
                return source instanceof AutocommitSource;
            }

            @Override
            public void release() {
                // nothing is held
            }
        };

        /** Whether nobody else can end the source meanwhile: it is the transaction that is held, or none. */
        boolean covers(SqlSource source);

        /** It may be ended again; one that was to be is ended now. By the thread that holds it. */
        void release();
    }

    /** Where statements of the JDBC face may run: a transaction or an {@link AutocommitSource}. */
    interface SqlSource {}

    /** A connection that commits each statement. */
    interface AutocommitSource extends SqlSource, AutoCloseable {
        @Override
        void close();
    }

    /** The owner of a JDBC face. */
    interface SqlHost {

        /** Keeps the transaction that statements run in, if there is one, from being ended by other threads. */
        Hold hold();

        /**
         * Where the next statement runs. Called before each statement, so that what the owner still holds back can be
         * written first; throws what keeps statements from running.
         */
        SqlSource source();

        /** For whom statements run at the moment; throws what keeps them from running. */
        SqlCaller caller();

        /** Whether statements run in a transaction at the moment. */
        boolean inTransaction();

        /** A savepoint was set through the face; the name is unique in the transaction. */
        void savepointSet(String name);

        /** The transaction was rolled back to a savepoint. */
        void rolledBackTo(String name);
    }
}
