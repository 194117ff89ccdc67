package org.parley.engine.sight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.parley.CertificateDefinition;
import org.parley.NetworkEndpointDefinition;
import org.parley.NetworkEndpointDefinition.Algorithm;
import org.parley.NetworkEndpointDefinition.Authentication;
import org.parley.NetworkEndpointDefinition.Encryption;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.Certificate;
import org.parley.engine.store.CatalogRows.CertificateRow;
import org.parley.engine.store.CatalogRows.LoginRow;
import org.parley.engine.store.CatalogRows.NetworkEndpointRow;
import org.parley.engine.store.SystemView;

/** Rows of what only the network needs; service-broker.md, section 18. Of passwords and keys they show that there are some. */
final class NetworkViews {

    /** Views of what belongs to the server as a whole, the same in each database. */
    static final Set<SystemView> OF_SERVER = Set.of(
            SystemView.SERVICE_BROKER_ENDPOINTS,
            SystemView.TCP_ENDPOINTS,
            SystemView.ENDPOINTS,
            SystemView.SERVER_PRINCIPALS,
            SystemView.SQL_LOGINS);

    /** Id of the principal whom the server belongs to. */
    private static final int SERVER_OWNER = 1;

    private static final int TCP = 2;
    private static final int SERVICE_BROKER = 3;

    /** Ways to prove an identity, by their number. */
    private static final List<String> WAYS = List.of(
            "",
            "NTLM",
            "KERBEROS",
            "NEGOTIATE",
            "CERTIFICATE",
            "NTLM, CERTIFICATE",
            "KERBEROS, CERTIFICATE",
            "NEGOTIATE, CERTIFICATE",
            "CERTIFICATE, NTLM",
            "CERTIFICATE, KERBEROS",
            "CERTIFICATE, NEGOTIATE");

    /** Encryption and its algorithms, by their number. */
    private static final List<String> ALGORITHMS = List.of(
            "NONE", "RC4", "AES", "NONE, RC4", "NONE, AES", "RC4, AES", "AES, RC4", "NONE, RC4, AES", "NONE, AES, RC4");

    private static final int LONGEST_TEXT = 4000;
    private static final int MASTER_KEY_ID = 101;
    private static final int MASTER_KEY_BITS = 256;

    private final CatalogSnapshot catalog;

    /** Of the definitions of a database; those of the server are master's. */
    NetworkViews(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    List<Object[]> rows(SystemView view) {
        return switch (view) {
            case SERVICE_BROKER_ENDPOINTS ->
                endpoints(row -> new Object[] {
                    row.messageForwarding(),
                    row.messageForwardSize(),
                    WAYS.indexOf(ways(row)),
                    ways(row),
                    certificate(row.certificate()),
                    ALGORITHMS.indexOf(algorithms(row)),
                    algorithms(row)
                });
            case TCP_ENDPOINTS -> endpoints(row -> new Object[] {row.port(), false, row.address()});
            case ENDPOINTS -> endpoints(row -> new Object[0]);
            case CERTIFICATES -> each(catalog.certificates(), CertificateRow::id, this::certificate);
            case SYMMETRIC_KEYS -> masterKey();
            case SERVER_PRINCIPALS -> each(catalog.logins(), LoginRow::id, NetworkViews::login);
            case SQL_LOGINS ->
                each(
                        catalog.logins().stream()
                                .filter(row -> row.verifier() != null)
                                .toList(),
                        LoginRow::id,
                        NetworkViews::login);
            default -> throw new IllegalArgumentException("View " + view + " isn't of the network.");
        };
    }

    private static <T> List<Object[]> each(Collection<T> all, ToIntFunction<T> id, Function<T, Object[]> row) {
        return all.stream().sorted(Comparator.comparingInt(id)).map(row).toList();
    }

    private List<Object[]> endpoints(Function<NetworkEndpointDefinition, Object[]> more) {
        return each(catalog.networkEndpoints(), NetworkEndpointRow::id, row -> {
            NetworkEndpointDefinition endpoint = row.definition();
            List<Object> values = new ArrayList<>(Arrays.asList(
                    endpoint.name(),
                    row.id(),
                    owner(endpoint.owner()),
                    TCP,
                    "TCP",
                    SERVICE_BROKER,
                    "SERVICE_BROKER",
                    endpoint.state().ordinal(),
                    endpoint.state().name(),
                    false));
            values.addAll(Arrays.asList(more.apply(endpoint)));
            return values.toArray();
        });
    }

    private int owner(String login) {
        return login == null ? SERVER_OWNER : catalog.login(login).orElseThrow().id();
    }

    private static String ways(NetworkEndpointDefinition endpoint) {
        return endpoint.authentication().stream().map(Authentication::name).collect(Collectors.joining(", "));
    }

    private static String algorithms(NetworkEndpointDefinition endpoint) {
        String algorithms = endpoint.algorithms().stream().map(Algorithm::name).collect(Collectors.joining(", "));
        return endpoint.encryption() == Encryption.DISABLED
                ? "NONE"
                : endpoint.encryption() == Encryption.REQUIRED ? algorithms : "NONE, " + algorithms;
    }

    private Integer certificate(String name) {
        return catalog.certificates().stream()
                .filter(row -> row.name().equals(name))
                .map(CertificateRow::id)
                .findFirst()
                .orElse(null);
    }

    private Object[] certificate(CertificateRow row) {
        Certificate certificate = new Certificate(row);
        CertificateDefinition shown =
                certificate.definition(catalog.principals().ownerOf(row.id()));
        return new Object[] {
            shown.name(),
            row.id(),
            CatalogViews.owner(catalog, row.id()),
            shown.privateKey() ? "MK" : "NA",
            shown.privateKey() ? "ENCRYPTED_BY_MASTER_KEY" : "NO_PRIVATE_KEY",
            shown.activeForBeginDialog(),
            cut(shown.issuer()),
            shown.serialNumber(),
            cut(shown.subject()),
            shown.expiryDate().toEpochMilli(),
            shown.startDate().toEpochMilli(),
            shown.thumbprint(),
            certificate.keyBits()
        };
    }

    /** The column is shorter than a name may be. */
    private static String cut(String name) {
        return name.length() <= LONGEST_TEXT ? name : name.substring(0, LONGEST_TEXT);
    }

    private List<Object[]> masterKey() {
        return catalog.options().masterKey()
                ? List.<Object[]>of(new Object[] {
                    "##MS_DatabaseMasterKey##", SERVER_OWNER, MASTER_KEY_ID, MASTER_KEY_BITS, "A3", "AES_256"
                })
                : List.of();
    }

    private static Object[] login(LoginRow row) {
        boolean mapped = row.certificate() != null;
        return new Object[] {
            row.name(), row.id(), mapped ? "C" : "S", mapped ? "CERTIFICATE_MAPPED_LOGIN" : "SQL_LOGIN", !row.enabled()
        };
    }
}
