package org.parley.engine.security;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javax.security.auth.x500.X500Principal;

/**
 * A new RSA key pair and a certificate that it signs itself: X.509 version 1, written in DER, since the public classes of the
 * JDK read certificates and make none.
 *
 * @param certificate the certificate, DER
 * @param privateKey the private key, PKCS #8
 */
public record SelfSigned(byte[] certificate, byte[] privateKey) {

    private static final int KEY_BITS = 2048;
    private static final int SERIAL_BYTES = 16;

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;

    /** 2.5.4.3, whole. */
    private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};

    /** 1.2.840.113549.1.1.11 with no parameters, whole. */
    private static final byte[] SHA256_WITH_RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00
    };

    /** X.509 writes years before with two digits. */
    private static final Instant FOUR_DIGITS =
            LocalDate.of(2050, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();

    /**
     * Makes one.
     *
     * @param subject a distinguished name such as {@code CN=shop, O=Parley}, or any text, which becomes a common name
     */
    public static SelfSigned make(String subject, Instant start, Instant expiry) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            KeyPair pair = generator.generateKeyPair();
            return new SelfSigned(
                    certificate(pair.getPublic(), pair.getPrivate(), subject, start, expiry),
                    pair.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has RSA and SHA-256; this one says: " + e, e);
        }
    }

    /** The certificate of a key, DER, signed by an RSA key. */
    static byte[] certificate(PublicKey key, PrivateKey signer, String subject, Instant start, Instant expiry)
            throws GeneralSecurityException {
        byte[] name = name(subject);
        byte[] serial = new BigInteger(1, Envelope.random(SERIAL_BYTES)).toByteArray();
        byte[] content = der(
                SEQUENCE,
                der(INTEGER, serial),
                SHA256_WITH_RSA,
                name,
                der(SEQUENCE, time(start), time(expiry)),
                name,
                key.getEncoded());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(signer);
        signature.update(content);
        return der(SEQUENCE, content, SHA256_WITH_RSA, der(BIT_STRING, new byte[1], signature.sign()));
    }

    /** Whether a certificate is of a subject, as {@link #make} writes it. */
    public static boolean isOf(String subject, X509Certificate certificate) {
        return new X500Principal(name(subject)).equals(certificate.getSubjectX500Principal());
    }

    private static byte[] name(String subject) {
        try {
            return new X500Principal(subject).getEncoded();
        } catch (IllegalArgumentException e) {
            byte[] text = der(UTF8_STRING, subject.getBytes(StandardCharsets.UTF_8));
            return der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, text)));
        }
    }

    private static byte[] time(Instant time) {
        boolean four = !time.isBefore(FOUR_DIGITS);
        String text = DateTimeFormatter.ofPattern(four ? "uuuuMMddHHmmss'Z'" : "uuMMddHHmmss'Z'")
                .format(time.atOffset(ZoneOffset.UTC));
        return der(four ? GENERALIZED_TIME : UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A value: its tag, its length, its parts. */
    private static byte[] der(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        if (length < 0x80) {
            value.write(length);
        } else {
            byte[] digits = BigInteger.valueOf(length).toByteArray();
            int skipped = digits[0] == 0 ? 1 : 0;
            value.write(0x80 | digits.length - skipped);
            value.write(digits, skipped, digits.length - skipped);
        }
        for (byte[] part : parts) {
            value.writeBytes(part);
        }
        return value.toByteArray();
    }
}
