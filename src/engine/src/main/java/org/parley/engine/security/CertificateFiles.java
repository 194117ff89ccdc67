package org.parley.engine.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.parley.BrokerException;

/** Certificates and private keys as they come from outside and go there; service-broker.md, section 16.1. */
public final class CertificateFiles {

    /** Bytes of the largest certificate and of the largest private key. */
    public static final int LARGEST = 32 * 1024 - 1;

    private static final int KEY_STEP = 64;
    private static final String FILE_CIPHER = "PBEWithHmacSHA256AndAES_256";
    private static final int FILE_SALT_BYTES = 16;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private CertificateFiles() {}

    /** What a file holds. */
    public static byte[] read(String what, String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            // PEM is longer than what it stands for
            byte[] content = in.readNBytes(2 * LARGEST + 1);
            if (content.length > 2 * LARGEST) {
                throw new BrokerException(
                        KeyErrors.UNREADABLE_FILE,
                        what + ": file '" + file + "' is larger than a certificate or a private key can be, " + LARGEST
                                + " bytes.");
            }
            return content;
        } catch (IOException | InvalidPathException e) {
            throw new BrokerException(
                    KeyErrors.UNREADABLE_FILE, what + ": file '" + file + "' can't be read: " + e + ".", e);
        }
    }

    /** Writes a new file. */
    public static void write(String what, String file, byte[] content) {
        try {
            Files.write(Path.of(file), content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException | InvalidPathException e) {
            throw new BrokerException(
                    KeyErrors.UNWRITABLE_FILE,
                    what + ": file '" + file + "' can't be written: " + e
                            + "; it must not exist, in a directory that this" + " process may write.",
                    e);
        }
    }

    /** The certificate in these bytes, DER or PEM, that dialogs and connections can use. */
    public static X509Certificate certificate(String what, byte[] encoded) {
        byte[] der = der(encoded, "CERTIFICATE");
        if (der.length > LARGEST) {
            throw KeyErrors.invalid(what + " has " + der.length + " bytes; allowed are at most " + LARGEST + ".", null);
        }
        X509Certificate certificate = parsed(what, der);
        if (certificate.getSubjectX500Principal().getName().isEmpty()) {
            throw KeyErrors.invalid(what + " has no subject; it must say whom it is of.", null);
        }
        if (!certificate.getNotBefore().before(certificate.getNotAfter())) {
            throw KeyErrors.invalid(
                    what + " is valid from " + certificate.getNotBefore().toInstant() + " until "
                            + certificate.getNotAfter().toInstant() + "; it must begin before it ends.",
                    null);
        }
        if (!(certificate.getPublicKey() instanceof RSAPublicKey key)) {
            throw KeyErrors.invalid(
                    what + " has a key for " + certificate.getPublicKey().getAlgorithm() + "; allowed is RSA.", null);
        }
        int bits = key.getModulus().bitLength();
        if (bits % KEY_STEP != 0) {
            throw new BrokerException(
                    KeyErrors.KEY_LENGTH,
                    what + " has a key of " + bits + " bits; allowed are multiples of " + KEY_STEP + ".");
        }
        return certificate;
    }

    /** A certificate that has been stored. */
    public static X509Certificate parsed(String what, byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw KeyErrors.invalid(what + " is no X.509 certificate, DER or PEM: " + e.getMessage() + ".", e);
        }
    }

    /** The private key of a certificate, PKCS #8. */
    public static byte[] privateKey(String what, byte[] encoded, String password, X509Certificate certificate) {
        try {
            byte[] der = password == null
                    ? der(encoded, "PRIVATE KEY")
                    : decrypted(der(encoded, "ENCRYPTED PRIVATE KEY"), password);
            RSAPrivateKey key =
                    (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
            if (!key.getModulus().equals(((RSAPublicKey) certificate.getPublicKey()).getModulus())) {
                throw KeyErrors.invalid(what + " comes with a private key of another certificate.", null);
            }
            return key.getEncoded();
        } catch (IOException | GeneralSecurityException e) {
            throw KeyErrors.invalid(
                    what
                            + " comes with a private key that can't be read: it must be an RSA key in PKCS #8, DER or PEM, "
                            + (password == null
                                    ? "not encrypted"
                                    : "encrypted by the password of DECRYPTION BY PASSWORD")
                            + ".",
                    e);
        }
    }

    private static byte[] decrypted(byte[] encoded, String password) throws IOException, GeneralSecurityException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encoded);
        // that of PBES2 stands in its parameters
        String algorithm =
                info.getAlgName().startsWith("PBES2") || info.getAlgName().startsWith("1.2.840.113549.1.5.13")
                        ? info.getAlgParameters().toString()
                        : info.getAlgName();
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray())),
                info.getAlgParameters());
        return info.getKeySpec(cipher).getEncoded();
    }

    /** A private key for a file, encrypted. */
    public static byte[] encrypted(byte[] privateKey, String password) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance(FILE_CIPHER);
            parameters.init(new PBEParameterSpec(Envelope.random(FILE_SALT_BYTES), Password.rounds()));
            Cipher cipher = Cipher.getInstance(FILE_CIPHER);
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    SecretKeyFactory.getInstance(FILE_CIPHER).generateSecret(new PBEKeySpec(password.toCharArray())),
                    parameters);
            byte[] sealed = cipher.doFinal(privateKey);
            // the name that the format has for it
            AlgorithmParameters named = AlgorithmParameters.getInstance("PBES2");
            named.init(cipher.getParameters().getEncoded());
            return new EncryptedPrivateKeyInfo(named, sealed).getEncoded();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + FILE_CIPHER + "; this one says: " + e, e);
        }
    }

    /** What is between the lines of a PEM text, or the bytes as they are. */
    private static byte[] der(byte[] encoded, String kind) {
        Matcher pem = PEM.matcher(new String(encoded, StandardCharsets.ISO_8859_1));
        while (pem.find()) {
            if (pem.group(1).equals(kind)) {
                return Base64.getMimeDecoder().decode(pem.group(2));
            }
        }
        return encoded;
    }
}
