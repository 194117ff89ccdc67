package org.parley;

import java.time.Instant;

/** Where a certificate comes from. Its texts never hold a password. */
public sealed interface CertificateSource {

    /**
     * WITH SUBJECT: a new key pair, whose certificate signs itself.
     *
     * @param subject whom it is of, 1 to 4096 characters
     * @param startDate null for now
     * @param expiryDate null for one year after the start
     * @param password ENCRYPTION BY PASSWORD, which isn't allowed; null without
     */
    record Made(String subject, Instant startDate, Instant expiryDate, String password) implements CertificateSource {

        @Override
        public String toString() {
            return "Made[" + subject + "]";
        }
    }

    /**
     * FROM BINARY.
     *
     * @param encoded an X.509 certificate, DER or PEM
     */
    record Encoded(byte[] encoded) implements CertificateSource {

        /** Keeps a copy. */
        public Encoded {
            encoded = encoded.clone();
        }

        @Override
        public byte[] encoded() {
            return encoded.clone();
        }
    }

    /**
     * FROM FILE.
     *
     * @param file file on the server's machine with an X.509 certificate, DER or PEM
     * @param privateKeyFile file there with its private key, PKCS #8, DER or PEM; null without
     * @param keyPassword DECRYPTION BY PASSWORD, that of the file; null without
     * @param password ENCRYPTION BY PASSWORD, which isn't allowed; null without
     */
    record File(String file, String privateKeyFile, String keyPassword, String password) implements CertificateSource {

        @Override
        public String toString() {
            return "File[" + file + "]";
        }
    }
}
