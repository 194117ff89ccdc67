package org.parley.engine.catalog;

import java.util.List;
import org.parley.Permission;
import org.parley.Securable;

/** What a statement about users and permissions asks for. */
sealed interface SecurityStatement {

    /** CREATE USER; without a password the array is null. */
    record CreateUser(String name, char[] password) implements SecurityStatement {}

    /** CREATE USER FOR LOGIN or FOR CERTIFICATE; the other one is null. */
    record MapUser(String name, String login, String certificate) implements SecurityStatement {}

    /** ALTER USER ... WITH PASSWORD. */
    record AlterUser(String name, char[] password) implements SecurityStatement {}

    /** DROP USER. */
    record DropUser(String name) implements SecurityStatement {}

    /** ALTER ROLE ... ADD or DROP MEMBER. */
    record AlterRole(String role, String user, boolean member) implements SecurityStatement {}

    /** GRANT, DENY or REVOKE: granted is true, false or null. */
    record Permit(List<Permission> permissions, Securable on, List<String> principals, Boolean granted)
            implements SecurityStatement {}

    /** ALTER AUTHORIZATION. */
    record AlterAuthorization(Securable on, String owner) implements SecurityStatement {}

    /** A CREATE statement with AUTHORIZATION. */
    record Owned(DefinitionStatement create, String owner) implements SecurityStatement {}
}
