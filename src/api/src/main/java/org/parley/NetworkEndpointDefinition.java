package org.parley;

import java.util.List;

/**
 * The network endpoint of brokers: where the server listens for other servers and how they prove themselves; service-broker.md,
 * section 1.10.
 *
 * @param name 1 to 128 characters
 * @param owner login that owns it, or null for the server's owner
 * @param state whether it works
 * @param port 1024 to 32767
 * @param address address to listen on, or null for all
 * @param authentication ways to prove an identity, in the order in which they are tried: at most one of Windows and
 *     {@link Authentication#CERTIFICATE}
 * @param certificate certificate of {@code master} that proves this server's identity, or null
 * @param encryption whether connections are encrypted
 * @param algorithms in the order of preference; none without encryption
 * @param messageForwarding whether messages for other servers are passed on
 * @param messageForwardSize megabytes of memory for them, 1 at least
 */
public record NetworkEndpointDefinition(
        String name,
        String owner,
        State state,
        int port,
        String address,
        List<Authentication> authentication,
        String certificate,
        Encryption encryption,
        List<Algorithm> algorithms,
        boolean messageForwarding,
        int messageForwardSize) {

    /** Megabytes for messages that are passed on, unless said otherwise. */
    public static final int DEFAULT_FORWARD_SIZE = 10;

    /** Keeps unmodifiable copies. */
    public NetworkEndpointDefinition {
        authentication = List.copyOf(authentication);
        algorithms = List.copyOf(algorithms);
    }

    /** One with all defaults: stopped, on all addresses, Windows authentication, encryption required with AES. */
    public NetworkEndpointDefinition(String name, int port) {
        this(
                name,
                null,
                State.STOPPED,
                port,
                null,
                List.of(Authentication.NEGOTIATE),
                null,
                Encryption.REQUIRED,
                List.of(Algorithm.AES),
                false,
                DEFAULT_FORWARD_SIZE);
    }

    /** STATE. */
    public enum State {
        /** Listens, and sends. */
        STARTED,
        /** Listens, and answers with errors. */
        STOPPED,
        /** Doesn't listen. */
        DISABLED
    }

    /** AUTHENTICATION. */
    public enum Authentication {
        /** Windows, by NTLM. */
        NTLM,
        /** Windows, by Kerberos. */
        KERBEROS,
        /** Windows, by what both sides have. */
        NEGOTIATE,
        /** A certificate. */
        CERTIFICATE
    }

    /** ENCRYPTION. */
    public enum Encryption {
        /** Never. */
        DISABLED,
        /** When the other side can. */
        SUPPORTED,
        /** Always. */
        REQUIRED
    }

    /** ALGORITHM. */
    public enum Algorithm {
        /** AES. */
        AES,
        /** RC4, which newer servers refuse. */
        RC4
    }
}
