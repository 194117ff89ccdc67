package org.parley.engine.catalog;

import java.util.List;
import java.util.Optional;
import org.parley.BrokerException;
import org.parley.CertificateDefinition;
import org.parley.CertificateSource;
import org.parley.LoginDefinition;
import org.parley.NetworkEndpointDefinition;

/** The part of a catalog that is about what only the network needs: keys, certificates, logins, the network endpoint. */
abstract class NetworkCatalog extends SecuredCatalog {

    private static BrokerException later() {
        return new BrokerException(40517, "This catalog keeps no keys, certificates, logins and network endpoints.");
    }

    @Override
    public void regenerateMasterKey(String password, boolean force) {
        throw later();
    }

    @Override
    public void addMasterKeyPassword(String password) {
        throw later();
    }

    @Override
    public void dropMasterKeyPassword(String password) {
        throw later();
    }

    @Override
    public void encryptMasterKeyByServer(boolean encrypted) {
        throw later();
    }

    @Override
    public void openMasterKey(String password) {
        throw later();
    }

    @Override
    public void closeMasterKey() {
        throw later();
    }

    @Override
    public void createCertificate(String name, CertificateSource source, boolean activeForBeginDialog) {
        throw later();
    }

    @Override
    public void setActiveForBeginDialog(String certificate, boolean active) {
        throw later();
    }

    @Override
    public void backupCertificate(String name, String file, String privateKeyFile, String password) {
        throw later();
    }

    @Override
    public void dropCertificate(String name) {
        throw later();
    }

    @Override
    public List<CertificateDefinition> certificates() {
        throw later();
    }

    @Override
    public void define(NetworkEndpointDefinition endpoint) {
        throw later();
    }

    @Override
    public void alter(NetworkEndpointDefinition endpoint) {
        throw later();
    }

    @Override
    public void dropNetworkEndpoint(String name) {
        throw later();
    }

    @Override
    public Optional<NetworkEndpointDefinition> networkEndpoint() {
        throw later();
    }

    @Override
    public void createLogin(String name, char[] password) {
        throw later();
    }

    @Override
    public void createLoginFromCertificate(String name, String certificate) {
        throw later();
    }

    @Override
    public void setLoginPassword(String login, char[] password) {
        throw later();
    }

    @Override
    public void enableLogin(String login, boolean enabled) {
        throw later();
    }

    @Override
    public void dropLogin(String name) {
        throw later();
    }

    @Override
    public List<LoginDefinition> logins() {
        throw later();
    }

    @Override
    public void createUserForLogin(String name, String login) {
        throw later();
    }

    @Override
    public void createUserForCertificate(String name, String certificate) {
        throw later();
    }
}
