package org.parley.engine.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.parley.BrokerException;
import org.parley.CertificateDefinition;
import org.parley.CertificateSource;
import org.parley.LoginDefinition;
import org.parley.NetworkEndpointDefinition;
import org.parley.engine.catalog.KeyEdit.CreateCertificate;
import org.parley.engine.catalog.KeyEdit.CreateMasterKey;
import org.parley.engine.catalog.KeyEdit.DropCertificate;
import org.parley.engine.catalog.KeyEdit.DropMasterKey;
import org.parley.engine.catalog.KeyEdit.EncryptByPassword;
import org.parley.engine.catalog.KeyEdit.EncryptByServer;
import org.parley.engine.catalog.KeyEdit.Regenerate;
import org.parley.engine.catalog.KeyEdit.SetActive;
import org.parley.engine.catalog.ServerEdit.AlterEndpoint;
import org.parley.engine.catalog.ServerEdit.CreateEndpoint;
import org.parley.engine.catalog.ServerEdit.CreateLogin;
import org.parley.engine.catalog.ServerEdit.DropEndpoint;
import org.parley.engine.catalog.ServerEdit.DropLogin;
import org.parley.engine.catalog.ServerEdit.Enable;
import org.parley.engine.catalog.ServerEdit.SetPassword;
import org.parley.engine.security.Access;
import org.parley.engine.security.CertificateFiles;
import org.parley.engine.security.KeyErrors;
import org.parley.engine.security.MasterKey;
import org.parley.engine.security.SecurityErrors;
import org.parley.engine.security.SessionKey;
import org.parley.engine.store.CatalogRows.CertificateRow;
import org.parley.engine.store.CatalogRows.NetworkEndpointRow;

/** The part of a catalog that is about what only the network needs: keys, certificates, logins, the network endpoint. */
abstract class NetworkCatalog extends SecuredCatalog {

    /** What is defined of the server as a whole, if there is anything and the caller may see it. */
    abstract Optional<CatalogSnapshot> server();

    /** The server itself. */
    abstract HomeServer home();

    /** Who asks. */
    abstract Access caller();

    /** The master key as the session has opened it. */
    abstract SessionKey session();

    private void run(KeyEdit edit) {
        run(new CatalogEdit.Key(edit));
    }

    private void runOnServer(ServerEdit edit) {
        runOnServer(new CatalogEdit.Server(edit));
    }

    @Override
    public void createMasterKey(String password) {
        run(new CreateMasterKey(password));
    }

    @Override
    public void regenerateMasterKey(String password, boolean force) {
        run(new Regenerate(password, force));
    }

    @Override
    public void addMasterKeyPassword(String password) {
        run(new EncryptByPassword(password, true));
    }

    @Override
    public void dropMasterKeyPassword(String password) {
        run(new EncryptByPassword(password, false));
    }

    @Override
    public void encryptMasterKeyByServer(boolean encrypted) {
        run(new EncryptByServer(encrypted));
    }

    @Override
    public void dropMasterKey() {
        run(new DropMasterKey());
    }

    @Override
    public void openMasterKey(String password) {
        checkOwner("open the master key of the database");
        MasterKey key = masterKey()
                .orElseThrow(() -> new BrokerException(
                        CatalogErrors.NOT_FOUND, "The master key can't be opened: the database has none."));
        session()
                .open(key.open(password == null ? "" : password)
                        .orElseThrow(() -> new BrokerException(
                                KeyErrors.WRONG_PASSWORD,
                                "The master key can't be opened: it isn't encrypted by this password.")));
    }

    @Override
    public void closeMasterKey() {
        if (!session().close()) {
            throw new BrokerException(
                    KeyErrors.NOT_OPEN, "The master key can't be closed: this session hasn't opened it.");
        }
    }

    private Optional<MasterKey> masterKey() {
        return Optional.ofNullable(snapshot().optionsRow().masterKey()).map(MasterKey::of);
    }

    private void checkOwner(String what) {
        if (!caller().databaseOwner()) {
            throw SecurityErrors.notOwner(caller(), what);
        }
    }

    @Override
    public void createCertificate(String name, CertificateSource source, boolean activeForBeginDialog) {
        run(new CreateCertificate(name, source, activeForBeginDialog));
    }

    @Override
    public void setActiveForBeginDialog(String certificate, boolean active) {
        run(new SetActive(certificate, active));
    }

    @Override
    public void backupCertificate(String name, String file, String privateKeyFile, String password) {
        checkOwner("back up certificates");
        CertificateRow row = snapshot().certificates().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BrokerException(
                        CatalogErrors.NOT_FOUND,
                        "The certificate '" + CatalogErrors.shortened(name)
                                + "' can't be backed up: there is no such certificate."));
        String what = "Backup of certificate '" + name + "'";
        if (privateKeyFile != null && (password == null || password.isEmpty())) {
            throw new BrokerException(
                    CatalogErrors.SYNTAX,
                    what + ": the password that encrypts the private key in its file is missing.");
        }
        byte[] key = privateKeyFile == null ? null : CertificateFiles.encrypted(privateKey(row), password);
        CertificateFiles.write(what, file, row.encoded());
        if (key != null) {
            CertificateFiles.write(what, privateKeyFile, key);
        }
    }

    private byte[] privateKey(CertificateRow row) {
        String what = "The private key of certificate '" + row.name() + "'";
        if (row.privateKey() == null) {
            throw new BrokerException(
                    KeyErrors.NO_PRIVATE_KEY, "Certificate '" + row.name() + "' has no private key to back up.");
        }
        return masterKey()
                .flatMap(key -> session()
                        .of(key)
                        .or(() -> home().key().flatMap(key::open).map(MasterKey.Opened::key)))
                .flatMap(key -> MasterKey.unseal(key, row.privateKey()))
                .orElseThrow(() -> KeyErrors.masterKeyNeeded(what, true));
    }

    @Override
    public void dropCertificate(String name) {
        run(new DropCertificate(name));
    }

    @Override
    public List<CertificateDefinition> certificates() {
        CatalogSnapshot now = snapshot();
        return now.certificates().stream()
                .map(row -> new Certificate(row).definition(now.principals().ownerOf(row.id())))
                .sorted(Comparator.comparing(CertificateDefinition::name))
                .toList();
    }

    @Override
    public void define(NetworkEndpointDefinition endpoint) {
        runOnServer(new CreateEndpoint(endpoint));
    }

    @Override
    public void alter(NetworkEndpointDefinition endpoint) {
        runOnServer(new AlterEndpoint(endpoint));
    }

    @Override
    public void dropNetworkEndpoint(String name) {
        runOnServer(new DropEndpoint(name));
    }

    @Override
    public Optional<NetworkEndpointDefinition> networkEndpoint() {
        return server().flatMap(now -> now.networkEndpoints().stream().findFirst())
                .map(NetworkEndpointRow::definition);
    }

    @Override
    public void createLogin(String name, char[] password) {
        runOnServer(new CreateLogin(name, password, null));
    }

    @Override
    public void createLoginFromCertificate(String name, String certificate) {
        runOnServer(new CreateLogin(name, null, certificate));
    }

    @Override
    public void setLoginPassword(String login, char[] password) {
        runOnServer(new SetPassword(login, password));
    }

    @Override
    public void enableLogin(String login, boolean enabled) {
        runOnServer(new Enable(login, enabled));
    }

    @Override
    public void dropLogin(String name) {
        runOnServer(new DropLogin(name));
    }

    @Override
    public List<LoginDefinition> logins() {
        return server().stream()
                .flatMap(now -> now.logins().stream())
                .map(row -> new LoginDefinition(row.name(), row.verifier() != null, row.certificate(), row.enabled()))
                .sorted(Comparator.comparing(LoginDefinition::name))
                .toList();
    }
}
