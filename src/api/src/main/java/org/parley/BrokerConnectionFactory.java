package org.parley;

import java.util.UUID;

/**
 * Gives connections to one broker database. Found in JNDI inside a server.
 *
 * <p>Everything done through connections of one factory inside one global transaction is one branch: one Derby
 * connection, one commit.
 */
public interface BrokerConnectionFactory {

    /**
     * Opens a session as the identity that the container or the factory's configuration gives.
     *
     * @throws BrokerException when the database can't be reached
     */
    BrokerConnection getConnection();

    /**
     * Opens a session as a named identity.
     *
     * @throws BrokerException when the database can't be reached
     */
    BrokerConnection getConnection(String user, String password);

    /**
     * Begins a dialog and gives a managed connection bound to its initiator endpoint. Closing it returns the connection
     * to the pool and never ends the dialog.
     *
     * @throws BrokerException 8423 unknown service, 8425 unknown contract, 8411 lifetime out of range
     */
    Conversation begin(Dialog dialog);

    /**
     * Gives a managed connection bound to an existing conversation endpoint. The handle is judged when it is used.
     *
     * @throws BrokerException 8418 when the handle is null
     */
    Conversation conversation(UUID handle);
}
