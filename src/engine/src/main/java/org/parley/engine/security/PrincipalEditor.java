package org.parley.engine.security;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.parley.Permission;
import org.parley.engine.store.SecurityRows;
import org.parley.engine.store.SecurityRows.MemberRow;
import org.parley.engine.store.SecurityRows.OwnerRow;
import org.parley.engine.store.SecurityRows.PermissionRow;
import org.parley.engine.store.SecurityRows.UserRow;
import org.parley.engine.store.SecurityWriter;

/**
 * Changes a copy of a table and writes each change at once. The writer is asked for only when something changes, so that
 * repeated definitions cost no transaction. Who may change what, and whether names exist, is settled before.
 */
public final class PrincipalEditor {

    private final Supplier<SecurityWriter> writer;
    private final Map<Integer, UserRow> users = new HashMap<>();
    private final Set<MemberRow> members;
    private final Map<Integer, Integer> owners;
    private final List<PermissionRow> permissions;
    private PrincipalTable table;

    /** An editor for one transaction. */
    public PrincipalEditor(PrincipalTable before, Supplier<SecurityWriter> writer) {
        this.table = before;
        this.writer = writer;
        SecurityRows rows = before.rows();
        rows.users().forEach(user -> users.put(user.id(), user));
        members = new HashSet<>(rows.members());
        owners = new HashMap<>(before.owners());
        permissions = new ArrayList<>(rows.permissions());
    }

    /** The table with all changes. */
    public PrincipalTable table() {
        if (table == null) {
            table = new PrincipalTable(new SecurityRows(
                    List.copyOf(users.values()),
                    List.copyOf(members),
                    owners.entrySet().stream()
                            .map(owner -> new OwnerRow(owner.getKey(), owner.getValue()))
                            .toList(),
                    permissions));
        }
        return table;
    }

    private SecurityWriter change() {
        table = null;
        return writer.get();
    }

    /** Creates a user, or gives one another verifier. */
    public void putUser(String name, String verifier) {
        int id = table().user(name).map(UserRow::id).orElseGet(this::freeId);
        UserRow row = new UserRow(id, id == PrincipalTable.DBO ? "dbo" : name, verifier);
        change().put(row);
        users.put(id, row);
    }

    private int freeId() {
        return users.keySet().stream()
                .mapToInt(each -> each + 1)
                .filter(next -> !users.containsKey(next) && next >= PrincipalTable.FIRST_USER)
                .min()
                .orElse(PrincipalTable.FIRST_USER);
    }

    /** Creates a user that stands for a login or for a certificate. */
    public void mapUser(String name, String login, String certificate) {
        UserRow row = new UserRow(freeId(), name, null, login, certificate);
        change().put(row);
        users.put(row.id(), row);
    }

    /** A login has gone: nothing is granted to it any more. */
    public void forgetPermissionsOf(int principal) {
        if (permissions.stream().anyMatch(row -> row.principal() == principal)) {
            SecurityWriter to = change();
            permissions.removeIf(row -> removed(row, row.principal() == principal, to));
        }
    }

    /**
     * Drops a user, with its memberships and permissions. What it owns still has been dropped before and is only needed by
     * conversations: it may do from now on what everybody may.
     */
    public void dropUser(int id) {
        owners.entrySet().stream()
                .filter(owner -> owner.getValue() == id)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(object -> setOwner(object, PrincipalTable.PUBLIC));
        SecurityWriter to = change();
        to.deleteUser(id);
        users.remove(id);
        members.removeIf(member -> removed(member, member.user() == id, to));
        permissions.removeIf(row -> removed(row, row.principal() == id, to));
    }

    private static boolean removed(MemberRow member, boolean goes, SecurityWriter to) {
        if (goes) {
            to.delete(member);
        }
        return goes;
    }

    private static boolean removed(PermissionRow row, boolean goes, SecurityWriter to) {
        if (goes) {
            to.deletePermission(row.object(), row.principal(), row.permission());
        }
        return goes;
    }

    /** Makes a user a member of a role, or not. */
    public void setMember(int role, int user, boolean member) {
        MemberRow row = new MemberRow(role, user);
        if (member && members.add(row)) {
            change().insert(row);
        } else if (!member && members.remove(row)) {
            change().delete(row);
        }
    }

    /** Gives an object to a user. */
    public void setOwner(int object, int user) {
        if (owners.getOrDefault(object, PrincipalTable.DBO) == user) {
            return;
        }
        if (user == PrincipalTable.DBO) {
            change().deleteOwner(object);
            owners.remove(object);
        } else {
            change().put(new OwnerRow(object, user));
            owners.put(object, user);
        }
    }

    /**
     * Grants, denies or revokes.
     *
     * @param granted true to grant, false to deny, null to take either back
     */
    public void set(int object, int principal, Permission permission, Boolean granted) {
        PermissionRow old = permissions.stream()
                .filter(row -> row.object() == object
                        && row.principal() == principal
                        && row.permission().equals(permission.name()))
                .findFirst()
                .orElse(null);
        if (granted == null) {
            if (old != null) {
                change().deletePermission(object, principal, permission.name());
                permissions.remove(old);
            }
        } else if (old == null || old.granted() != granted) {
            PermissionRow row = new PermissionRow(object, principal, permission.name(), granted);
            change().put(row);
            permissions.remove(old);
            permissions.add(row);
        }
    }

    /** Forgets the owners and permissions of objects that are gone. */
    public void forgetAllBut(IntPredicate exists) {
        for (int object : List.copyOf(owners.keySet())) {
            if (!exists.test(object)) {
                setOwner(object, PrincipalTable.DBO);
            }
        }
        if (permissions.stream().anyMatch(row -> !exists.test(row.object()))) {
            SecurityWriter to = change();
            permissions.removeIf(row -> removed(row, !exists.test(row.object()), to));
        }
    }
}
