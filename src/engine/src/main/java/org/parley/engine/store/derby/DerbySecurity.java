package org.parley.engine.store.derby;

import java.sql.SQLException;
import java.util.ArrayList;
import org.parley.engine.store.SecurityRows;
import org.parley.engine.store.SecurityWriter;

/** Principals and permissions to their tables and back. */
final class DerbySecurity implements SecurityWriter {

    private final DerbyCatalog.Statements statements;

    DerbySecurity(DerbyCatalog.Statements statements) {
        this.statements = statements;
    }

    /** Everything, read without locks. */
    static SecurityRows read(TableScan tables) throws SQLException {
        SecurityRows rows =
                new SecurityRows(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        tables.each(
                "USERS",
                "ID, NAME, VERIFIER, LOGIN, CERTIFICATE",
                at -> rows.users()
                        .add(new SecurityRows.UserRow(
                                at.getInt(1), at.getString(2), at.getString(3), at.getString(4), at.getString(5))));
        tables.each(
                "ROLE_MEMBERS",
                "ROLE_ID, USER_ID",
                at -> rows.members().add(new SecurityRows.MemberRow(at.getInt(1), at.getInt(2))));
        tables.each(
                "OWNERS",
                "OBJECT, USER_ID",
                at -> rows.owners().add(new SecurityRows.OwnerRow(at.getInt(1), at.getInt(2))));
        tables.each(
                "PERMISSIONS",
                "OBJECT, PRINCIPAL, PERMISSION, GRANTED",
                at -> rows.permissions()
                        .add(new SecurityRows.PermissionRow(
                                at.getInt(1), at.getInt(2), at.getString(3), at.getBoolean(4))));
        return rows;
    }

    @Override
    public void put(SecurityRows.UserRow row) {
        if (statements.run(Sql.UPDATE_USER, row.name(), row.verifier(), row.id()) == 0) {
            statements.run(Sql.INSERT_USER, row.id(), row.name(), row.verifier(), row.login(), row.certificate());
        }
    }

    @Override
    public void deleteUser(int id) {
        statements.run(Sql.DELETE_USER, id);
    }

    @Override
    public void insert(SecurityRows.MemberRow row) {
        statements.run(Sql.INSERT_MEMBER, row.role(), row.user());
    }

    @Override
    public void delete(SecurityRows.MemberRow row) {
        statements.run(Sql.DELETE_MEMBER, row.role(), row.user());
    }

    @Override
    public void put(SecurityRows.OwnerRow row) {
        statements.run(Sql.DELETE_OWNER, row.object());
        statements.run(Sql.INSERT_OWNER, row.object(), row.user());
    }

    @Override
    public void deleteOwner(int object) {
        statements.run(Sql.DELETE_OWNER, object);
    }

    @Override
    public void put(SecurityRows.PermissionRow row) {
        deletePermission(row.object(), row.principal(), row.permission());
        statements.run(Sql.INSERT_PERMISSION, row.object(), row.principal(), row.permission(), row.granted());
    }

    @Override
    public void deletePermission(int object, int principal, String permission) {
        statements.run(Sql.DELETE_PERMISSION, object, principal, permission);
    }
}
