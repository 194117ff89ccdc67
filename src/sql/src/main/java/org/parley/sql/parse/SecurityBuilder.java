package org.parley.sql.parse;

import java.util.List;
import org.parley.sql.ast.SecurityDefinition;
import org.parley.sql.ast.SecurityDefinition.Permit;
import org.parley.sql.ast.SecurityDefinition.PrivateKey;
import org.parley.sql.ast.SecurityDefinition.Securable;
import org.parley.sql.parse.StatementParser.ActiveForBeginDialogContext;
import org.parley.sql.parse.StatementParser.AlterAuthorizationContext;
import org.parley.sql.parse.StatementParser.AlterCertificateContext;
import org.parley.sql.parse.StatementParser.AlterLoginContext;
import org.parley.sql.parse.StatementParser.AlterMasterKeyContext;
import org.parley.sql.parse.StatementParser.AlterRoleContext;
import org.parley.sql.parse.StatementParser.AlterUserContext;
import org.parley.sql.parse.StatementParser.BackupCertificateContext;
import org.parley.sql.parse.StatementParser.CertificateDateContext;
import org.parley.sql.parse.StatementParser.CloseMasterKeyContext;
import org.parley.sql.parse.StatementParser.CreateCertificateContext;
import org.parley.sql.parse.StatementParser.CreateLoginContext;
import org.parley.sql.parse.StatementParser.CreateMasterKeyContext;
import org.parley.sql.parse.StatementParser.CreateUserContext;
import org.parley.sql.parse.StatementParser.DenyContext;
import org.parley.sql.parse.StatementParser.GrantContext;
import org.parley.sql.parse.StatementParser.OpenMasterKeyContext;
import org.parley.sql.parse.StatementParser.PermissionsContext;
import org.parley.sql.parse.StatementParser.PrincipalContext;
import org.parley.sql.parse.StatementParser.PrincipalsContext;
import org.parley.sql.parse.StatementParser.PrivateKeyContext;
import org.parley.sql.parse.StatementParser.PrivateKeyOptionContext;
import org.parley.sql.parse.StatementParser.RevokeContext;
import org.parley.sql.parse.StatementParser.SecurableContext;
import org.parley.sql.parse.StatementParser.UserChangeContext;
import org.parley.sql.parse.StatementParser.UserFormContext;

/** Makes definitions of principals, permissions and keys. */
final class SecurityBuilder extends StatementParserBaseVisitor<SecurityDefinition> {

    @Override
    public SecurityDefinition visitCreateUser(CreateUserContext context) {
        UserFormContext form = context.userForm();
        String schema = Terms.name(context.schema);
        if (form == null) {
            return new SecurityDefinition.User(
                    Terms.at(context), false, Terms.name(context.user), null, null, null, schema);
        }
        String words = "WITHOUT LOGIN";
        if (form.PASSWORD() != null) {
            words = "PASSWORD";
            schema = form.schema == null ? schema : Terms.name(form.schema);
        } else if (form.WITHOUT() == null) {
            words = form.LOGIN() != null ? "FOR LOGIN" : "FOR CERTIFICATE";
        }
        return new SecurityDefinition.User(
                Terms.at(context),
                false,
                Terms.name(context.user),
                words,
                Terms.name(form.subject),
                Terms.text(form.TEXT()),
                schema);
    }

    @Override
    public SecurityDefinition visitAlterUser(AlterUserContext context) {
        Terms.once(context.userChange());
        String form = null;
        String subject = null;
        String password = null;
        String schema = null;
        for (UserChangeContext change : context.userChange()) {
            if (change.PASSWORD() != null) {
                password = Terms.text(change.TEXT());
                form = form == null ? "PASSWORD" : form;
            } else if (change.LOGIN() != null) {
                subject = Terms.name(change.name());
                form = "FOR LOGIN";
            } else {
                schema = Terms.name(change.name());
            }
        }
        return new SecurityDefinition.User(
                Terms.at(context), true, Terms.name(context.name()), form, subject, password, schema);
    }

    @Override
    public SecurityDefinition visitCreateLogin(CreateLoginContext context) {
        return new SecurityDefinition.Login(
                Terms.at(context),
                false,
                Terms.name(context.login),
                Terms.text(context.TEXT()),
                Terms.name(context.certificate),
                null);
    }

    @Override
    public SecurityDefinition visitAlterLogin(AlterLoginContext context) {
        Boolean enabled = context.TEXT() != null ? null : (Boolean) (context.ENABLE() != null);
        return new SecurityDefinition.Login(
                Terms.at(context), true, Terms.name(context.name()), Terms.text(context.TEXT()), null, enabled);
    }

    @Override
    public SecurityDefinition visitAlterRole(AlterRoleContext context) {
        return new SecurityDefinition.RoleMember(
                Terms.at(context), Terms.name(context.role), context.ADD() != null, Terms.name(context.member));
    }

    @Override
    public SecurityDefinition visitGrant(GrantContext context) {
        return new Permit(
                Terms.at(context),
                "GRANT",
                permissions(context.permissions()),
                securable(context.securable()),
                principals(context.principals()),
                context.OPTION() != null,
                false);
    }

    @Override
    public SecurityDefinition visitDeny(DenyContext context) {
        return new Permit(
                Terms.at(context),
                "DENY",
                permissions(context.permissions()),
                securable(context.securable()),
                principals(context.principals()),
                false,
                context.CASCADE() != null);
    }

    @Override
    public SecurityDefinition visitRevoke(RevokeContext context) {
        return new Permit(
                Terms.at(context),
                "REVOKE",
                permissions(context.permissions()),
                securable(context.securable()),
                principals(context.principals()),
                context.OPTION() != null,
                context.CASCADE() != null);
    }

    private static List<String> permissions(PermissionsContext context) {
        return Terms.all(context.permission(), Terms::words);
    }

    private static List<String> principals(PrincipalsContext context) {
        return Terms.all(context.principal(), SecurityBuilder::principal);
    }

    /** PUBLIC is a keyword elsewhere, and a role here. */
    private static String principal(PrincipalContext context) {
        return context.PUBLIC() == null ? Terms.name(context.name()) : "public";
    }

    private static Securable securable(SecurableContext context) {
        if (context == null) {
            return null;
        }
        String kind = context.securableKind() == null ? null : Terms.words(context.securableKind());
        return new Securable(
                kind,
                kind == null || kind.equals("OBJECT") || kind.equals("QUEUE") || kind.equals("XML SCHEMA COLLECTION")
                        ? Terms.objectName(context.objectName())
                        : Terms.withoutPrefix(context.objectName(), kind.toLowerCase(java.util.Locale.ROOT)));
    }

    @Override
    public SecurityDefinition visitAlterAuthorization(AlterAuthorizationContext context) {
        return new SecurityDefinition.Authorization(
                Terms.at(context),
                securable(context.securable()),
                context.principal() == null ? null : principal(context.principal()));
    }

    @Override
    public SecurityDefinition visitCreateMasterKey(CreateMasterKeyContext context) {
        return new SecurityDefinition.MasterKey(Terms.at(context), null, Terms.text(context.TEXT()));
    }

    @Override
    public SecurityDefinition visitAlterMasterKey(AlterMasterKeyContext context) {
        String change;
        if (context.REGENERATE() != null) {
            change = context.FORCE() == null ? "REGENERATE" : "FORCE REGENERATE";
        } else {
            change = context.ADD() == null ? "DROP" : "ADD";
        }
        return new SecurityDefinition.MasterKey(Terms.at(context), change, Terms.text(context.TEXT()));
    }

    @Override
    public SecurityDefinition visitOpenMasterKey(OpenMasterKeyContext context) {
        return new SecurityDefinition.OpenMasterKey(Terms.at(context), Terms.text(context.TEXT()));
    }

    @Override
    public SecurityDefinition visitCloseMasterKey(CloseMasterKeyContext context) {
        return new SecurityDefinition.OpenMasterKey(Terms.at(context), null);
    }

    @Override
    public SecurityDefinition visitCreateCertificate(CreateCertificateContext context) {
        Terms.once(context.certificateDate());
        String start = null;
        String expiry = null;
        for (CertificateDateContext date : context.certificateDate()) {
            if (date.START_DATE() != null) {
                start = Terms.text(date.TEXT());
            } else {
                expiry = Terms.text(date.TEXT());
            }
        }
        String source = "SUBJECT";
        if (context.SUBJECT() == null) {
            source = context.FILE() == null ? "BINARY" : "FILE";
        }
        return new SecurityDefinition.Certificate(
                Terms.at(context),
                false,
                Terms.name(context.name()),
                DefinitionBuilder.owner(context.authorization()),
                source,
                context.BYTES() == null
                        ? Terms.text(context.TEXT())
                        : Terms.bytes(context.BYTES()).digits(),
                privateKey(context.privateKey()),
                start,
                expiry,
                active(context.activeForBeginDialog()));
    }

    @Override
    public SecurityDefinition visitAlterCertificate(AlterCertificateContext context) {
        return new SecurityDefinition.Certificate(
                Terms.at(context),
                true,
                Terms.name(context.name()),
                null,
                null,
                null,
                privateKey(context.privateKey()),
                null,
                null,
                active(context.activeForBeginDialog()));
    }

    private static Boolean active(ActiveForBeginDialogContext context) {
        return context == null ? null : Terms.on(context.onOff());
    }

    @Override
    public SecurityDefinition visitBackupCertificate(BackupCertificateContext context) {
        return new SecurityDefinition.BackupCertificate(
                Terms.at(context),
                Terms.name(context.name()),
                Terms.text(context.TEXT()),
                privateKey(context.privateKey()));
    }

    private static PrivateKey privateKey(PrivateKeyContext context) {
        if (context == null) {
            return null;
        }
        Terms.once(context.privateKeyOption());
        String file = null;
        String decryption = null;
        String encryption = null;
        for (PrivateKeyOptionContext option : context.privateKeyOption()) {
            String text = Terms.text(option.TEXT());
            if (option.FILE() != null) {
                file = text;
            } else if (option.DECRYPTION() != null) {
                decryption = text;
            } else {
                encryption = text;
            }
        }
        return new PrivateKey(file, decryption, encryption);
    }
}
