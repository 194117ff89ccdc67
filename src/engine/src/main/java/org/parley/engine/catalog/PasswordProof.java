package org.parley.engine.catalog;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** What is stored in place of a password: {@code algorithm:rounds:salt:hash}, salt and hash in base 64. */
final class PasswordProof {

    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final int ROUNDS = 210_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    private PasswordProof() {}

    static String of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        Base64.Encoder text = Base64.getEncoder();
        return ALGORITHM + ":" + ROUNDS + ":" + text.encodeToString(salt) + ":"
                + text.encodeToString(hash(password, ALGORITHM, ROUNDS, salt));
    }

    static boolean matches(String password, String proof) {
        String[] parts = proof.split(":");
        byte[] hash = hash(
                password,
                parts[0],
                Integer.parseInt(parts[1]),
                Base64.getDecoder().decode(parts[2]));
        return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
    }

    private static byte[] hash(String password, String algorithm, int rounds, byte[] salt) {
        try {
            return SecretKeyFactory.getInstance(algorithm)
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, rounds, HASH_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK lacks " + algorithm, e);
        }
    }
}
