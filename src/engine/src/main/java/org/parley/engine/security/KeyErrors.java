package org.parley.engine.security;

import org.parley.BrokerException;

/** What is told of keys and certificates that aren't allowed; numbers are SQL Server's. */
public final class KeyErrors {

    /** A key's length isn't a multiple of 64. */
    static final int KEY_LENGTH = 9735;

    /** A private key is protected by a password. */
    public static final int OWN_PASSWORD = 9737;

    /** A file can't be read. */
    static final int UNREADABLE_FILE = 15208;

    /** A certificate is there already. */
    public static final int CERTIFICATE_EXISTS = 15232;

    /** A file can't be written. */
    static final int UNWRITABLE_FILE = 15240;

    /** What should be a certificate or a key is none. */
    public static final int INVALID = 15297;

    /** A password doesn't open a master key. */
    public static final int WRONG_PASSWORD = 15313;

    /** A master key isn't open. */
    public static final int NOT_OPEN = 15315;

    /** A private key can't be decrypted. */
    public static final int LOST_PRIVATE_KEY = 15320;

    /** A master key can't be decrypted. */
    public static final int LOST_MASTER_KEY = 15329;

    /** Roles own no certificates. */
    public static final int OWNED_BY_ROLE = 15345;

    /** A certificate is used. */
    public static final int CERTIFICATE_USED = 15352;

    /** A password opens a master key already. */
    public static final int ENCRYPTION_EXISTS = 15557;

    /** A password doesn't open a master key, or nothing else does. */
    public static final int ENCRYPTION_NOT_DROPPED = 15558;

    /** A principal is mapped to a certificate. */
    public static final int CERTIFICATE_MAPPED = 15559;

    /** A certificate has no private key. */
    public static final int NO_PRIVATE_KEY = 15563;

    /** There is a master key. */
    public static final int MASTER_KEY_EXISTS = 15578;

    /** Private keys are encrypted by a master key. */
    public static final int MASTER_KEY_USED = 15580;

    /** A master key is needed. */
    public static final int MASTER_KEY_NEEDED = 15581;

    private KeyErrors() {}

    /** 15581: nothing can be encrypted or decrypted without the master key. */
    public static BrokerException masterKeyNeeded(String what, boolean exists) {
        return new BrokerException(
                MASTER_KEY_NEEDED,
                what + " needs the master key of the database, "
                        + (exists
                                ? "which isn't encrypted by this server's own key; OPEN MASTER KEY DECRYPTION BY PASSWORD"
                                        + " opens it in this session."
                                : "which has none; CREATE MASTER KEY ENCRYPTION BY PASSWORD makes one."));
    }

    /** 15297: no certificate or private key. */
    public static BrokerException invalid(String what, Throwable cause) {
        return new BrokerException(INVALID, what, cause);
    }
}
