package org.parley.engine.security;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.parley.Permission;
import org.parley.engine.store.SecurityRows;
import org.parley.engine.store.SecurityRows.MemberRow;
import org.parley.engine.store.SecurityRows.OwnerRow;
import org.parley.engine.store.SecurityRows.PermissionRow;
import org.parley.engine.store.SecurityRows.UserRow;

/** All principals, owners and permissions of a database at one moment. Immutable, but for a cache of what follows from it. */
public final class PrincipalTable {

    /** Id of the role that everybody is in. */
    public static final int PUBLIC = 0;

    /** Id of the user whom the database belongs to. */
    public static final int DBO = 1;

    /** Id of the role that may what dbo may. */
    public static final int DB_OWNER = 16384;

    /** Id of the role that may define, change and drop. */
    public static final int DB_DDLADMIN = 16387;

    /** First id of users that are created. */
    public static final int FIRST_USER = 5;

    private static final Map<String, Integer> BUILT_IN =
            Map.of("public", PUBLIC, "dbo", DBO, "db_owner", DB_OWNER, "db_ddladmin", DB_DDLADMIN);

    /** Of a database in which dbo is the only user. */
    public static final PrincipalTable NONE = new PrincipalTable(SecurityRows.NONE);

    private final Map<String, UserRow> users = new TreeMap<>();
    private final Map<Integer, String> names = new HashMap<>();
    private final Set<MemberRow> members;
    private final Map<Integer, Integer> owners = new HashMap<>();
    private final List<PermissionRow> permissions;
    private final Access everybody;
    private final Map<String, Access> known = new ConcurrentHashMap<>();

    /** From rows. */
    public PrincipalTable(SecurityRows rows) {
        users.put("dbo", new UserRow(DBO, "dbo", null));
        rows.users().forEach(user -> users.put(user.name(), user));
        BUILT_IN.forEach((name, id) -> names.put(id, name));
        users.values().forEach(user -> names.put(user.id(), user.name()));
        members = Set.copyOf(rows.members());
        rows.owners().forEach(owner -> owners.put(owner.object(), owner.user()));
        permissions = List.copyOf(rows.permissions());
        everybody = accessOf(new UserRow(PUBLIC, names.get(PUBLIC), null));
    }

    /** Whether the name is one that every database has, in any case. */
    public static boolean isBuiltIn(String name) {
        return BUILT_IN.keySet().stream().anyMatch(name::equalsIgnoreCase);
    }

    /** The id of a role that users can be members of. */
    public static Optional<Integer> role(String name) {
        return "db_owner".equalsIgnoreCase(name)
                ? Optional.of(DB_OWNER)
                : "db_ddladmin".equalsIgnoreCase(name) ? Optional.of(DB_DDLADMIN) : Optional.empty();
    }

    /** What a user may; empty when there is no such user. */
    public Optional<Access> access(String user) {
        Access found = known.get(user);
        if (found == null) {
            UserRow row = user(user).orElse(null);
            if (row == null) {
                return Optional.empty();
            }
            found = known.computeIfAbsent(row.name(), name -> accessOf(row));
        }
        return Optional.of(found);
    }

    /** What the owner of an object may. */
    public Access ownerAccess(int object) {
        return ownerAccess(ownerOf(object)).orElseThrow();
    }

    /** What a user may that owns an object, here or in another database; {@code public} owns what has lost its owner. */
    public Optional<Access> ownerAccess(String owner) {
        return owner.equals(names.get(PUBLIC)) ? Optional.of(everybody) : access(owner);
    }

    private Access accessOf(UserRow user) {
        int role = roleOf(user.id());
        Set<Integer> groups = new HashSet<>(List.of(user.id(), PUBLIC));
        members.stream().filter(member -> member.user() == user.id()).forEach(member -> groups.add(member.role()));
        Map<Integer, Integer> granted = new HashMap<>();
        Map<Integer, Integer> denied = new HashMap<>();
        for (PermissionRow row : permissions) {
            if (groups.contains(row.principal())) {
                Permission permission = Permission.valueOf(row.permission());
                if (row.granted()) {
                    granted.merge(row.object(), Access.granting(permission), (a, b) -> a | b);
                } else {
                    denied.merge(row.object(), Access.denying(permission), (a, b) -> a | b);
                }
            }
        }
        Map<Integer, Integer> effective = new HashMap<>();
        for (int object : union(granted.keySet(), denied.keySet())) {
            int allowed = granted.getOrDefault(object, 0) | Access.ofRole(role);
            effective.put(object, allowed & ~denied.getOrDefault(object, 0));
        }
        owners.forEach((object, owner) -> {
            if (owner == user.id() && owner != PUBLIC) {
                effective.put(object, Access.ALL);
            }
        });
        return new Access(user, role, user.id() == DBO ? Map.of() : effective);
    }

    private int roleOf(int user) {
        if (user == DBO || members.contains(new MemberRow(DB_OWNER, user))) {
            return DB_OWNER;
        }
        return members.contains(new MemberRow(DB_DDLADMIN, user)) ? DB_DDLADMIN : PUBLIC;
    }

    private static Set<Integer> union(Set<Integer> one, Set<Integer> other) {
        Set<Integer> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    /** The user of that name; dbo in any case. */
    public Optional<UserRow> user(String name) {
        return Optional.ofNullable(users.get(name.equalsIgnoreCase("dbo") ? "dbo" : name));
    }

    /** The id of a user or role. */
    public Optional<Integer> principal(String name) {
        for (Map.Entry<String, Integer> builtIn : BUILT_IN.entrySet()) {
            if (builtIn.getKey().equalsIgnoreCase(name)) {
                return Optional.of(builtIn.getValue());
            }
        }
        return user(name).map(UserRow::id);
    }

    /** The name of a principal, or null. */
    public String nameOf(int principal) {
        return names.get(principal);
    }

    /** Name of an object's owner. */
    public String ownerOf(int object) {
        return names.get(owners.getOrDefault(object, DBO));
    }

    /** Users by name, dbo among them. */
    public Collection<UserRow> users() {
        return Collections.unmodifiableCollection(users.values());
    }

    /** Names of the roles of a user. */
    public Set<String> rolesOf(int user) {
        Set<String> roles = new HashSet<>();
        members.stream().filter(member -> member.user() == user).forEach(member -> roles.add(nameOf(member.role())));
        return roles;
    }

    /** What was granted and denied. */
    public List<PermissionRow> permissions() {
        return permissions;
    }

    /** Owners of objects that don't belong to dbo: user ids by object. */
    public Map<Integer, Integer> owners() {
        return Collections.unmodifiableMap(owners);
    }

    /** As it is stored. */
    SecurityRows rows() {
        return new SecurityRows(
                users.values().stream()
                        .filter(user -> user.id() != DBO || user.verifier() != null)
                        .toList(),
                List.copyOf(members),
                owners.entrySet().stream()
                        .map(owner -> new OwnerRow(owner.getKey(), owner.getValue()))
                        .toList(),
                permissions);
    }
}
