package org.parley.engine.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written in DER by hand is what the JDK reads, and what can't serve dialogs is told. */
class SelfSignedTest {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant EXPIRY = Instant.parse("2050-01-01T00:00:00Z");

    private static SelfSigned made;

    @TempDir
    Path directory;

    @BeforeAll
    static void make() {
        made = SelfSigned.make("Adventure Works", START, EXPIRY);
    }

    private static X509Certificate read(byte[] encoded) {
        return CertificateFiles.certificate("Certificate 'c'", encoded);
    }

    @Test
    void theJdkReadsAndVerifiesIt() throws Exception {
        X509Certificate certificate = read(made.certificate());
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getVersion()).isEqualTo(1);
        assertThat(certificate.getSerialNumber()).isPositive();
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(START);
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(EXPIRY);
        assertThat(certificate.getIssuerX500Principal()).isEqualTo(certificate.getSubjectX500Principal());
        assertThat(CertificateFiles.privateKey("c", made.privateKey(), null, certificate))
                .isEqualTo(made.privateKey());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Adventure Works | CN=Adventure Works",
                "CN=shop, O=Parley | CN=shop,O=Parley",
                "a=b, c | 'CN=a\\=b\\, c'",
                "Käse \uD83E\uDDC0 | CN=Käse \uD83E\uDDC0"
            })
    void aSubjectIsADistinguishedNameOrBecomesACommonName(String subject, String name) throws Exception {
        KeyPair pair = pair(512);
        byte[] encoded = SelfSigned.certificate(pair.getPublic(), pair.getPrivate(), subject, START, EXPIRY);
        X509Certificate certificate = CertificateFiles.parsed("c", encoded);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo(name);
        assertThat(SelfSigned.isOf(subject, certificate)).isTrue();
        assertThat(SelfSigned.isOf(subject + "x", certificate)).isFalse();
    }

    private static KeyPair pair(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    @Test
    void keysOfOtherLengthsAndKindsAreRefused() throws Exception {
        KeyPair odd = pair(1000);
        byte[] length = SelfSigned.certificate(odd.getPublic(), odd.getPrivate(), "c", START, EXPIRY);
        assertThatThrownBy(() -> read(length))
                .hasFieldOrPropertyWithValue("number", 9735)
                .hasMessage("Certificate 'c' has a key of 1000 bits; allowed are multiples of 64.");
        KeyPair curve = KeyPairGenerator.getInstance("EC").generateKeyPair();
        byte[] kind = SelfSigned.certificate(curve.getPublic(), odd.getPrivate(), "c", START, EXPIRY);
        assertThatThrownBy(() -> read(kind))
                .hasFieldOrPropertyWithValue("number", 15297)
                .hasMessage("Certificate 'c' has a key for EC; allowed is RSA.");
    }

    @Test
    void datesThatDontFollowAndWhatIsNoCertificateAreRefused() throws Exception {
        KeyPair pair = pair(512);
        byte[] dates = SelfSigned.certificate(pair.getPublic(), pair.getPrivate(), "c", EXPIRY, START);
        assertThatThrownBy(() -> read(dates))
                .hasFieldOrPropertyWithValue("number", 15297)
                .hasMessageContaining("valid from 2050-01-01T00:00:00Z until 2026-01-02T03:04:05Z");
        assertThatThrownBy(() -> read(new byte[] {1, 2, 3}))
                .hasFieldOrPropertyWithValue("number", 15297)
                .hasMessageContaining("Certificate 'c' is no X.509 certificate, DER or PEM");
        assertThatThrownBy(() -> read(new byte[CertificateFiles.LARGEST + 1]))
                .hasFieldOrPropertyWithValue("number", 15297)
                .hasMessageContaining("has 32768 bytes; allowed are at most 32767");
    }

    private static byte[] pem(String kind, byte[] der) {
        return ("some text\n-----BEGIN " + kind + "-----\n"
                        + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void pemIsReadTooAndKeysCanBeEncrypted() {
        X509Certificate certificate = read(pem("CERTIFICATE", made.certificate()));
        assertThat(CertificateFiles.privateKey("c", pem("PRIVATE KEY", made.privateKey()), null, certificate))
                .isEqualTo(made.privateKey());
        byte[] encrypted = CertificateFiles.encrypted(made.privateKey(), "it's secret");
        assertThat(CertificateFiles.privateKey(
                        "c", pem("ENCRYPTED PRIVATE KEY", encrypted), "it's secret", certificate))
                .isEqualTo(made.privateKey());
        for (String wrong : new String[] {null, "its secret"}) {
            assertThatThrownBy(() -> CertificateFiles.privateKey("Certificate 'c'", encrypted, wrong, certificate))
                    .hasFieldOrPropertyWithValue("number", 15297)
                    .hasMessageContaining("Certificate 'c' comes with a private key that can't be read")
                    .hasMessageNotContaining("secret");
        }
        byte[] others = SelfSigned.make("other", START, EXPIRY).privateKey();
        assertThatThrownBy(() -> CertificateFiles.privateKey("Certificate 'c'", others, null, certificate))
                .hasFieldOrPropertyWithValue("number", 15297)
                .hasMessage("Certificate 'c' comes with a private key of another certificate.");
    }

    @Test
    void filesAreNamedWhenTheyCantBeReadOrWritten() throws Exception {
        Path file = directory.resolve("there");
        CertificateFiles.write("c", file.toString(), new byte[] {1});
        assertThat(CertificateFiles.read("c", file.toString())).containsExactly(1);
        assertThatThrownBy(() -> CertificateFiles.write("Backup of certificate 'c'", file.toString(), new byte[0]))
                .hasFieldOrPropertyWithValue("number", 15240)
                .hasMessageContaining("Backup of certificate 'c': file '" + file + "' can't be written");
        assertThatThrownBy(() -> CertificateFiles.read(
                        "Certificate 'c'", directory.resolve("not").toString()))
                .hasFieldOrPropertyWithValue("number", 15208)
                .hasMessageContaining("not' can't be read");
        Files.write(file, new byte[2 * CertificateFiles.LARGEST + 1]);
        assertThatThrownBy(() -> CertificateFiles.read("Certificate 'c'", file.toString()))
                .hasFieldOrPropertyWithValue("number", 15208)
                .hasMessageContaining("is larger than");
    }
}
