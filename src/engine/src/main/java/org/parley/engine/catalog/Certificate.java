package org.parley.engine.catalog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import org.parley.CertificateDefinition;
import org.parley.engine.security.CertificateFiles;
import org.parley.engine.store.CatalogRows.CertificateRow;

/** What a stored certificate says. */
public final class Certificate {

    private final CertificateRow row;
    private final X509Certificate content;

    /** Reads it. */
    public Certificate(CertificateRow row) {
        this.row = row;
        this.content = CertificateFiles.parsed("Certificate '" + row.name() + "'", row.encoded());
    }

    X509Certificate content() {
        return content;
    }

    /** Length of its key. */
    public int keyBits() {
        return ((RSAPublicKey) content.getPublicKey()).getModulus().bitLength();
    }

    /** Everything about it but its private key. */
    public CertificateDefinition definition(String owner) {
        return new CertificateDefinition(
                row.name(),
                owner,
                content.getSubjectX500Principal().getName(),
                content.getIssuerX500Principal().getName(),
                HexFormat.of().formatHex(content.getSerialNumber().toByteArray()),
                thumbprint(),
                content.getNotBefore().toInstant(),
                content.getNotAfter().toInstant(),
                row.active(),
                row.privateKey() != null);
    }

    private String thumbprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(row.encoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-1; this one says: " + e, e);
        }
    }
}
