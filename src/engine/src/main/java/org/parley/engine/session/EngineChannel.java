package org.parley.engine.session;

import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.transaction.xa.XAResource;
import org.parley.BrokerConnection;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.security.Access;
import org.parley.engine.security.SessionKey;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.BranchResource;
import org.parley.engine.tx.Claim;
import org.parley.spi.Channel;
import org.parley.spi.ScriptListener;

/**
 * A way into one broker database; finds for each call the branch that it belongs to. A script may lead it to another
 * database of the server, until {@link #cleanup}.
 */
public final class EngineChannel implements Channel {

    private final ServerDatabases server;
    private final Supplier<Object> globalTransaction;
    private final Supplier<Claim> claim;
    private final Caller opener;
    private final BranchResource resource;
    private final EngineSession session = new EngineSession(this);
    private final ChannelTables tables = new ChannelTables(this);
    private Visit home;
    private Visit at;
    private Caller caller;
    private Scripts scripts;
    private final Map<String, SessionKey> keys = new HashMap<>();
    private Branch local;
    private Statements localStatements;
    private boolean localManaged;
    private UUID boundTo;
    private boolean outsideAllowed;
    private boolean receives;
    private boolean closed;

    /**
     * A channel.
     *
     * @param server the databases of the server
     * @param home the database
     * @param globalTransaction key of the calling thread's global transaction, or null
     * @param user identity, or null for the owner
     * @param claim claim of the delivery that uses the channel; gives null outside deliveries
     */
    public EngineChannel(
            ServerDatabases server,
            Visit home,
            Supplier<Object> globalTransaction,
            String user,
            Supplier<Claim> claim) {
        this(server, home, globalTransaction, new Caller(home.database(), user), claim);
    }

    private EngineChannel(
            ServerDatabases server,
            Visit home,
            Supplier<Object> globalTransaction,
            Caller opener,
            Supplier<Claim> claim) {
        this.server = server;
        this.home = home;
        this.at = home;
        this.globalTransaction = globalTransaction;
        this.claim = claim;
        this.opener = opener;
        this.caller = opener;
        this.resource =
                new BranchResource(() -> this.home.statements().database().branches(), claim);
    }

    /** A channel for an activated procedure: as a user, in no other database, in no transaction but its own. */
    public static EngineChannel ofProcedure(ServerDatabases server, Visit home, String user) {
        return new EngineChannel(server, home, () -> null, Caller.confined(home.database(), user), () -> null);
    }

    /**
     * Proves the user's identity; from then on the channel works only while the password stays as it is.
     *
     * @throws BrokerException 916 when there is no such user, 18456 when the password is missing or wrong
     */
    public void login(char[] password) {
        opener.login(home.statements(), password);
    }

    /** What the caller may do at this moment. */
    Access access(Statements statements) {
        return caller.access(statements);
    }

    /** Who works through it at the moment. */
    Caller caller() {
        return caller;
    }

    /** Another user of the current database works through it from now on, or the one before. */
    void become(Caller other) {
        caller = other;
    }

    /** The databases around. */
    ServerDatabases server() {
        return server;
    }

    /** What scripts work with; the same one until {@link #cleanup}. */
    public Scripts scripts() {
        checkOpen();
        if (scripts == null) {
            scripts = new Scripts(this);
        }
        return scripts;
    }

    @Override
    public void execute(String script, ScriptListener listener) {
        scripts().run(script, listener);
    }

    /** The master key of the current database as the session has opened it. */
    SessionKey key() {
        return keys.computeIfAbsent(at.database(), name -> new SessionKey());
    }

    /** A RECEIVE or GET CONVERSATION GROUP has run on it. */
    void received() {
        receives = true;
    }

    /** Whether a RECEIVE or GET CONVERSATION GROUP has run on it. */
    public boolean hasReceived() {
        return receives;
    }

    /** Name of the database that the session is in. */
    String current() {
        return at.database();
    }

    /**
     * Leads the session to another database. An open local transaction, in which nothing was done yet, goes on there.
     *
     * @throws BrokerException 911 when there is none of that name, 916 and 18456 when the caller isn't known there
     */
    void moveTo(String database) {
        checkOpen();
        Visit to = server.enter(database);
        Caller there = caller.in(database);
        try {
            if (opener.login() && there.visiting() && !there.impersonating()) {
                there.login(to.statements(), null);
            }
            there.access(to.statements());
        } catch (RuntimeException e) {
            to.close();
            throw e;
        }
        boolean begun = local != null;
        if (begun) {
            commit();
        }
        leave(to);
        caller = there;
        if (begun) {
            begin();
        }
    }

    private void leave(Visit to) {
        tables.endAutocommit();
        at.close();
        if (to.database().equals(home.database())) {
            home = to;
        }
        at = to;
    }

    Statements statements() {
        return at.statements();
    }

    /** Runs a statement in the channel's branch, or in one of its own that commits when it returns. */
    <T> T call(BiFunction<Statements, Branch, T> statement) {
        Branch branch = branch();
        if (branch == null) {
            return alone(statement);
        }
        Statements statements = at.statements();
        if (branch.context() != statements.database().context()) {
            branch.checkActive();
            throw new BrokerException(
                    ErrorNumbers.TRANSACTION_ENDED,
                    "Database '" + at.database() + "' has been read anew from disk since this transaction began.");
        }
        return branch.work(() -> statement.apply(statements, branch));
    }

    /** The branch that it is attached to or has begun, whoever may work in it; or null. */
    Branch transaction() {
        Branch attached = resource.attached();
        return attached == null ? local : attached;
    }

    /** The branch that calls belong to now; null when each is a transaction of its own. */
    Branch branch() {
        checkOpen();
        Branch attached = resource.attached();
        if (attached != null) {
            if (at != home) {
                throw elsewhere();
            }
            return attached;
        }
        if (local != null) {
            return local;
        }
        if (needsEnlistment()) {
            throw new BrokerException(
                    ErrorNumbers.NOT_ENLISTED,
                    "This connection to database '" + at.database()
                            + "' isn't enlisted in the global transaction of the calling thread; get a connection inside"
                            + " the transaction, or one from a factory configured without transactions.");
        }
        return null;
    }

    private BrokerException elsewhere() {
        return new BrokerException(
                ErrorNumbers.NOT_ENLISTED,
                "This connection is enlisted in a global transaction of database '" + home.database()
                        + "', and a script has led it to database '" + at.database() + "'; USE the former again.");
    }

    /** The branch of a global transaction that the channel is attached to, or null. */
    public Branch attached() {
        return resource.attached();
    }

    /** Runs a statement in a branch of its own, whatever else is under way on the channel. */
    <T> T alone(BiFunction<Statements, Branch, T> statement) {
        checkOpen();
        Statements statements = at.statements();
        Branch branch = newBranch(statements);
        try {
            T result = branch.work(() -> statement.apply(statements, branch));
            branch.commit();
            return result;
        } finally {
            branch.rollback();
            statements.database().graph().remove(branch);
        }
    }

    private Branch newBranch(Statements statements) {
        Branch branch = new Branch(statements.database().context(), null, claim.get());
        statements.database().graph().add(branch);
        return branch;
    }

    @Override
    public BrokerConnection session() {
        return session;
    }

    @Override
    public XAResource xaResource() {
        return resource;
    }

    @Override
    public void begin() {
        begin(false);
    }

    @Override
    public void beginManaged() {
        begin(true);
    }

    private void begin(boolean managed) {
        checkOpen();
        if (local != null || resource.attached() != null) {
            throw new BrokerException(
                    ErrorNumbers.TRANSACTION_ENDED,
                    "A transaction is open on this connection to database '" + at.database() + "'; end it first.");
        }
        localStatements = at.statements();
        local = newBranch(localStatements);
        localManaged = managed;
    }

    @Override
    public void commit() {
        Branch branch = takeLocal("commit");
        try {
            branch.commit();
        } finally {
            branch.rollback();
        }
    }

    @Override
    public void rollback() {
        takeLocal("roll back").rollback();
    }

    private Branch takeLocal(String verb) {
        checkOpen();
        if (local == null) {
            throw new BrokerException(
                    ErrorNumbers.TRANSACTION_ENDED,
                    "No local transaction is open on this connection to database '" + at.database() + "': nothing to "
                            + verb + ".");
        }
        Branch branch = local;
        local = null;
        // not of the database as it is open now: that may be another one, or none
        localStatements.database().graph().remove(branch);
        return branch;
    }

    /** Whether a transaction is open on it. */
    boolean inTransaction() {
        return branch() != null;
    }

    /** Whether its transaction is, or would be, one that the container ends. */
    boolean managed() {
        return local == null
                ? resource.attached() != null || globalTransaction.get() != null && !outsideAllowed
                : localManaged;
    }

    /** The local branch, or null. */
    public Branch local() {
        return local;
    }

    @Override
    public void allowOutsideTransaction(boolean allowed) {
        outsideAllowed = allowed;
    }

    @Override
    public boolean needsEnlistment() {
        return resource.attached() == null && local == null && !outsideAllowed && globalTransaction.get() != null;
    }

    @Override
    public String database() {
        return home.database();
    }

    @Override
    public String user() {
        return opener.user();
    }

    @Override
    public UUID boundTo() {
        return boundTo;
    }

    @Override
    public void bind(UUID handle) {
        boundTo = handle;
    }

    @Override
    public boolean isValid() {
        if (closed) {
            return false;
        }
        try {
            at.statements().database().store().ping();
            return true;
        } catch (RuntimeException e) {
            // the question is whether it works; why it doesn't is told by health()
            return false;
        }
    }

    Connection sql() {
        return tables.open();
    }

    /** Where it is at the moment. */
    Visit at() {
        return at;
    }

    @Override
    public void cleanup() {
        if (local != null) {
            takeLocal("roll back").rollback();
        }
        tables.endAutocommit();
        boundTo = null;
        scripts = null;
        keys.values().forEach(SessionKey::close);
        caller = opener;
        if (at != home) {
            goHome();
        }
    }

    private void goHome() {
        try {
            leave(server.enter(home.database()));
        } catch (BrokerException e) {
            // dropped, or the server has stopped: whoever calls next is told
            at.close();
            at = home;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            try {
                cleanup();
            } finally {
                closed = true;
                at.close();
                resource.close();
            }
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new BrokerException(
                    ErrorNumbers.CLOSED, "This connection to database '" + at.database() + "' is closed.");
        }
    }
}
