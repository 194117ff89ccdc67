package org.parley.engine.store;

/** Principals and permissions, written inside a {@link StoreTransaction}. */
public interface SecurityWriter {

    /** Writes a user, in place of a row with the same id. */
    void put(SecurityRows.UserRow row);

    /** Removes a user; what it is named in is removed by the caller. */
    void deleteUser(int id);

    /** Adds a membership. */
    void insert(SecurityRows.MemberRow row);

    /** Removes a membership. */
    void delete(SecurityRows.MemberRow row);

    /** Writes an owner, in place of another. */
    void put(SecurityRows.OwnerRow row);

    /** Gives an object back to dbo. */
    void deleteOwner(int object);

    /** Writes a permission, in place of one that differs in granted only. */
    void put(SecurityRows.PermissionRow row);

    /** Removes a permission, granted or denied. */
    void deletePermission(int object, int principal, String permission);
}
