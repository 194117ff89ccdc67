package org.parley.engine.store.derby;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.parley.engine.store.SecurityRows;
import org.parley.engine.store.SecurityWriter;

/** Principals and permissions to their tables and back. */
final class DerbySecurity implements SecurityWriter {

    private final DerbyCatalog.Statements statements;

    DerbySecurity(DerbyCatalog.Statements statements) {
        this.statements = statements;
    }

    /** Everything, read without locks. */
    static SecurityRows read(Connection connection) throws SQLException {
        SecurityRows rows =
                new SecurityRows(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        try (Statement statement = connection.createStatement()) {
            read(
                    statement,
                    "SELECT ID, NAME, VERIFIER, LOGIN, CERTIFICATE FROM PARLEY_STORE.USERS",
                    rows.users(),
                    at -> new SecurityRows.UserRow(
                            at.getInt(1), at.getString(2), at.getString(3), at.getString(4), at.getString(5)));
            read(
                    statement,
                    "SELECT ROLE_ID, USER_ID FROM PARLEY_STORE.ROLE_MEMBERS",
                    rows.members(),
                    at -> new SecurityRows.MemberRow(at.getInt(1), at.getInt(2)));
            read(
                    statement,
                    "SELECT OBJECT, USER_ID FROM PARLEY_STORE.OWNERS",
                    rows.owners(),
                    at -> new SecurityRows.OwnerRow(at.getInt(1), at.getInt(2)));
            read(
                    statement,
                    "SELECT OBJECT, PRINCIPAL, PERMISSION, GRANTED FROM PARLEY_STORE.PERMISSIONS",
                    rows.permissions(),
                    at -> new SecurityRows.PermissionRow(
                            at.getInt(1), at.getInt(2), at.getString(3), at.getBoolean(4)));
        }
        connection.rollback();
        return rows;
    }

    /** Makes a row of where a result stands. */
    @FunctionalInterface
    private interface Maker<T> {
        T of(ResultSet at) throws SQLException;
    }

    private static <T> void read(Statement statement, String sql, List<T> rows, Maker<T> maker) throws SQLException {
        try (ResultSet at = statement.executeQuery(sql)) {
            while (at.next()) {
                rows.add(maker.of(at));
            }
        }
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
