package org.parley;

import java.util.List;

/**
 * Master key and certificates of one broker database; a part of its {@link Catalog}. Each change is a transaction of its own.
 * What they prove takes effect with the transport between servers. Source of the rules: service-broker.md, section 16.
 *
 * <p>All of it belongs to members of db_owner, others get 15247; a certificate is changed and dropped by its owner too, and by
 * whom ALTER or CONTROL on it was granted to; others get 229.
 */
public interface Keys {

    /**
     * Gives the database a master key. It is stored encrypted, by the password and by the server's own key.
     *
     * @throws BrokerException 15578 when it has one with another password
     */
    void createMasterKey(String password);

    /**
     * Makes another master key; private keys are encrypted anew.
     *
     * @param force whether private keys that can't be decrypted any more are given up
     * @throws BrokerException 15151 when there is none, 15329 when it can't be decrypted
     */
    void regenerateMasterKey(String password, boolean force);

    /**
     * Lets another password open the master key.
     *
     * @throws BrokerException 15151 when there is no master key, 15581 when it can't be decrypted, 15557 when the password
     *     opens it already
     */
    void addMasterKeyPassword(String password);

    /**
     * Lets a password open the master key no longer.
     *
     * @throws BrokerException 15151 when there is no master key, 15558 when the password doesn't open it or is the last one
     */
    void dropMasterKeyPassword(String password);

    /**
     * Encrypts the master key by the server's own key too, so that it needs no password, or no longer.
     *
     * @throws BrokerException 15151 when there is no master key, 15581 when it can't be decrypted, 15558 when it isn't
     *     encrypted so
     */
    void encryptMasterKeyByServer(boolean encrypted);

    /**
     * Opens the master key for this session; needed only when it isn't encrypted by the server's own key.
     *
     * @throws BrokerException 15151 when there is none, 15313 when the password is wrong
     */
    void openMasterKey(String password);

    /**
     * Closes the master key in this session.
     *
     * @throws BrokerException 15315 when it isn't open
     */
    void closeMasterKey();

    /**
     * Takes the master key away.
     *
     * @throws BrokerException 15151 when there is none, 15580 when private keys are encrypted by it
     */
    void dropMasterKey();

    /**
     * Makes a certificate or takes one over; {@link Catalog#ownedBy} says whom it proves if that isn't the caller.
     *
     * @throws BrokerException 15232 when one of that name is another one, or this one is there by another name; 15151 for an
     *     unknown owner, 15345 for a role; 15581 when a private key needs the master key and there is none, or it can't be
     *     decrypted; 15208 for a file that can't be read, 15297 for what is no certificate or has a subject, dates or a size
     *     that aren't allowed; 9735 for a length of its key that isn't a multiple of 64; 9737 for a password
     */
    void createCertificate(String name, CertificateSource source, boolean activeForBeginDialog);

    /**
     * ACTIVE FOR BEGIN_DIALOG.
     *
     * @throws BrokerException 15151 when it doesn't exist
     */
    void setActiveForBeginDialog(String certificate, boolean active);

    /**
     * Writes a certificate to a new file on the server's machine, DER, and its private key to another, PKCS #8.
     *
     * @param privateKeyFile null: without the key
     * @param password what the key is encrypted by in its file
     * @throws BrokerException 15151 when it doesn't exist, 15563 when it has no private key, 15240 when a file exists or
     *     can't be written, 15581 when the key can't be decrypted
     */
    void backupCertificate(String name, String file, String privateKeyFile, String password);

    /**
     * Drops a certificate with its private key.
     *
     * @throws BrokerException 15151 when it doesn't exist, 15559 when a user or login is mapped to it, 15352 when the
     *     network endpoint uses it
     */
    void dropCertificate(String name);

    /** Certificates, by name. */
    List<CertificateDefinition> certificates();
}
