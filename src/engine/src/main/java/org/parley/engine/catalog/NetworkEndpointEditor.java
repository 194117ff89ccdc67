package org.parley.engine.catalog;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.parley.BrokerException;
import org.parley.NetworkEndpointDefinition;
import org.parley.NetworkEndpointDefinition.Authentication;
import org.parley.NetworkEndpointDefinition.Encryption;
import org.parley.engine.store.CatalogRows.CertificateRow;
import org.parley.engine.store.CatalogRows.LoginRow;
import org.parley.engine.store.CatalogRows.NetworkEndpointRow;

/** Changes the network endpoint of the server, in master; service-broker.md, section 1.10. */
final class NetworkEndpointEditor {

    private static final int FIRST_PORT = 1024;
    private static final int LAST_PORT = 32767;
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

    private final Kind<NetworkEndpointRow> endpoints;
    private final Kind<LoginRow> logins;
    private final Kind<CertificateRow> certificates;
    private final IntSupplier nextId;

    NetworkEndpointEditor(
            Kind<NetworkEndpointRow> endpoints,
            Kind<LoginRow> logins,
            Kind<CertificateRow> certificates,
            IntSupplier nextId) {
        this.endpoints = endpoints;
        this.logins = logins;
        this.certificates = certificates;
        this.nextId = nextId;
    }

    void define(NetworkEndpointDefinition wanted) {
        CatalogErrors.checkName("endpoint", wanted.name());
        check(wanted);
        if (wanted.owner() != null) {
            logins.existing(wanted.owner(), "given endpoint '" + wanted.name() + "'");
        }
        for (NetworkEndpointRow old : endpoints.all()) {
            if (!old.definition().equals(wanted)) {
                throw new BrokerException(
                        CatalogErrors.ENDPOINT_EXISTS,
                        "The server has the network endpoint '"
                                + old.definition().name()
                                + "', and '" + wanted.name()
                                + "' is another one; ALTER ENDPOINT changes it, DROP ENDPOINT"
                                + " makes room.");
            }
            return;
        }
        endpoints.insert(new NetworkEndpointRow(nextId.getAsInt(), wanted));
    }

    void alter(NetworkEndpointDefinition wanted) {
        NetworkEndpointRow old = endpoints.existing(wanted.name(), "altered");
        check(wanted);
        endpoints.update(
                new NetworkEndpointRow(old.id(), ownedBy(old.definition().owner(), wanted)));
    }

    void drop(String name) {
        endpoints.delete(endpoints.existing(name, "dropped"));
    }

    /** ALTER AUTHORIZATION; null for the server's owner. */
    void setOwner(String name, String login) {
        NetworkEndpointRow old = endpoints.existing(name, "given to another owner");
        if (login != null) {
            logins.existing(login, "given endpoint '" + name + "'");
        }
        endpoints.update(new NetworkEndpointRow(old.id(), ownedBy(login, old.definition())));
    }

    private static NetworkEndpointDefinition ownedBy(String owner, NetworkEndpointDefinition wanted) {
        return new NetworkEndpointDefinition(
                wanted.name(),
                owner,
                wanted.state(),
                wanted.port(),
                wanted.address(),
                wanted.authentication(),
                wanted.certificate(),
                wanted.encryption(),
                wanted.algorithms(),
                wanted.messageForwarding(),
                wanted.messageForwardSize());
    }

    private void check(NetworkEndpointDefinition wanted) {
        if (wanted.port() < FIRST_PORT || wanted.port() > LAST_PORT) {
            throw wrong(
                    CatalogErrors.ENDPOINT_PORT,
                    wanted,
                    "has LISTENER_PORT = " + wanted.port() + "; allowed are " + FIRST_PORT + " to " + LAST_PORT + ".");
        }
        if (wanted.messageForwardSize() < 1) {
            throw wrong(
                    CatalogErrors.ENDPOINT_FORWARD_SIZE,
                    wanted,
                    "has MESSAGE_FORWARD_SIZE = " + wanted.messageForwardSize() + "; allowed are 1 megabyte and more.");
        }
        if (wanted.address() != null && !isAddress(wanted.address())) {
            throw wrong(
                    CatalogErrors.ENDPOINT_ADDRESS,
                    wanted,
                    "has LISTENER_IP = '" + CatalogErrors.shortened(wanted.address())
                            + "'; allowed are ALL and an address in digits, such as 10.0.0.1 or ::1.");
        }
        checkAuthentication(wanted);
        boolean encrypts = wanted.encryption() != Encryption.DISABLED;
        if (encrypts == wanted.algorithms().isEmpty()
                || new HashSet<>(wanted.algorithms()).size()
                        < wanted.algorithms().size()) {
            throw wrong(
                    CatalogErrors.SYNTAX,
                    wanted,
                    "has ENCRYPTION = " + wanted.encryption() + " with the algorithms " + wanted.algorithms()
                            + "; allowed are each of AES and RC4 once, and none with DISABLED.");
        }
    }

    private void checkAuthentication(NetworkEndpointDefinition wanted) {
        List<Authentication> ways = wanted.authentication();
        long windows =
                ways.stream().filter(way -> way != Authentication.CERTIFICATE).count();
        boolean certificate = ways.contains(Authentication.CERTIFICATE);
        if (ways.isEmpty()
                || windows > 1
                || ways.size() - windows > 1
                || certificate == (wanted.certificate() == null)) {
            throw wrong(
                    CatalogErrors.ENDPOINT_AUTHENTICATION,
                    wanted,
                    "has AUTHENTICATION = " + ways + " with the certificate '" + wanted.certificate()
                            + "'; allowed are one of NTLM, KERBEROS and NEGOTIATE, CERTIFICATE with its name, or both"
                            + " in any order.");
        }
        if (certificate) {
            CertificateRow row =
                    certificates.existing(wanted.certificate(), "used by endpoint '" + wanted.name() + "'");
            if (row.privateKey() == null) {
                throw wrong(
                        CatalogErrors.ENDPOINT_AUTHENTICATION,
                        wanted,
                        "names the certificate '" + wanted.certificate()
                                + "', which has no private key; it must prove this server's identity.");
            }
        }
    }

    private static boolean isAddress(String text) {
        if (!text.contains(":")) {
            return IPV4.matcher(text).matches();
        }
        try {
            // what has a colon is no name, so nobody is asked for it
            return InetAddress.getByName(text) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static BrokerException wrong(int number, NetworkEndpointDefinition wanted, String what) {
        return new BrokerException(number, "Endpoint '" + CatalogErrors.shortened(wanted.name()) + "' " + what);
    }
}
