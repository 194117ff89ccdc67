package org.parley.engine.store;

import java.util.List;

/**
 * Principals and permissions of a database as they are stored. Built-in principals have rows only when something of them
 * isn't as it is in every database: a password of dbo.
 *
 * @param users users
 * @param members who is a member of which role
 * @param owners owners of objects; what has no row belongs to dbo
 * @param permissions what was granted and denied
 */
public record SecurityRows(
        List<UserRow> users, List<MemberRow> members, List<OwnerRow> owners, List<PermissionRow> permissions) {

    /** Of a database in which dbo is the only user. */
    public static final SecurityRows NONE = new SecurityRows(List.of(), List.of(), List.of(), List.of());

    /**
     * A user.
     *
     * @param id its id
     * @param name its name
     * @param verifier what its password is compared with, or null for a user without one
     * @param login name of the login that it stands for, or null
     * @param certificate name of the certificate that it stands for, or null
     */
    public record UserRow(int id, String name, String verifier, String login, String certificate) {

        /** A user that stands for nothing else. */
        public UserRow(int id, String name, String verifier) {
            this(id, name, verifier, null, null);
        }
    }

    /**
     * A membership.
     *
     * @param role id of the role
     * @param user id of the member
     */
    public record MemberRow(int role, int user) {}

    /**
     * An owner.
     *
     * @param object id of the object; no two of any kind have the same
     * @param user id of its owner
     */
    public record OwnerRow(int object, int user) {}

    /**
     * A permission.
     *
     * @param object id of the object
     * @param principal id of a user or role
     * @param permission name of the permission
     * @param granted false for a denial
     */
    public record PermissionRow(int object, int principal, String permission, boolean granted) {}
}
