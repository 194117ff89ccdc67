package org.parley.engine.catalog;

import java.util.List;
import java.util.Objects;
import org.parley.BrokerException;
import org.parley.engine.catalog.SecurityEdit.CreateUser;
import org.parley.engine.catalog.SecurityEdit.MapUser;
import org.parley.engine.security.Password;
import org.parley.engine.security.PrincipalEditor;
import org.parley.engine.security.PrincipalTable;
import org.parley.engine.security.SecurityErrors;
import org.parley.engine.store.SecurityRows.UserRow;

/** Creates, changes and drops the users of a database, for a {@link SecurityEditor} that has asked whether it may be. */
final class UserEditor {

    private static final int LONGEST_PASSWORD = 128;

    private final PrincipalEditor principals;

    UserEditor(PrincipalEditor principals) {
        this.principals = principals;
    }

    void create(CreateUser wanted) {
        CatalogErrors.checkName("user", wanted.name());
        String builtIn = PrincipalTable.isBuiltIn(wanted.name()) ? " is built in" : null;
        UserRow old = principals.table().user(wanted.name()).orElse(null);
        if (old == null && builtIn == null) {
            principals.putUser(
                    wanted.name(),
                    wanted.password() == null ? null : verifierOf("user '" + wanted.name() + "'", wanted.password()));
            return;
        }
        boolean same = builtIn == null
                && old.login() == null
                && old.certificate() == null
                && (old.verifier() == null
                        ? wanted.password() == null
                        : wanted.password() != null && Password.matches(old.verifier(), wanted.password()));
        if (!same) {
            throw new BrokerException(
                    SecurityErrors.PRINCIPAL_EXISTS,
                    "User '" + wanted.name() + "'" + (builtIn == null ? " exists otherwise" : builtIn)
                            + " and can't be created; ALTER USER ... WITH PASSWORD changes a password.");
        }
    }

    /** What is kept of the password of somebody. */
    static String verifierOf(String whose, char[] password) {
        if (password == null || password.length == 0 || password.length > LONGEST_PASSWORD) {
            throw new BrokerException(
                    SecurityErrors.NOT_ALLOWED,
                    "The password of " + whose + " has " + (password == null ? 0 : password.length)
                            + " characters; allowed are 1 to " + LONGEST_PASSWORD + ".");
        }
        return Password.verifierOf(password);
    }

    void setPassword(UserRow user, char[] password) {
        checkHasPassword(user);
        principals.putUser(user.name(), verifierOf("user '" + user.name() + "'", password));
    }

    private static void checkHasPassword(UserRow user) {
        if (user.login() != null || user.certificate() != null) {
            throw new BrokerException(
                    SecurityErrors.NO_PASSWORD,
                    "User '" + user.name() + "' stands for "
                            + (user.login() == null
                                    ? "certificate '" + user.certificate() + "' and can't have a password."
                                    : "login '" + user.login()
                                            + "'; ALTER LOGIN ... WITH PASSWORD changes its password."));
        }
    }

    /** A user that stands for a login or for a certificate. */
    void create(MapUser wanted, CatalogEditor objects) {
        CatalogErrors.checkName("user", wanted.name());
        String what = "User '" + wanted.name() + "'";
        if (wanted.certificate() != null) {
            objects.certificate(wanted.certificate(), "the one of user '" + wanted.name() + "'");
        } else if (!objects.knowsLogin(wanted.login())) {
            throw new BrokerException(
                    SecurityErrors.UNKNOWN_LOGIN,
                    what + " can't stand for login '" + CatalogErrors.shortened(wanted.login())
                            + "', which doesn't exist; CREATE LOGIN makes one.");
        }
        UserRow old = principals.table().user(wanted.name()).orElse(null);
        if (old != null || PrincipalTable.isBuiltIn(wanted.name())) {
            boolean same = old != null
                    && Objects.equals(old.login(), wanted.login())
                    && Objects.equals(old.certificate(), wanted.certificate());
            if (!same) {
                throw new BrokerException(
                        SecurityErrors.PRINCIPAL_EXISTS,
                        what + " exists otherwise and can't be created; drop it first.");
            }
            return;
        }
        principals.table().users().stream()
                .filter(user -> wanted.login() == null
                        ? wanted.certificate().equals(user.certificate())
                        : wanted.login().equals(user.login()))
                .findFirst()
                .ifPresent(user -> {
                    throw new BrokerException(
                            SecurityErrors.MAPPED_OTHERWISE,
                            what + " can't stand for "
                                    + (wanted.login() == null
                                            ? "certificate '" + wanted.certificate()
                                            : "login '" + wanted.login())
                                    + "': user '" + user.name() + "' does already.");
                });
        principals.mapUser(wanted.name(), wanted.login(), wanted.certificate());
    }

    /** Drops a user that owns nothing and that no binding names. */
    void drop(UserRow user, CatalogEditor objects) {
        if (user.id() == PrincipalTable.DBO) {
            throw new BrokerException(SecurityErrors.FIXED_PRINCIPAL, "User 'dbo' can't be dropped.");
        }
        long owned = principals.table().owners().entrySet().stream()
                .filter(owner -> owner.getValue() == user.id() && objects.has(owner.getKey()))
                .count();
        if (owned > 0) {
            throw new BrokerException(
                    SecurityErrors.OWNS_OBJECTS,
                    "User '" + user.name() + "' owns " + owned
                            + " objects and can't be dropped; ALTER AUTHORIZATION gives them to another.");
        }
        List<String> bindings = objects.routes().bindingsOf(user.name());
        if (!bindings.isEmpty()) {
            throw new BrokerException(
                    CatalogErrors.IN_USE,
                    "User '" + user.name() + "' is named by remote service binding '" + bindings.get(0)
                            + "' and can't be dropped; drop or alter that first.");
        }
        principals.dropUser(user.id());
    }
}
