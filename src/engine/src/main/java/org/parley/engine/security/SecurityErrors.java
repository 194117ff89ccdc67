package org.parley.engine.security;

import java.util.UUID;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.Permission;
import org.parley.engine.store.SqlCaller;

/** What callers are told who may not do what they want; numbers are SQL Server's. */
public final class SecurityErrors {

    /** Objects of a kind don't have a permission. */
    public static final int NOT_COMPATIBLE = 4606;

    /** A principal that has everything anyway. */
    public static final int SPECIAL_PRINCIPAL = 4617;

    /** A name of a principal is in use. */
    public static final int PRINCIPAL_EXISTS = 15023;

    /** A principal owns objects. */
    public static final int OWNS_OBJECTS = 15138;

    /** A built-in principal. */
    public static final int FIXED_PRINCIPAL = 15150;

    /** An object or principal doesn't exist. */
    public static final int NOT_FOUND = 15151;

    /** Only owners of the database may do it. */
    public static final int NOT_ALLOWED = 15247;

    /** A user is to stand for a login that doesn't exist. */
    public static final int UNKNOWN_LOGIN = 15007;

    /** A name of a login is in use. */
    public static final int LOGIN_EXISTS = 15025;

    /** Another user stands for the login or certificate. */
    public static final int MAPPED_OTHERWISE = 15063;

    /** A login owns the network endpoint. */
    public static final int OWNS_ENDPOINT = 15141;

    /** Who proves itself otherwise has no password. */
    public static final int NO_PASSWORD = 33234;

    private static final int CREATE_DENIED = 262;
    private static final int COMPLETED = 28006;

    private SecurityErrors() {}

    /** 229: a permission on an object is missing or denied. */
    public static BrokerException denied(SqlCaller who, Permission permission, String kind, String name) {
        return new BrokerException(
                ErrorNumbers.PERMISSION_DENIED,
                "The " + permission.shown() + " permission on " + kind + " '" + name + "' was denied to user '"
                        + who.name() + "'; its owner or a member of db_owner can grant it.");
    }

    /** 262: definitions are made by few. */
    public static BrokerException notDefiner(Access who, String what) {
        return new BrokerException(
                CREATE_DENIED,
                "User '" + who.name() + "' may not " + what
                        + "; allowed are dbo and members of db_owner and db_ddladmin.");
    }

    /** 15247: principals are managed by fewer. */
    public static BrokerException notOwner(Access who, String what) {
        return new BrokerException(
                NOT_ALLOWED,
                "User '" + who.name() + "' may not " + what + "; allowed are dbo and members of db_owner.");
    }

    /** 15247: what belongs to the server is its owner's. */
    public static BrokerException notServerOwner(Access who, String what) {
        return new BrokerException(
                NOT_ALLOWED,
                "User '" + who.name() + "' may not " + what
                        + "; allowed are connections that were opened without naming a user, and in master members of"
                        + " db_owner.");
    }

    /** 28006: a conversation that has ended at this side is removed by fewer. */
    public static BrokerException completed(Access who, UUID handle) {
        return new BrokerException(
                COMPLETED,
                "User '" + who.name() + "' may not clean up conversation " + handle
                        + ", which has ended at this side; allowed are dbo and members of db_owner.");
    }

    /** 916: there is no such user. */
    public static BrokerException unknownUser(String user, String database) {
        return new BrokerException(ErrorNumbers.UNKNOWN_USER, noAccess(user, database));
    }

    /** The text of 916, which is also a transmission status. */
    public static String noAccess(String user, String database) {
        return "The principal '" + user + "' is not able to access the database '" + database
                + "' under the current security context.";
    }

    /** 18456: the password is missing or wrong; which of them isn't told. */
    public static BrokerException loginFailed(String user, String database) {
        return new BrokerException(
                ErrorNumbers.LOGIN_FAILED,
                "Login failed for user '" + user + "' of database '" + database + "': its password is needed.");
    }
}
