package org.parley.sql.print;

import org.parley.sql.ast.SecurityDefinition;
import org.parley.sql.ast.SecurityDefinition.PrivateKey;
import org.parley.sql.ast.SecurityDefinition.Securable;

/** Prints definitions of principals, permissions and keys. */
final class SecurityPrinter extends Rules<SecurityDefinition> {

    private final Output out;

    SecurityPrinter(Output out) {
        this.out = out;
        on(SecurityDefinition.User.class, this::user);
        on(SecurityDefinition.Login.class, this::login);
        on(
                SecurityDefinition.RoleMember.class,
                it -> out.words("ALTER ROLE")
                        .name(it.role())
                        .words(it.add() ? "ADD MEMBER" : "DROP MEMBER")
                        .name(it.member()));
        on(SecurityDefinition.Permit.class, this::permit);
        on(SecurityDefinition.Authorization.class, this::authorization);
        on(SecurityDefinition.MasterKey.class, this::masterKey);
        on(SecurityDefinition.OpenMasterKey.class, it -> {
            out.words(it.password() == null ? "CLOSE MASTER KEY" : "OPEN MASTER KEY");
            out.optional("DECRYPTION BY PASSWORD =", it.password(), out::text);
        });
        on(SecurityDefinition.Certificate.class, this::certificate);
        on(SecurityDefinition.BackupCertificate.class, this::backup);
    }

    private void user(SecurityDefinition.User user) {
        out.words(user.alter() ? "ALTER USER" : "CREATE USER").name(user.name());
        Options parts = new Options(out, "WITH");
        if (user.alter()) {
            parts.value("LOGIN =", user.subject(), out::name);
        } else if (user.form() != null && user.password() == null) {
            out.words(user.form());
            if (user.subject() != null) {
                out.name(user.subject());
            }
        }
        parts.text("PASSWORD", user.password());
        parts.value("DEFAULT_SCHEMA =", user.schema(), out::name);
    }

    private void login(SecurityDefinition.Login login) {
        out.words(login.alter() ? "ALTER LOGIN" : "CREATE LOGIN").name(login.name());
        out.optional("WITH PASSWORD =", login.password(), out::text);
        out.optional("FROM CERTIFICATE", login.certificate(), out::name);
        if (login.enabled() != null) {
            out.words(login.enabled() ? "ENABLE" : "DISABLE");
        }
    }

    private void permit(SecurityDefinition.Permit permit) {
        boolean revoke = permit.verb().equals("REVOKE");
        out.words(permit.verb());
        if (revoke && permit.grantOption()) {
            out.words("GRANT OPTION FOR");
        }
        out.list(permit.permissions(), out::words);
        out.optional("ON", permit.on(), this::securable).words(revoke ? "FROM" : "TO");
        out.list(permit.principals(), this::principal);
        if (!revoke && permit.grantOption()) {
            out.words("WITH GRANT OPTION");
        }
        if (permit.cascade()) {
            out.words("CASCADE");
        }
    }

    private void principal(String name) {
        if (name.equals("public")) {
            out.words("PUBLIC");
        } else {
            out.name(name);
        }
    }

    private void securable(Securable securable) {
        if (securable.kind() == null) {
            out.name(securable.name());
        } else {
            out.words(securable.kind())
                    .mark("::")
                    .mark(new Output().name(securable.name()).toString());
        }
    }

    private void authorization(SecurityDefinition.Authorization authorization) {
        out.words("ALTER AUTHORIZATION ON");
        securable(authorization.on());
        out.words("TO");
        if (authorization.owner() == null) {
            out.words("SCHEMA OWNER");
        } else {
            principal(authorization.owner());
        }
    }

    private void masterKey(SecurityDefinition.MasterKey key) {
        if (key.change() == null) {
            out.words("CREATE MASTER KEY ENCRYPTION BY PASSWORD =").text(key.password());
            return;
        }
        out.words("ALTER MASTER KEY").words(key.change());
        out.words(key.change().endsWith("REGENERATE") ? "WITH ENCRYPTION BY" : "ENCRYPTION BY");
        if (key.password() == null) {
            out.words("SERVICE MASTER KEY");
        } else {
            out.words("PASSWORD =").text(key.password());
        }
    }

    private void certificate(SecurityDefinition.Certificate certificate) {
        out.words(certificate.alter() ? "ALTER CERTIFICATE" : "CREATE CERTIFICATE")
                .name(certificate.name());
        out.optional("AUTHORIZATION", certificate.owner(), out::name);
        if (certificate.source() != null) {
            source(certificate);
        }
        out.optional("WITH PRIVATE KEY", certificate.privateKey(), this::privateKey);
        if (certificate.activeForBeginDialog() != null) {
            out.words(certificate.alter() ? "WITH ACTIVE FOR BEGIN_DIALOG =" : "ACTIVE FOR BEGIN_DIALOG =");
            out.onOff(certificate.activeForBeginDialog());
        }
    }

    private void source(SecurityDefinition.Certificate certificate) {
        switch (certificate.source()) {
            case "SUBJECT" -> {
                Options parts = new Options(out, "WITH");
                parts.text("SUBJECT", certificate.value());
                parts.text("START_DATE", certificate.startDate());
                parts.text("EXPIRY_DATE", certificate.expiryDate());
            }
            case "FILE" -> out.words("FROM FILE =").text(certificate.value());
            default -> out.words("FROM BINARY = 0x" + certificate.value());
        }
    }

    private void privateKey(PrivateKey key) {
        Options parts = new Options(out, "(");
        parts.text("FILE", key.file());
        parts.text("DECRYPTION BY PASSWORD", key.decryption());
        parts.text("ENCRYPTION BY PASSWORD", key.encryption());
        out.mark(")");
    }

    private void backup(SecurityDefinition.BackupCertificate backup) {
        out.words("BACKUP CERTIFICATE").name(backup.name()).words("TO FILE =").text(backup.file());
        out.optional("WITH PRIVATE KEY", backup.privateKey(), this::privateKey);
    }
}
