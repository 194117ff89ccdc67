package org.parley.engine.catalog;

import java.util.List;
import java.util.Optional;
import org.parley.BrokerException;
import org.parley.engine.security.KeyErrors;
import org.parley.engine.security.MasterKey;
import org.parley.engine.security.SessionKey;
import org.parley.engine.store.CatalogRows.CertificateRow;

/** Changes the master key of a database, and with it the private keys that it encrypts; service-broker.md, section 16. */
final class MasterKeyEditor {

    private final OptionsEditor options;
    private final Kind<CertificateRow> certificates;
    private final HomeServer server;
    private final SessionKey session;

    /**
     * An editor for one transaction.
     *
     * @param server the server, whose own key opens the master key
     * @param session the master key as the session has opened it
     */
    MasterKeyEditor(OptionsEditor options, Kind<CertificateRow> certificates, HomeServer server, SessionKey session) {
        this.options = options;
        this.certificates = certificates;
        this.server = server;
        this.session = session;
    }

    void create(String password) {
        checkPassword(password);
        if (options.masterKey().isEmpty()) {
            become(MasterKey.random(), password);
        } else if (options.masterKey().get().open(password).isEmpty()) {
            throw new BrokerException(
                    KeyErrors.MASTER_KEY_EXISTS, "The database has a master key with another password; drop it first.");
        }
    }

    private void become(byte[] key, String password) {
        MasterKey made = MasterKey.of(key, password);
        options.become(
                server.key().map(serverKey -> made.withServer(key, serverKey)).orElse(made));
    }

    private static void checkPassword(String password) {
        if (password == null || password.isEmpty()) {
            throw new BrokerException(CatalogErrors.SYNTAX, "The password of the master key is missing.");
        }
    }

    private MasterKey existing(String done) {
        return options.masterKey()
                .orElseThrow(() -> new BrokerException(
                        CatalogErrors.NOT_FOUND, "The master key can't be " + done + ": the database has none."));
    }

    /** The bytes of the master key; empty when neither the session nor the server can decrypt it. */
    private Optional<byte[]> opened() {
        return options.masterKey()
                .flatMap(key ->
                        session.of(key).or(() -> server.key().flatMap(key::open).map(MasterKey.Opened::key)));
    }

    private byte[] opened(String what) {
        return opened().orElseThrow(() ->
                KeyErrors.masterKeyNeeded(what, options.masterKey().isPresent()));
    }

    /** Fails when the key can't be decrypted. */
    void require(String what) {
        opened(what);
    }

    /** A private key as it is stored. */
    byte[] seal(String what, byte[] privateKey) {
        return MasterKey.seal(opened(what), privateKey);
    }

    void regenerate(String password, boolean force) {
        checkPassword(password);
        existing("regenerated");
        Optional<byte[]> old = opened();
        if (old.isEmpty() && !force) {
            throw new BrokerException(
                    KeyErrors.LOST_MASTER_KEY,
                    "The master key can't be regenerated: it can't be decrypted by this server's own key. OPEN MASTER KEY"
                            + " opens it by its password; FORCE gives up what it has encrypted.");
        }
        byte[] key = MasterKey.random();
        for (CertificateRow row : List.copyOf(certificates.all())) {
            if (row.privateKey() != null) {
                Optional<byte[]> plain = old.flatMap(each -> MasterKey.unseal(each, row.privateKey()));
                if (plain.isEmpty() && !force) {
                    throw new BrokerException(
                            KeyErrors.LOST_PRIVATE_KEY,
                            "The private key of certificate '" + row.name()
                                    + "' can't be decrypted by the master key; FORCE gives it up.");
                }
                byte[] sealed = plain.map(each -> MasterKey.seal(key, each)).orElse(null);
                certificates.update(new CertificateRow(row.id(), row.name(), row.encoded(), sealed, row.active()));
            }
        }
        become(key, password);
    }

    void encryptByPassword(String password, boolean add) {
        checkPassword(password);
        MasterKey old = existing("altered");
        boolean opens = old.open(password).isPresent();
        if (add && opens) {
            throw new BrokerException(
                    KeyErrors.ENCRYPTION_EXISTS, "The master key is encrypted by this password already.");
        }
        if (!add && (!opens || old.passwords() == 1)) {
            throw new BrokerException(
                    KeyErrors.ENCRYPTION_NOT_DROPPED,
                    "Encryption by password can't be dropped from the master key: "
                            + (opens ? "this password is its only one." : "it isn't encrypted by this password."));
        }
        options.become(add ? old.with(opened("ALTER MASTER KEY ADD ENCRYPTION"), password) : old.without(password));
    }

    void encryptByServer(boolean add) {
        MasterKey old = existing("altered");
        if (add) {
            byte[] key = opened("ALTER MASTER KEY ADD ENCRYPTION");
            if (server.key().flatMap(old::open).isEmpty()) {
                server.key().ifPresent(serverKey -> options.become(old.withServer(key, serverKey)));
            }
        } else if (old.byServer()) {
            options.become(old.withoutServer());
        } else {
            throw new BrokerException(
                    KeyErrors.ENCRYPTION_NOT_DROPPED,
                    "Encryption by the service master key can't be dropped from the master key: it isn't encrypted so.");
        }
    }

    void drop() {
        existing("dropped");
        List<String> encrypted = certificates.names(row -> row.privateKey() != null);
        if (!encrypted.isEmpty()) {
            throw new BrokerException(
                    KeyErrors.MASTER_KEY_USED,
                    "The master key can't be dropped: the private key of certificate '" + encrypted.get(0)
                            + "' is encrypted by it; drop that first.");
        }
        options.become((MasterKey) null);
    }
}
