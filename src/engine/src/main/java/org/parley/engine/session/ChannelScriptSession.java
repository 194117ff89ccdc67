package org.parley.engine.session;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.parley.BrokerConnection;
import org.parley.BrokerException;
import org.parley.DatabaseOptions;
import org.parley.ErrorNumbers;
import org.parley.Permission;
import org.parley.ProcedureDefinition;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.security.Access;
import org.parley.engine.security.SecurityErrors;
import org.parley.engine.store.CatalogRows.ProcedureRow;
import org.parley.spi.BrokerClock;
import org.parley.spi.ScriptSession;

/** What a script does with a channel. */
final class ChannelScriptSession implements ScriptSession {

    private static final int WORKED_ELSEWHERE = 226;
    private static final int UNKNOWN_PROCEDURE = 2812;
    private static final int CANNOT_IMPERSONATE = 15517;
    private static final int REVERTED_ELSEWHERE = 15357;

    private final EngineChannel channel;
    private Object kept;

    ChannelScriptSession(EngineChannel channel) {
        this.channel = channel;
    }

    @Override
    public BrokerConnection connection() {
        return channel.session();
    }

    @Override
    public String user() {
        return channel.caller().access(channel.statements()).name();
    }

    @Override
    public String userName(int id) {
        return channel.statements().database().catalog().snapshot().principals().nameOf(id);
    }

    @Override
    public void use(String database) {
        String lower = database.toLowerCase(Locale.ROOT);
        String name = ServerDatabases.SYSTEM.contains(lower) ? lower : database;
        if (name.equals(channel.current())) {
            return;
        }
        if (channel.managed() || channel.local() != null && !channel.local().untouched()) {
            throw new BrokerException(
                    WORKED_ELSEWHERE,
                    "USE '" + name + "' is not allowed while a transaction is open that works in database '"
                            + channel.current() + "': one transaction belongs to one database. End it first.");
        }
        Caller caller = channel.caller();
        if (caller.impersonating() && !caller.visiting() && !trusted()) {
            throw new BrokerException(
                    ErrorNumbers.UNKNOWN_USER,
                    "User '" + user() + "' has no access to database '" + name + "': EXECUTE AS holds in database '"
                            + channel.current() + "' only, since that one is not TRUSTWORTHY. Set it so, or REVERT"
                            + " first.");
        }
        channel.moveTo(name);
    }

    /** Whether other databases believe this one who its users are; all belong to the server's owner. */
    private boolean trusted() {
        return channel.statements().database().catalog().snapshot().options().trustworthy();
    }

    @Override
    public List<String> databases() {
        return channel.server().inHome();
    }

    @Override
    public void createDatabase(String name, UUID brokerInstance, DatabaseOptions options) {
        requireServersOwner("CREATE DATABASE");
        channel.server().create(name, brokerInstance, options);
    }

    @Override
    public void attachDatabase(String name) {
        requireServersOwner("CREATE DATABASE");
        channel.server().attach(name);
    }

    @Override
    public void dropDatabase(String name) {
        requireServersOwner("DROP DATABASE");
        channel.server().drop(name);
    }

    private void requireServersOwner(String what) {
        if (!channel.caller().owner()) {
            throw new BrokerException(
                    SecurityErrors.NOT_ALLOWED,
                    "User '" + user() + "' of database '" + channel.current() + "' may not " + what
                            + "; allowed are connections that were opened without naming a user.");
        }
    }

    @Override
    public void changeDefinitions(Runnable change) {
        channel.statements().database().catalog().alone(change);
    }

    @Override
    public boolean managed() {
        return channel.managed();
    }

    @Override
    public boolean inTransaction() {
        return channel.inTransaction();
    }

    @Override
    public void begin() {
        requireUnmanaged("BEGIN TRANSACTION");
        channel.begin();
    }

    @Override
    public void commit() {
        requireUnmanaged("COMMIT");
        channel.commit();
    }

    @Override
    public void rollback() {
        requireUnmanaged("ROLLBACK");
        channel.rollback();
    }

    private void requireUnmanaged(String what) {
        if (channel.managed()) {
            throw new BrokerException(
                    ErrorNumbers.TRANSACTION_MANAGED,
                    what + " is not allowed here: the transaction belongs to the application server, which begins and"
                            + " ends it.");
        }
    }

    @Override
    public void executeAs(String user) {
        Statements statements = channel.statements();
        Caller caller = channel.caller();
        boolean known = statements
                .database()
                .catalog()
                .snapshot()
                .principals()
                .access(user)
                .isPresent();
        if (!known || !caller.access(statements).databaseOwner()) {
            throw new BrokerException(
                    CANNOT_IMPERSONATE,
                    "EXECUTE AS USER = '" + user + "' in database '" + channel.current() + "': "
                            + (known
                                    ? "user '" + user() + "' may not; allowed are dbo and members of db_owner."
                                    : "there is no such user."));
        }
        channel.become(caller.as(user));
    }

    @Override
    public ProcedureDefinition enter(String procedure) {
        Statements statements = channel.statements();
        CatalogSnapshot catalog = statements.database().catalog().snapshot();
        ProcedureRow found = catalog.procedure(procedure)
                .orElseThrow(() -> new BrokerException(
                        UNKNOWN_PROCEDURE,
                        "There is no procedure '" + procedure + "' in database '" + channel.current()
                                + "'; names are compared as they are written."));
        Caller caller = channel.caller();
        Access access = caller.access(statements);
        if (!access.may(Permission.EXECUTE, found.id())) {
            throw SecurityErrors.denied(access, Permission.EXECUTE, "procedure", found.name());
        }
        String as = found.definition().executeAs();
        String user = "OWNER".equals(as) ? catalog.principals().ownerOf(found.id()) : as;
        if (user != null && catalog.principals().access(user).isEmpty()) {
            throw new BrokerException(
                    CANNOT_IMPERSONATE,
                    "Procedure '" + found.name() + "' runs as user '" + user + "', who doesn't exist in database '"
                            + channel.current() + "'.");
        }
        channel.become(caller.as(user == null ? caller.user() : user));
        return found.definition();
    }

    @Override
    public void revert() {
        Caller caller = channel.caller();
        if (caller.impersonating() && caller.visiting()) {
            throw new BrokerException(
                    REVERTED_ELSEWHERE,
                    "REVERT is not possible in database '" + channel.current() + "': user '" + user()
                            + "' has come from database '" + caller.origin().database() + "' under EXECUTE AS. USE that"
                            + " one first.");
        }
        Caller before = caller.before();
        if (before != null) {
            channel.become(before);
        }
    }

    @Override
    public Object kept(Supplier<?> first) {
        if (kept == null) {
            kept = first.get();
        }
        return kept;
    }

    @Override
    public BrokerClock clock() {
        return channel.server().clock();
    }
}
