package org.parley.ra.outbound;

import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.security.PasswordCredential;
import java.util.Objects;
import java.util.UUID;
import javax.security.auth.Subject;
import org.parley.spi.BrokerServer;
import org.parley.spi.Channel;

/**
 * What one connection is asked for. A record: containers compare requests to share and to find connections.
 *
 * @param database broker database
 * @param user identity, or null
 * @param password what proves it, maybe empty; null for the configured identity, which needs no proof
 * @param named whether the application has named the user, and not the container or the configuration
 * @param endpoint conversation endpoint, or null for a session
 */
record ParleyRequest(String database, String user, String password, boolean named, UUID endpoint)
        implements ConnectionRequestInfo {

    /** The same request as an identity that the application hasn't named. */
    ParleyRequest as(String otherUser, String otherPassword) {
        return new ParleyRequest(database, otherUser, otherPassword, false, endpoint);
    }

    /** The same request for another conversation endpoint. */
    ParleyRequest on(UUID otherEndpoint) {
        return new ParleyRequest(database, user, password, named, otherEndpoint);
    }

    /** Whether both are of the same identity, with the same proof, in the same database. */
    boolean isLike(ParleyRequest other) {
        return Objects.equals(database, other.database)
                && Objects.equals(user, other.user)
                && Objects.equals(password, other.password)
                && named == other.named;
    }

    /** A channel for it. */
    Channel open(BrokerServer server) {
        return password == null
                ? server.channel(database, user)
                : server.channel(database, user, password.toCharArray());
    }

    /** Without the password: containers log requests. */
    @Override
    public String toString() {
        return "ParleyRequest[database=" + database + ", user=" + user + ", endpoint=" + endpoint + "]";
    }

    /** Credential that the container gives a factory's connections, or null. */
    static PasswordCredential credentialOf(Subject subject, ManagedConnectionFactory factory) {
        if (subject == null) {
            return null;
        }
        return subject.getPrivateCredentials(PasswordCredential.class).stream()
                .filter(credential -> factory.equals(credential.getManagedConnectionFactory()))
                .filter(credential -> textOrNull(credential.getUserName()) != null)
                .findFirst()
                .orElse(null);
    }

    /** Containers give empty text for what isn't set. */
    static String textOrNull(String value) {
        return value == null || value.isBlank() ? null : value.trim();
    }
}
