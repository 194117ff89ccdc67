package org.parley.engine.catalog;

import java.util.ArrayList;
import java.util.List;
import org.parley.Permission;
import org.parley.Securable;
import org.parley.engine.catalog.SecurityStatement.AlterAuthorization;
import org.parley.engine.catalog.SecurityStatement.AlterRole;
import org.parley.engine.catalog.SecurityStatement.AlterUser;
import org.parley.engine.catalog.SecurityStatement.CreateUser;
import org.parley.engine.catalog.SecurityStatement.DropUser;
import org.parley.engine.catalog.SecurityStatement.Permit;

/** The statements about users and permissions, read from the script that holds them. */
final class PermissionScript {

    private final ScriptReader script;

    PermissionScript(ScriptReader script) {
        this.script = script;
    }

    /** Behind CREATE USER. */
    DefinitionStatement createUser() {
        String name = script.part("a user name");
        boolean none = script.skip("WITHOUT");
        if (none) {
            script.expect("LOGIN");
        }
        return new DefinitionStatement.Security(new CreateUser(name, !none && script.skip("WITH") ? password() : null));
    }

    /** Behind ALTER, when a statement of this kind follows; null when not. */
    DefinitionStatement alterIfAny() {
        if (script.skip("USER")) {
            String name = script.part("a user name");
            script.expect("WITH");
            return new DefinitionStatement.Security(new AlterUser(name, password()));
        }
        if (script.skip("ROLE")) {
            String role = script.part("a role name");
            boolean add = script.skip("ADD");
            if (!add) {
                script.expect("DROP");
            }
            script.expect("MEMBER");
            return new DefinitionStatement.Security(new AlterRole(role, script.part("a user name"), add));
        }
        if (script.skip("AUTHORIZATION")) {
            script.expect("ON");
            Securable on = securable();
            script.expect("TO");
            if (script.skip("SCHEMA")) {
                script.expect("OWNER");
                return new DefinitionStatement.Security(new AlterAuthorization(on, "dbo"));
            }
            return new DefinitionStatement.Security(new AlterAuthorization(on, script.part("an owner")));
        }
        return null;
    }

    /** Behind DROP USER. */
    DefinitionStatement dropUser() {
        return new DefinitionStatement.Security(new DropUser(script.part("a user name")));
    }

    /** From GRANT, DENY or REVOKE on; null when none of them is next. */
    DefinitionStatement permitIfAny() {
        Boolean granted;
        if (script.skip("GRANT")) {
            granted = true;
        } else if (script.skip("DENY")) {
            granted = false;
        } else if (script.skip("REVOKE")) {
            granted = null;
        } else {
            return null;
        }
        List<Permission> permissions = new ArrayList<>();
        do {
            permissions.add(permission());
        } while (script.skip(','));
        script.expect("ON");
        Securable on = securable();
        if (granted != null || !script.skip("FROM")) {
            script.expect("TO");
        }
        List<String> principals = new ArrayList<>();
        do {
            principals.add(principal());
        } while (script.skip(','));
        if (script.is("WITH") || script.is("CASCADE")) {
            throw script.unsupported("WITH GRANT OPTION", "the end of the statement");
        }
        return new DefinitionStatement.Security(new Permit(permissions, on, principals, granted));
    }

    /** PUBLIC is a keyword elsewhere, and a role here. */
    private String principal() {
        return script.skip("PUBLIC") ? "public" : script.part("a user or role");
    }

    private Permission permission() {
        if (script.skip("VIEW")) {
            script.expect("DEFINITION");
            return Permission.VIEW_DEFINITION;
        }
        if (script.skip("TAKE")) {
            script.expect("OWNERSHIP");
            return Permission.TAKE_OWNERSHIP;
        }
        for (Permission permission : Permission.values()) {
            if (script.skip(permission.name())) {
                return permission;
            }
        }
        throw script.expected("RECEIVE, SELECT, SEND, REFERENCES, ALTER, CONTROL, TAKE OWNERSHIP or VIEW DEFINITION");
    }

    /** A name alone, or behind OBJECT::, is a queue's: of what is in a schema there is nothing else. */
    private Securable securable() {
        if (script.skip("MESSAGE")) {
            script.expect("TYPE");
            colons();
            return Securable.messageType(script.name("message type"));
        }
        if (script.skip("XML")) {
            script.expect("SCHEMA");
            script.expect("COLLECTION");
            colons();
            return Securable.xmlSchemaCollection(script.schemaCollectionName());
        }
        if (script.skip("SERVICE")) {
            colons();
            return Securable.service(script.name("service"));
        }
        if (script.skip("CONTRACT")) {
            colons();
            return Securable.contract(script.name("contract"));
        }
        if (script.skip("QUEUE") || script.skip("OBJECT")) {
            colons();
        }
        return Securable.queue(Queue.nameOf(script.queueName()));
    }

    private void colons() {
        script.expect(':');
        script.expect(':');
    }

    private char[] password() {
        script.expect("PASSWORD");
        script.expect('=');
        return script.text("a password in quotes").toCharArray();
    }
}
