package org.parley;

import java.util.List;
import java.util.Optional;

/**
 * What belongs to the server as a whole, whatever the database whose {@link Catalog} it is asked of: the network endpoint and
 * the logins. They are kept in the database {@code master}, which is made when the first of them is. What is defined here takes
 * effect with the transport between servers. Source of the rules: service-broker.md, sections 1.10 and 16.2.
 *
 * <p>Allowed is the server's owner, who is any connection that was opened without naming a user, and in {@code master} its
 * members of {@code db_owner}; else every method that changes something fails with 15247, and the others show nothing.
 */
public interface ServerCatalog {

    /**
     * Defines the network endpoint.
     *
     * @throws BrokerException 7862 when the server has one that is defined otherwise, 5837 for the port, 5839 for the forward
     *     size, 15151 for an unknown certificate or owner
     */
    void define(NetworkEndpointDefinition endpoint);

    /**
     * Changes the network endpoint to what is given; its owner stays.
     *
     * @throws BrokerException 15151 when it doesn't exist, else as {@link #define}
     */
    void alter(NetworkEndpointDefinition endpoint);

    /**
     * Drops the network endpoint.
     *
     * @throws BrokerException 15151 when it doesn't exist
     */
    void dropNetworkEndpoint(String name);

    /** The network endpoint. */
    Optional<NetworkEndpointDefinition> networkEndpoint();

    /**
     * Creates a login that proves itself by a password. Only a salted digest is kept.
     *
     * @throws BrokerException 15025 when one of that name is defined otherwise
     */
    void createLogin(String name, char[] password);

    /**
     * Creates a login that proves itself by a certificate of {@code master}.
     *
     * @throws BrokerException 15025 when one of that name is defined otherwise, 15151 when there is no such certificate
     */
    void createLoginFromCertificate(String name, String certificate);

    /**
     * Sets a login's password.
     *
     * @throws BrokerException 15151 when there is no such login
     */
    void setLoginPassword(String login, char[] password);

    /**
     * ENABLE and DISABLE.
     *
     * @throws BrokerException 15151 when there is no such login
     */
    void enableLogin(String login, boolean enabled);

    /**
     * Drops a login; users that stand for it can't come any more.
     *
     * @throws BrokerException 15151 when there is no such login, 15141 when it owns the network endpoint
     */
    void dropLogin(String name);

    /** Logins, by name. */
    List<LoginDefinition> logins();
}
