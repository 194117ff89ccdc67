package org.parley.engine.catalog;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.parley.BrokerException;
import org.parley.CertificateSource;
import org.parley.engine.catalog.KeyEdit.CreateCertificate;
import org.parley.engine.security.CertificateFiles;
import org.parley.engine.security.KeyErrors;
import org.parley.engine.security.PrincipalTable;
import org.parley.engine.security.SelfSigned;
import org.parley.engine.store.CatalogRows.CertificateRow;
import org.parley.engine.store.CatalogRows.LoginRow;
import org.parley.engine.store.CatalogRows.NetworkEndpointRow;

/** Makes, changes and drops certificates; service-broker.md, section 16.1. */
final class CertificateEditor {

    private static final int LONGEST_SUBJECT = 4096;

    private final Kind<CertificateRow> certificates;
    private final MasterKeyEditor masterKey;
    private final IntSupplier nextId;
    private final Users users;
    private final Instant now;

    /**
     * Who uses certificates.
     *
     * @param principals users of the database
     * @param logins logins, which only master has
     * @param endpoints the network endpoint, which only master has
     */
    record Users(PrincipalTable principals, Kind<LoginRow> logins, Kind<NetworkEndpointRow> endpoints) {}

    CertificateEditor(
            Kind<CertificateRow> certificates,
            MasterKeyEditor masterKey,
            IntSupplier nextId,
            Users users,
            Instant now) {
        this.certificates = certificates;
        this.masterKey = masterKey;
        this.nextId = nextId;
        this.users = users;
        this.now = now;
    }

    void create(CreateCertificate wanted) {
        CatalogErrors.checkName("certificate", wanted.name());
        String what = "Certificate '" + wanted.name() + "'";
        CertificateSource source = wanted.source();
        CertificateRow old = certificates.find(wanted.name());
        if (source instanceof CertificateSource.Made made) {
            checkUnprotected(what, made.password());
            checkSubject(what, made.subject());
            if (old == null) {
                insert(wanted, made(wanted.name(), made));
            } else if (!isMadeBy(made, new Certificate(old).content()) || old.active() != wanted.active()) {
                throw exists(wanted.name());
            }
        } else {
            SelfSigned given = source instanceof CertificateSource.File file
                    ? read(what, file)
                    : new SelfSigned(encoded(what, ((CertificateSource.Encoded) source).encoded()), null);
            if (old == null) {
                insert(wanted, given);
            } else if (!Arrays.equals(old.encoded(), given.certificate()) || old.active() != wanted.active()) {
                throw exists(wanted.name());
            }
        }
    }

    private static BrokerException exists(String name) {
        return new BrokerException(
                KeyErrors.CERTIFICATE_EXISTS,
                "There is another certificate '" + name + "'; drop it first, or give the new one another name.");
    }

    private static boolean isMadeBy(CertificateSource.Made wanted, X509Certificate old) {
        return SelfSigned.isOf(wanted.subject(), old)
                && (wanted.startDate() == null
                        || seconds(wanted.startDate()).equals(old.getNotBefore().toInstant()))
                && (wanted.expiryDate() == null
                        || seconds(wanted.expiryDate()).equals(old.getNotAfter().toInstant()));
    }

    private void insert(CreateCertificate wanted, SelfSigned made) {
        List<String> same = certificates.names(row -> Arrays.equals(row.encoded(), made.certificate()));
        if (!same.isEmpty()) {
            throw new BrokerException(
                    KeyErrors.CERTIFICATE_EXISTS,
                    "Certificate '" + wanted.name() + "' is in the database already, by the name '" + same.get(0)
                            + "'.");
        }
        byte[] sealed = made.privateKey() == null ? null : masterKey.seal(keyOf(wanted.name()), made.privateKey());
        certificates.insert(
                new CertificateRow(nextId.getAsInt(), wanted.name(), made.certificate(), sealed, wanted.active()));
    }

    private SelfSigned made(String name, CertificateSource.Made wanted) {
        Instant start = seconds(Objects.requireNonNullElse(wanted.startDate(), now));
        Instant expiry = seconds(Objects.requireNonNullElseGet(
                wanted.expiryDate(),
                () -> start.atOffset(ZoneOffset.UTC).plusYears(1).toInstant()));
        if (!start.isBefore(expiry)) {
            throw KeyErrors.invalid(
                    "Certificate '" + name + "' is to be valid from " + start + " until " + expiry
                            + "; it must begin before it ends.",
                    null);
        }
        // what needs the key fails before a key pair is made, which takes long
        masterKey.require(keyOf(name));
        return SelfSigned.make(wanted.subject(), start, expiry);
    }

    private static String keyOf(String certificate) {
        return "The private key of certificate '" + certificate + "'";
    }

    /** X.509 knows no parts of seconds. */
    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static void checkSubject(String what, String subject) {
        if (subject == null || subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
            throw KeyErrors.invalid(
                    what + " needs a subject, 1 to " + LONGEST_SUBJECT + " characters; it has "
                            + (subject == null ? 0 : subject.length()) + ".",
                    null);
        }
    }

    private static void checkUnprotected(String what, String password) {
        if (password != null) {
            throw new BrokerException(
                    KeyErrors.OWN_PASSWORD,
                    what + " can't have a private key that a password protects: dialogs need one that the master key"
                            + " protects. Leave ENCRYPTION BY PASSWORD out.");
        }
    }

    private static SelfSigned read(String what, CertificateSource.File file) {
        checkUnprotected(what, file.password());
        X509Certificate certificate = CertificateFiles.certificate(what, CertificateFiles.read(what, file.file()));
        byte[] privateKey = file.privateKeyFile() == null
                ? null
                : CertificateFiles.privateKey(
                        what, CertificateFiles.read(what, file.privateKeyFile()), file.keyPassword(), certificate);
        return new SelfSigned(der(certificate), privateKey);
    }

    private static byte[] encoded(String what, byte[] given) {
        return der(CertificateFiles.certificate(what, given));
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read can't be written: " + e, e);
        }
    }

    void setActive(String name, boolean active) {
        CertificateRow old = certificates.existing(name, "altered");
        if (old.active() != active) {
            certificates.update(new CertificateRow(old.id(), name, old.encoded(), old.privateKey(), active));
        }
    }

    void drop(String name) {
        CertificateRow row = certificates.existing(name, "dropped");
        String what = "Certificate '" + name + "' can't be dropped: ";
        users.principals().users().stream()
                .filter(user -> name.equals(user.certificate()))
                .findFirst()
                .ifPresent(user -> {
                    throw new BrokerException(
                            KeyErrors.CERTIFICATE_MAPPED, what + "user '" + user.name() + "' stands for it.");
                });
        users.logins().names(login -> name.equals(login.certificate())).forEach(login -> {
            throw new BrokerException(KeyErrors.CERTIFICATE_MAPPED, what + "login '" + login + "' stands for it.");
        });
        users.endpoints()
                .names(each -> name.equals(each.definition().certificate()))
                .forEach(endpoint -> {
                    throw new BrokerException(
                            KeyErrors.CERTIFICATE_USED, what + "endpoint '" + endpoint + "' uses it.");
                });
        certificates.delete(row);
    }
}
