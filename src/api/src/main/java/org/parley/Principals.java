package org.parley;

import java.util.List;
import java.util.Map;

/**
 * Users and permissions of one broker database; a part of its {@link Catalog}. Each change is a transaction of its own and
 * can be repeated. The names {@code dbo}, {@code public}, {@code db_owner} and {@code db_ddladmin} are built in. Source of
 * the rules: service-broker.md, section 5.9.
 *
 * <p>Every method that changes something fails with 15247 when the caller may not do it.
 */
public interface Principals {

    /** Users, {@code dbo} included, by name. */
    List<UserDefinition> users();

    /**
     * Creates a user that needs no password: whoever may open connections may name it.
     *
     * @throws BrokerException 15023 when one of that name has a password or the name is built in
     */
    void createUser(String name);

    /**
     * Creates a user that proves itself by a password. Only a salted digest is kept.
     *
     * @throws BrokerException 15023 when one of that name has another password, or none
     */
    void createUser(String name, char[] password);

    /**
     * Creates a user that stands for a login of the server and proves itself by the login's password.
     *
     * @throws BrokerException 15007 when there is no such login, 15063 when another user stands for it, 15023 as for the
     *     others
     */
    void createUserForLogin(String name, String login);

    /**
     * Creates a user that stands for who has the private key of a certificate of this database. Nobody connects as it.
     *
     * @throws BrokerException 15151 when there is no such certificate, 15063 when another user stands for it, 15023 as for the
     *     others
     */
    void createUserForCertificate(String name, String certificate);

    /**
     * Sets a user's password; {@code dbo} can have one too. Connections that were opened with another one fail with 18456.
     *
     * @throws BrokerException 15151 when there is no such user
     */
    void setPassword(String user, char[] password);

    /**
     * Drops a user with its permissions.
     *
     * @throws BrokerException 15151 when there is no such user, 15138 when it owns objects, 15150 for {@code dbo}
     */
    void dropUser(String name);

    /**
     * Makes a user a member of {@code db_owner} or {@code db_ddladmin}.
     *
     * @throws BrokerException 15151 when there is no such user or role
     */
    void addRoleMember(String role, String user);

    /**
     * Ends a membership.
     *
     * @throws BrokerException 15151 when there is no such user or role
     */
    void dropRoleMember(String role, String user);

    /**
     * Grants a permission to users or roles; takes a DENY of the same permission back.
     *
     * @throws BrokerException 15151 when object or principal don't exist, 4606 when objects of that kind don't have the
     *     permission, 9663 for a system object, 4617 for a principal that has everything anyway
     */
    void grant(Permission permission, Securable on, String... principals);

    /**
     * Denies a permission, which beats every grant; takes a GRANT of the same permission back.
     *
     * @throws BrokerException as {@link #grant}
     */
    void deny(Permission permission, Securable on, String... principals);

    /**
     * Takes a GRANT or DENY back.
     *
     * @throws BrokerException as {@link #grant}
     */
    void revoke(Permission permission, Securable on, String... principals);

    /** What was granted and denied, by principal and object. */
    List<PermissionDefinition> permissions();

    /**
     * Gives an object to another owner.
     *
     * @throws BrokerException 15151 when object or user don't exist, 9663 for a system object
     */
    void alterAuthorization(Securable on, String owner);

    /** Owners of the objects that don't belong to {@code dbo}. */
    Map<Securable, String> owners();
}
