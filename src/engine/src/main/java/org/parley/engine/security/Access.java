package org.parley.engine.security;

import java.util.Map;
import org.parley.Permission;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.SecurityRows.UserRow;
import org.parley.engine.store.SqlCaller;

/**
 * What one principal may do. Immutable; one look-up answers.
 *
 * <p>An owner may everything with its object. Else a denial, of the permission or of CONTROL, to the user, to one of its
 * roles or to public, beats every grant.
 */
public final class Access implements SqlCaller {

    /** Every permission. */
    static final int ALL = (1 << Permission.values().length) - 1;

    /** What everybody may with the system's own contracts and message types. */
    private static final int SYSTEM = bit(Permission.REFERENCES) | bit(Permission.VIEW_DEFINITION);

    private static final int DEFINER =
            bit(Permission.ALTER) | bit(Permission.REFERENCES) | bit(Permission.VIEW_DEFINITION);

    /** What dbo may: everything. Below what it is made of. */
    public static final Access OWNER_OF_DATABASE =
            new Access(new UserRow(PrincipalTable.DBO, "dbo", null), PrincipalTable.DB_OWNER, Map.of());

    private final UserRow user;
    private final int role;
    private final Map<Integer, Integer> effective;
    private final int rest;

    /**
     * Access.
     *
     * @param role most powerful role, or {@link PrincipalTable#PUBLIC}
     * @param effective allowed permissions by object, for objects where they aren't those of the role
     */
    Access(UserRow user, int role, Map<Integer, Integer> effective) {
        this.user = user;
        this.role = role;
        this.effective = Map.copyOf(effective);
        this.rest = ofRole(role);
    }

    /** What a role allows on every object, apart from denials. */
    static int ofRole(int role) {
        return role == PrincipalTable.DB_OWNER ? ALL : role == PrincipalTable.DB_DDLADMIN ? DEFINER : 0;
    }

    static int bit(Permission permission) {
        return 1 << permission.ordinal();
    }

    /** What a grant of a permission gives: who may receive messages may read them, and CONTROL is everything. */
    static int granting(Permission permission) {
        return switch (permission) {
            case CONTROL -> ALL;
            case RECEIVE -> bit(Permission.RECEIVE) | bit(Permission.SELECT);
            default -> bit(permission);
        };
    }

    /** What a denial of a permission takes. */
    static int denying(Permission permission) {
        return permission == Permission.CONTROL ? ALL : bit(permission);
    }

    @Override
    public String name() {
        return user.name();
    }

    /** Id of the principal. */
    public int principal() {
        return user.id();
    }

    /** The user: what its password is compared with, and what it stands for. */
    public UserRow user() {
        return user;
    }

    @Override
    public boolean everything() {
        return user.id() == PrincipalTable.DBO;
    }

    @Override
    public boolean databaseOwner() {
        return role == PrincipalTable.DB_OWNER;
    }

    @Override
    public boolean definer() {
        return role != PrincipalTable.PUBLIC;
    }

    /** Whether it is the owner of the whole server: whoever has connected without naming a user. */
    public boolean serverOwner() {
        return this == OWNER_OF_DATABASE;
    }

    /** Whether it has the permission on the object of that id. */
    public boolean may(Permission permission, int object) {
        return (allowed(object) & bit(permission)) != 0;
    }

    @Override
    public boolean sees(int object) {
        return allowed(object) != 0;
    }

    @Override
    public boolean controls(int object) {
        return may(Permission.CONTROL, object);
    }

    @Override
    public boolean reads(int queue) {
        return may(Permission.SELECT, queue);
    }

    private int allowed(int object) {
        if (object < CatalogRows.FIRST_USER_ID) {
            return rest | SYSTEM;
        }
        Integer own = effective.get(object);
        return own == null ? rest : own;
    }
}
