package org.parley.engine.session;

import java.util.Objects;
import java.util.Optional;
import org.parley.BrokerException;
import org.parley.engine.security.Access;
import org.parley.engine.security.Password;
import org.parley.engine.security.PrincipalTable;
import org.parley.engine.security.SecurityErrors;
import org.parley.engine.store.CatalogRows.LoginRow;
import org.parley.engine.store.SecurityRows.UserRow;

/** Who works through a channel in one database, and what it may do there at the moment. */
final class Caller {

    private final String database;
    private final String user;
    private final Caller before;
    private final boolean impersonating;

    /** Who it is in the database that it has come from; null for one that has come from none. */
    private final Caller origin;

    private PrincipalTable resolvedFrom;
    private Access access = Access.OWNER_OF_DATABASE;
    private boolean login;
    private String provenBy;

    /**
     * A caller.
     *
     * @param user its name in the database, or null for the database's owner
     */
    Caller(String database, String user) {
        this(database, user, null, false, null);
    }

    /** A caller that works under the name of somebody else, and has nobody to go back to. */
    static Caller confined(String database, String user) {
        return new Caller(database, user, null, true, null);
    }

    private Caller(String database, String user, Caller before, boolean impersonating, Caller origin) {
        this.database = database;
        this.user = user;
        this.before = before;
        this.impersonating = impersonating;
        this.origin = origin;
    }

    /** The caller that has become another user until REVERT. */
    Caller as(String other) {
        return new Caller(database, other, this, impersonating || !Objects.equals(user, other), null);
    }

    /** The caller in another database: the user of the same name there, or the one it has come from. */
    Caller in(String other) {
        Caller from = origin == null ? this : origin;
        return from.database.equals(other) ? from : new Caller(other, user, null, impersonating, from);
    }

    /** Whether it has come from another database. */
    boolean visiting() {
        return origin != null;
    }

    /** The one it has come from. */
    Caller origin() {
        return origin;
    }

    String database() {
        return database;
    }

    /** Who has become this one by EXECUTE AS; null when nobody has. */
    Caller before() {
        return before;
    }

    /** Whether it works under the name of somebody else. */
    boolean impersonating() {
        return impersonating;
    }

    String user() {
        return user;
    }

    /** Whether it has proven itself, so that another database wants a proof too. */
    boolean login() {
        return login;
    }

    /**
     * Proves the user's identity; from then on the caller is one only while the password stays as it is.
     *
     * @throws BrokerException 916 when there is no such user, 18456 when the password is missing or wrong
     */
    void login(Statements statements, char[] password) {
        Access found = resolve(statements.database().catalog().snapshot().principals());
        String verifier = verifier(found.user(), statements);
        // dbo may everything: whoever names it must prove it
        boolean proven =
                verifier == null ? !found.everything() : password != null && Password.matches(verifier, password);
        if (!proven) {
            throw SecurityErrors.loginFailed(user, database);
        }
        login = true;
        provenBy = verifier;
    }

    /** What the password is compared with: the login's for a user that stands for one; null for a user without. */
    private String verifier(UserRow row, Statements statements) {
        if (row.login() == null && row.certificate() == null) {
            return row.verifier();
        }
        return Optional.ofNullable(row.login())
                .flatMap(name -> statements.database().catalog().login(name))
                .filter(LoginRow::enabled)
                .map(LoginRow::verifier)
                .orElseThrow(() -> SecurityErrors.loginFailed(user, database));
    }

    private Access resolve(PrincipalTable principals) {
        return principals.access(user).orElseThrow(() -> SecurityErrors.unknownUser(user, database));
    }

    /** Whether it is the database's owner without being asked. */
    boolean owner() {
        return user == null;
    }

    /** What the caller may do at this moment. */
    Access access(Statements statements) {
        if (user == null) {
            return access;
        }
        PrincipalTable now = statements.database().catalog().snapshot().principals();
        if (now != resolvedFrom) {
            Access found = resolve(now);
            if (login && !Objects.equals(verifier(found.user(), statements), provenBy)) {
                throw SecurityErrors.loginFailed(user, database);
            }
            access = found;
            resolvedFrom = now;
        }
        return access;
    }
}
