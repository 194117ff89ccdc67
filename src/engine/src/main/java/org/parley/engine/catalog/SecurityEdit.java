package org.parley.engine.catalog;

import java.util.List;
import org.parley.Permission;
import org.parley.Securable;

/** What a statement about users and permissions asks for. */
sealed interface SecurityEdit {

    /** CREATE USER; without a password the array is null. */
    record CreateUser(String name, char[] password) implements SecurityEdit {}

    /** CREATE USER FOR LOGIN or FOR CERTIFICATE; the other one is null. */
    record MapUser(String name, String login, String certificate) implements SecurityEdit {}

    /** ALTER USER ... WITH PASSWORD. */
    record AlterUser(String name, char[] password) implements SecurityEdit {}

    /** DROP USER. */
    record DropUser(String name) implements SecurityEdit {}

    /** ALTER ROLE ... ADD or DROP MEMBER. */
    record AlterRole(String role, String user, boolean member) implements SecurityEdit {}

    /** GRANT, DENY or REVOKE: granted is true, false or null. */
    record Permit(Permission permission, Securable on, List<String> principals, Boolean granted)
            implements SecurityEdit {}

    /** ALTER AUTHORIZATION. */
    record AlterAuthorization(Securable on, String owner) implements SecurityEdit {}

    /** A CREATE statement with AUTHORIZATION. */
    record Owned(CatalogEdit create, String owner) implements SecurityEdit {}
}
