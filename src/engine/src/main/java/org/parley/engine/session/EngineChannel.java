package org.parley.engine.session;

import java.sql.Connection;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.transaction.xa.XAResource;
import org.parley.BrokerConnection;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.security.Access;
import org.parley.engine.security.Password;
import org.parley.engine.security.PrincipalTable;
import org.parley.engine.security.SecurityErrors;
import org.parley.engine.store.SqlCaller;
import org.parley.engine.store.Store;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.BranchResource;
import org.parley.engine.tx.Claim;
import org.parley.spi.Channel;

/** A way into one broker database; finds for each call the branch that it belongs to. */
public final class EngineChannel implements Channel {

    private final String name;
    private final Supplier<Statements> opened;
    private final Supplier<Object> globalTransaction;
    private final Supplier<Claim> claim;
    private final String user;
    private final BranchResource resource;
    private final EngineSession session = new EngineSession(this);
    private Branch local;
    private Statements localStatements;
    private PrincipalTable resolvedFrom;
    private Access access = Access.OWNER_OF_DATABASE;
    private boolean login;
    private String provenBy;
    private UUID boundTo;
    private boolean outsideAllowed;
    private boolean closed;
    private Store.AutocommitSource autocommit;
    private Store autocommitStore;

    /**
     * A channel.
     *
     * @param name name of the database
     * @param opened the database as it is open at the moment of a call; throws when it isn't
     * @param globalTransaction key of the calling thread's global transaction, or null
     * @param user identity, or null for the owner
     * @param claim claim of the delivery that uses the channel; gives null outside deliveries
     */
    public EngineChannel(
            String name,
            Supplier<Statements> opened,
            Supplier<Object> globalTransaction,
            String user,
            Supplier<Claim> claim) {
        this.name = name;
        this.opened = opened;
        this.globalTransaction = globalTransaction;
        this.user = user;
        this.claim = claim;
        this.resource = new BranchResource(() -> opened.get().database().branches(), claim);
    }

    /**
     * Proves the user's identity; from then on the channel works only while the password stays as it is.
     *
     * @throws BrokerException 916 when there is no such user, 18456 when the password is missing or wrong
     */
    public void login(char[] password) {
        Access user = resolve(opened.get().database().catalog().snapshot().principals());
        // dbo may everything: whoever names it must prove it
        boolean proven = user.verifier() == null
                ? !user.everything()
                : password != null && Password.matches(user.verifier(), password);
        if (!proven) {
            throw SecurityErrors.loginFailed(this.user, name);
        }
        login = true;
        provenBy = user.verifier();
    }

    private Access resolve(PrincipalTable principals) {
        return principals.access(user).orElseThrow(() -> SecurityErrors.unknownUser(user, name));
    }

    /** What the caller may do at this moment. */
    Access access(Statements statements) {
        if (user == null) {
            return access;
        }
        PrincipalTable now = statements.database().catalog().snapshot().principals();
        if (now != resolvedFrom) {
            Access found = resolve(now);
            if (login && !Objects.equals(found.verifier(), provenBy)) {
                throw SecurityErrors.loginFailed(user, name);
            }
            access = found;
            resolvedFrom = now;
        }
        return access;
    }

    Statements statements() {
        return opened.get();
    }

    /** Runs a statement in the channel's branch, or in one of its own that commits when it returns. */
    <T> T call(BiFunction<Statements, Branch, T> statement) {
        Branch branch = branch();
        if (branch == null) {
            return alone(statement);
        }
        Statements statements = opened.get();
        if (branch.context() != statements.database().context()) {
            branch.checkActive();
            throw new BrokerException(
                    ErrorNumbers.TRANSACTION_ENDED,
                    "Database '" + name + "' has been read anew from disk since this transaction began.");
        }
        return branch.work(() -> statement.apply(statements, branch));
    }

    /** The branch that calls belong to now; null when each is a transaction of its own. */
    Branch branch() {
        checkOpen();
        Branch attached = resource.attached();
        if (attached != null) {
            return attached;
        }
        if (local != null) {
            return local;
        }
        if (!outsideAllowed && globalTransaction.get() != null) {
            throw new BrokerException(
                    ErrorNumbers.NOT_ENLISTED,
                    "This connection to database '" + name
                            + "' isn't enlisted in the global transaction of the calling thread; get a connection inside"
                            + " the transaction, or one from a factory configured without transactions.");
        }
        return null;
    }

    /** The branch of a global transaction that the channel is attached to, or null. */
    public Branch attached() {
        return resource.attached();
    }

    /** Runs a statement in a branch of its own, whatever else is under way on the channel. */
    <T> T alone(BiFunction<Statements, Branch, T> statement) {
        checkOpen();
        Statements statements = opened.get();
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
        checkOpen();
        if (local != null || resource.attached() != null) {
            throw new BrokerException(
                    ErrorNumbers.TRANSACTION_ENDED,
                    "A transaction is open on this connection to database '" + name + "'; end it first.");
        }
        localStatements = opened.get();
        local = newBranch(localStatements);
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
                    "No local transaction is open on this connection to database '" + name + "': nothing to " + verb
                            + ".");
        }
        Branch branch = local;
        local = null;
        // not of the database as it is open now: that may be another one, or none
        localStatements.database().graph().remove(branch);
        return branch;
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
    public String database() {
        return name;
    }

    @Override
    public String user() {
        return user;
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
            opened.get().database().store().ping();
            return true;
        } catch (RuntimeException e) {
            // the question is whether it works; why it doesn't is told by health()
            return false;
        }
    }

    Connection sql() {
        return opened.get().database().store().sqlFace(Connection.class, new Host());
    }

    private Store.SqlSource autocommit() {
        Store store = opened.get().database().store();
        if (autocommitStore != store) {
            autocommit = store.autocommit();
            autocommitStore = store;
        }
        return autocommit;
    }

    @Override
    public void cleanup() {
        if (local != null) {
            takeLocal("roll back").rollback();
        }
        if (autocommit != null) {
            autocommit.close();
            autocommit = null;
            autocommitStore = null;
        }
        boundTo = null;
    }

    @Override
    public void close() {
        if (!closed) {
            try {
                cleanup();
            } finally {
                closed = true;
                resource.detach();
            }
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new BrokerException(ErrorNumbers.CLOSED, "This connection to database '" + name + "' is closed.");
        }
    }

    /** Where the JDBC face works. */
    private final class Host implements Store.SqlHost {

        @Override
        public Store.SqlSource source() {
            Branch branch = branch();
            if (branch == null) {
                return autocommit();
            }
            return branch.work(() -> {
                branch.flush();
                return branch.store();
            });
        }

        @Override
        public SqlCaller caller() {
            return user == null ? access : access(opened.get());
        }

        @Override
        public boolean inTransaction() {
            return branch() != null;
        }

        @Override
        public void savepointSet(String savepoint) {
            Branch branch = branch();
            branch.work(() -> {
                branch.savepointSet(savepoint);
                return null;
            });
        }

        @Override
        public void rolledBackTo(String savepoint) {
            Branch branch = branch();
            branch.work(() -> {
                branch.rolledBackTo(savepoint);
                return null;
            });
        }
    }
}
