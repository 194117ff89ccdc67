package org.parley.sql.run;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.parley.Catalog;
import org.parley.CertificateSource;
import org.parley.Permission;
import org.parley.Securable;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.SecurityDefinition;
import org.parley.sql.ast.SecurityDefinition.Authorization;
import org.parley.sql.ast.SecurityDefinition.BackupCertificate;
import org.parley.sql.ast.SecurityDefinition.Certificate;
import org.parley.sql.ast.SecurityDefinition.Login;
import org.parley.sql.ast.SecurityDefinition.MasterKey;
import org.parley.sql.ast.SecurityDefinition.OpenMasterKey;
import org.parley.sql.ast.SecurityDefinition.Permit;
import org.parley.sql.ast.SecurityDefinition.RoleMember;
import org.parley.sql.ast.SecurityDefinition.User;
import org.parley.sql.value.Conversion;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/** Principals, permissions, keys and certificates; service-broker.md, sections 5.9 and 16. */
final class SecurityRunner {

    private static final int UNKNOWN_PERMISSION = 4606;
    private static final int UNKNOWN_KIND = 15151;
    private static final int EXISTS = 15023;
    private static final int LOGIN_EXISTS = 15025;
    private static final int CERTIFICATE_EXISTS = 15232;
    private static final int MASTER_KEY_EXISTS = 15578;

    private final DefinitionContext definitions;

    SecurityRunner(DefinitionContext definitions) {
        this.definitions = definitions;
    }

    void register(DefinitionSteps steps) {
        steps.does(User.class, this::user);
        steps.does(Login.class, this::login);
        steps.does(RoleMember.class, this::member);
        steps.does(Permit.class, this::permit);
        steps.does(Authorization.class, this::authorize);
        steps.does(MasterKey.class, this::masterKey);
        steps.does(OpenMasterKey.class, this::openMasterKey);
        steps.does(Certificate.class, this::certificate);
        steps.does(BackupCertificate.class, this::backup);
    }

    private Catalog catalog() {
        return definitions.catalog();
    }

    private void user(User user) {
        if (user.alter()) {
            if (user.password() == null) {
                throw DefinitionContext.unsupported("ALTER USER '" + user.name() + "' without a new password");
            }
            catalog().setPassword(user.name(), user.password().toCharArray());
            return;
        }
        definitions.refuse(
                () -> catalog().users().stream().anyMatch(each -> each.name().equals(user.name())),
                EXISTS,
                () -> "There is a user '" + user.name() + "' already in this database.");
        switch (user.form() == null ? "" : user.form()) {
            case "PASSWORD" -> catalog().createUser(user.name(), user.password().toCharArray());
            case "FOR LOGIN" -> catalog().createUserForLogin(user.name(), user.subject());
            case "FOR CERTIFICATE" -> catalog().createUserForCertificate(user.name(), user.subject());
            case "WITHOUT LOGIN" -> catalog().createUser(user.name());
            // a name alone is also that of the login, where there is one
            default -> {
                if (catalog().logins().stream().anyMatch(each -> each.name().equals(user.name()))) {
                    catalog().createUserForLogin(user.name(), user.name());
                } else {
                    catalog().createUser(user.name());
                }
            }
        }
    }

    private void login(Login login) {
        if (!login.alter()) {
            definitions.refuse(
                    () -> catalog().logins().stream()
                            .anyMatch(each -> each.name().equals(login.name())),
                    LOGIN_EXISTS,
                    () -> "There is a login '" + login.name() + "' already on this server.");
        }
        if (login.enabled() != null) {
            catalog().enableLogin(login.name(), login.enabled());
        } else if (login.certificate() != null) {
            catalog().createLoginFromCertificate(login.name(), login.certificate());
        } else if (login.password() == null) {
            throw DefinitionContext.unsupported("A login '" + login.name() + "' of Windows");
        } else if (login.alter()) {
            catalog().setLoginPassword(login.name(), login.password().toCharArray());
        } else {
            catalog().createLogin(login.name(), login.password().toCharArray());
        }
    }

    private void member(RoleMember change) {
        if (change.add()) {
            catalog().addRoleMember(change.role(), change.member());
        } else {
            catalog().dropRoleMember(change.role(), change.member());
        }
    }

    private void permit(Permit permit) {
        if (permit.grantOption()) {
            throw DefinitionContext.unsupported(permit.verb() + " with the GRANT OPTION");
        }
        if (permit.on() == null) {
            throw DefinitionContext.unsupported(permit.verb() + " of a permission on the whole database");
        }
        Securable on = securable(permit.on());
        List<Permission> permissions = new ArrayList<>();
        permit.permissions().forEach(permission -> permissions.add(permission(permission)));
        String[] principals = permit.principals().toArray(String[]::new);
        for (Permission permission : permissions) {
            switch (permit.verb()) {
                case "GRANT" -> catalog().grant(permission, on, principals);
                case "DENY" -> catalog().deny(permission, on, principals);
                default -> catalog().revoke(permission, on, principals);
            }
        }
    }

    private static Permission permission(String written) {
        for (Permission permission : Permission.values()) {
            if (permission.shown().equals(written.toUpperCase(Locale.ROOT))) {
                return permission;
            }
        }
        throw new ScriptError(
                UNKNOWN_PERMISSION, "There is no permission '" + written + "' on objects of this server.");
    }

    /** A kind that isn't written is that of what is in a schema. */
    private Securable securable(SecurityDefinition.Securable written) {
        ObjectName name = written.name();
        String kind = written.kind() == null ? "OBJECT" : written.kind();
        return switch (kind) {
            case "OBJECT", "QUEUE" -> object(definitions.local(name));
            case "SERVICE" -> Securable.service(DefinitionContext.stored(name.last()));
            case "CONTRACT" -> Securable.contract(DefinitionContext.stored(name.last()));
            case "MESSAGE TYPE" -> Securable.messageType(DefinitionContext.stored(name.last()));
            case "XML SCHEMA COLLECTION" -> Securable.xmlSchemaCollection(definitions.local(name));
            case "CERTIFICATE" -> Securable.certificate(name.last());
            case "ENDPOINT" -> Securable.endpoint(name.last());
            default ->
                throw new ScriptError(
                        UNKNOWN_KIND, "Permissions on a " + kind + " ('" + name + "') are not known on this server.");
        };
    }

    private Securable object(String name) {
        return catalog().procedure(name).isPresent() ? Securable.procedure(name) : Securable.queue(name);
    }

    private void authorize(Authorization change) {
        catalog().alterAuthorization(securable(change.on()), change.owner() == null ? "dbo" : change.owner());
    }

    private void masterKey(MasterKey key) {
        switch (key.change() == null ? "" : key.change()) {
            case "REGENERATE" -> catalog().regenerateMasterKey(key.password(), false);
            case "FORCE REGENERATE" -> catalog().regenerateMasterKey(key.password(), true);
            case "ADD" -> addEncryption(key.password());
            case "DROP" -> dropEncryption(key.password());
            default -> create(key.password());
        }
    }

    private void create(String password) {
        if (password == null) {
            throw DefinitionContext.unsupported("CREATE MASTER KEY without a password");
        }
        definitions.refuse(
                () -> catalog().options().masterKey(),
                MASTER_KEY_EXISTS,
                () -> "This database has a master key already; DROP MASTER KEY takes it away.");
        catalog().createMasterKey(password);
    }

    /** Without a password it is the server's own key that encrypts it. */
    private void addEncryption(String password) {
        if (password == null) {
            catalog().encryptMasterKeyByServer(true);
        } else {
            catalog().addMasterKeyPassword(password);
        }
    }

    private void dropEncryption(String password) {
        if (password == null) {
            catalog().encryptMasterKeyByServer(false);
        } else {
            catalog().dropMasterKeyPassword(password);
        }
    }

    private void openMasterKey(OpenMasterKey open) {
        if (open.password() == null) {
            catalog().closeMasterKey();
        } else {
            catalog().openMasterKey(open.password());
        }
    }

    private void certificate(Certificate certificate) {
        if (certificate.alter()) {
            if (certificate.activeForBeginDialog() == null) {
                throw DefinitionContext.unsupported(
                        "ALTER CERTIFICATE '" + certificate.name() + "' with another change");
            }
            catalog().setActiveForBeginDialog(certificate.name(), certificate.activeForBeginDialog());
            return;
        }
        definitions.refuse(
                () -> catalog().certificates().stream()
                        .anyMatch(each -> each.name().equals(certificate.name())),
                CERTIFICATE_EXISTS,
                () -> "There is a certificate '" + certificate.name() + "' already in this database.");
        definitions
                .catalog(certificate.owner())
                .createCertificate(
                        certificate.name(),
                        source(certificate),
                        !Boolean.FALSE.equals(certificate.activeForBeginDialog()));
    }

    private CertificateSource source(Certificate certificate) {
        SecurityDefinition.PrivateKey key = certificate.privateKey();
        return switch (certificate.source()) {
            case "SUBJECT" ->
                new CertificateSource.Made(
                        certificate.value(),
                        date(certificate.startDate()),
                        date(certificate.expiryDate()),
                        key == null ? null : key.encryption());
            case "BINARY" -> new CertificateSource.Encoded(HexFormat.of().parseHex(certificate.value()));
            default ->
                new CertificateSource.File(
                        certificate.value(),
                        key == null ? null : key.file(),
                        key == null ? null : key.decryption(),
                        key == null ? null : key.encryption());
        };
    }

    /** A date of a certificate: in UTC, as Transact-SQL reads text. */
    private static Instant date(String written) {
        if (written == null) {
            return null;
        }
        Value date = Conversion.implicit(Value.national(written), SqlType.datetime2(3));
        return ((LocalDateTime) date.content()).toInstant(ZoneOffset.UTC);
    }

    private void backup(BackupCertificate backup) {
        SecurityDefinition.PrivateKey key = backup.privateKey();
        catalog()
                .backupCertificate(
                        backup.name(),
                        backup.file(),
                        key == null ? null : key.file(),
                        key == null ? null : key.encryption());
    }
}
