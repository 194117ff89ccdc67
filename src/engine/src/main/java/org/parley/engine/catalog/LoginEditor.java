package org.parley.engine.catalog;

import java.util.function.IntSupplier;
import org.parley.BrokerException;
import org.parley.engine.catalog.ServerEdit.CreateLogin;
import org.parley.engine.security.Password;
import org.parley.engine.security.SecurityErrors;
import org.parley.engine.store.CatalogRows.CertificateRow;
import org.parley.engine.store.CatalogRows.LoginRow;
import org.parley.engine.store.CatalogRows.NetworkEndpointRow;

/** Changes the logins of the server, in master. */
final class LoginEditor {

    private final Kind<LoginRow> logins;
    private final Kind<CertificateRow> certificates;
    private final Kind<NetworkEndpointRow> endpoints;
    private final SecurityEditor security;
    private final IntSupplier nextId;

    LoginEditor(
            Kind<LoginRow> logins,
            Kind<CertificateRow> certificates,
            Kind<NetworkEndpointRow> endpoints,
            SecurityEditor security,
            IntSupplier nextId) {
        this.logins = logins;
        this.certificates = certificates;
        this.endpoints = endpoints;
        this.security = security;
        this.nextId = nextId;
    }

    void create(CreateLogin wanted) {
        CatalogErrors.checkName("login", wanted.name());
        if (wanted.certificate() != null) {
            certificates.existing(wanted.certificate(), "used by login '" + wanted.name() + "'");
        }
        LoginRow old = logins.find(wanted.name());
        if (old != null) {
            boolean same = wanted.certificate() != null
                    ? wanted.certificate().equals(old.certificate())
                    : wanted.password() != null
                            && old.verifier() != null
                            && Password.matches(old.verifier(), wanted.password());
            if (!same) {
                throw new BrokerException(
                        SecurityErrors.LOGIN_EXISTS,
                        "Login '" + wanted.name()
                                + "' exists with another password or certificate and can't be created;"
                                + " ALTER LOGIN ... WITH PASSWORD changes a password.");
            }
            return;
        }
        String verifier = wanted.certificate() != null
                ? null
                : UserEditor.verifierOf("login '" + wanted.name() + "'", wanted.password());
        logins.insert(new LoginRow(nextId.getAsInt(), wanted.name(), verifier, wanted.certificate(), true));
    }

    void setPassword(String name, char[] password) {
        LoginRow old = logins.existing(name, "altered");
        if (old.certificate() != null) {
            throw new BrokerException(
                    SecurityErrors.NO_PASSWORD,
                    "Login '" + name + "' proves itself by the certificate '" + old.certificate()
                            + "' and can't have a password.");
        }
        String verifier = UserEditor.verifierOf("login '" + name + "'", password);
        logins.update(new LoginRow(old.id(), name, verifier, null, old.enabled()));
    }

    void enable(String name, boolean enabled) {
        LoginRow old = logins.existing(name, "altered");
        logins.update(new LoginRow(old.id(), name, old.verifier(), old.certificate(), enabled));
    }

    void drop(String name) {
        LoginRow row = logins.existing(name, "dropped");
        for (NetworkEndpointRow endpoint : endpoints.all()) {
            if (name.equals(endpoint.definition().owner())) {
                throw new BrokerException(
                        SecurityErrors.OWNS_ENDPOINT,
                        "Login '" + name + "' owns endpoint '"
                                + endpoint.definition().name()
                                + "' and can't be dropped; ALTER AUTHORIZATION gives that to another.");
            }
        }
        security.forgetLogin(row.id());
        logins.delete(row);
    }
}
