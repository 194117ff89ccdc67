package org.parley.engine.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept of a password: {@code pbkdf2:iterations:salt:digest}. The work of a guess is that of so many rounds of
 * HMAC-SHA-256.
 */
public final class Password {

    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final String PREFIX = "pbkdf2";
    private static final int ITERATIONS = 310_000;
    private static final int SALT_BYTES = 16;
    private static final int DIGEST_BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    // tests of this package lower it; what is stored tells its own rounds
    private static volatile int rounds = ITERATIONS;

    private Password() {}

    /** Rounds for what is made from now on. */
    static int rounds() {
        return rounds;
    }

    /** Fewer rounds for tests, which make many; null for those of every server. */
    static void rounds(Integer fewer) {
        rounds = fewer == null ? ITERATIONS : fewer;
    }

    /** A verifier with a salt of its own. */
    public static String verifierOf(char[] password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        Base64.Encoder text = Base64.getEncoder();
        int made = rounds;
        return PREFIX + ":" + made + ":" + text.encodeToString(salt) + ":"
                + text.encodeToString(digest(password, salt, made));
    }

    /** Whether a verifier was made from that password; takes the same time for each wrong one. */
    public static boolean matches(String verifier, char[] password) {
        String[] parts = verifier.split(":");
        if (parts.length != 4 || !parts[0].equals(PREFIX)) {
            throw new IllegalStateException("A password is stored in a form that isn't known: " + parts[0]);
        }
        Base64.Decoder bytes = Base64.getDecoder();
        byte[] given = digest(password, bytes.decode(parts[2]), Integer.parseInt(parts[1]));
        return MessageDigest.isEqual(given, bytes.decode(parts[3]));
    }

    /** 32 bytes that only the password gives. */
    static byte[] digest(char[] password, byte[] salt, int iterations) {
        PBEKeySpec key = new PBEKeySpec(password, salt, iterations, DIGEST_BITS);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(key).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + ALGORITHM + "; this one says: " + e, e);
        } finally {
            key.clearPassword();
        }
    }
}
