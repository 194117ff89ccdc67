package org.parley.ra.outbound;

import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.security.PasswordCredential;
import java.util.Objects;
import java.util.UUID;
import javax.security.auth.Subject;

/**
 * What one connection is asked for. A record: containers compare requests to share and to find connections.
 *
 * @param database broker database
 * @param user identity that the application names, or null
 * @param endpoint conversation endpoint, or null for a session
 */
record ParleyRequest(String database, String user, UUID endpoint) implements ConnectionRequestInfo {

    /** Identity that the container gives a factory's connections, or null. */
    static String userOf(Subject subject, ManagedConnectionFactory factory) {
        if (subject == null) {
            return null;
        }
        return subject.getPrivateCredentials(PasswordCredential.class).stream()
                .filter(credential -> factory.equals(credential.getManagedConnectionFactory()))
                .map(credential -> textOrNull(credential.getUserName()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Containers give empty text for what isn't set. */
    static String textOrNull(String value) {
        return value == null || value.isBlank() ? null : value.trim();
    }
}
