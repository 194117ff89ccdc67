package org.parley.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.parley.Permission;
import org.parley.engine.store.SecurityRows;
import org.parley.engine.store.SecurityRows.MemberRow;
import org.parley.engine.store.SecurityRows.OwnerRow;
import org.parley.engine.store.SecurityRows.PermissionRow;
import org.parley.engine.store.SecurityRows.UserRow;

class PrincipalTableTest {

    private static final int USER = 5;
    private static final int OBJECT = 70_000;

    private static Access access(List<MemberRow> members, boolean owner, PermissionRow... rows) {
        return new PrincipalTable(new SecurityRows(
                        List.of(new UserRow(USER, "anna", null)),
                        members,
                        owner ? List.of(new OwnerRow(OBJECT, USER)) : List.of(),
                        List.of(rows)))
                .access("anna")
                .orElseThrow();
    }

    private static PermissionRow row(int principal, Permission permission, boolean granted) {
        return new PermissionRow(OBJECT, principal, permission.name(), granted);
    }

    /** Letters: G granted, D denied, - neither; to the user, to public, CONTROL to the user; role; owner. */
    @ParameterizedTest
    @CsvSource({
        "-, -, -, none,    false, false",
        "G, -, -, none,    false, true",
        "-, G, -, none,    false, true",
        "-, -, G, none,    false, true",
        "D, G, -, none,    false, false",
        "G, D, -, none,    false, false",
        "D, -, G, none,    false, false",
        "G, -, D, none,    false, false",
        "-, -, -, db_owner, false, true",
        "D, -, -, db_owner, false, false",
        "-, D, -, db_owner, false, false",
        "-, -, -, none,    true,  true",
        "D, D, D, none,    true,  true",
    })
    void everyPermission(char user, char everybody, char control, String role, boolean owner, boolean may) {
        for (Permission permission : Permission.values()) {
            if (permission == Permission.CONTROL) {
                continue;
            }
            List<PermissionRow> rows = new java.util.ArrayList<>();
            add(rows, USER, permission, user);
            add(rows, PrincipalTable.PUBLIC, permission, everybody);
            add(rows, USER, Permission.CONTROL, control);
            List<MemberRow> members = PrincipalTable.role(role).map(id -> new MemberRow(id, USER)).stream()
                    .toList();
            assertThat(access(members, owner, rows.toArray(PermissionRow[]::new))
                            .may(permission, OBJECT))
                    .as("%s", permission)
                    .isEqualTo(may);
        }
    }

    private static void add(List<PermissionRow> rows, int principal, Permission permission, char what) {
        if (what != '-') {
            rows.add(row(principal, permission, what == 'G'));
        }
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    void oneGrantIsOnePermissionOnOneObject(Permission granted) {
        Access anna = access(List.of(), false, row(USER, granted, true));
        for (Permission each : Permission.values()) {
            boolean along = granted == Permission.RECEIVE && each == Permission.SELECT;
            assertThat(anna.may(each, OBJECT)).isEqualTo(each == granted || along || granted == Permission.CONTROL);
            assertThat(anna.may(each, OBJECT + 1)).isFalse();
        }
        assertThat(anna.sees(OBJECT)).isTrue();
        assertThat(anna.sees(OBJECT + 1)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    void definersDefine(Permission permission) {
        Access anna = access(List.of(new MemberRow(PrincipalTable.DB_DDLADMIN, USER)), false);
        assertThat(anna.may(permission, OBJECT))
                .isEqualTo(permission == Permission.ALTER
                        || permission == Permission.REFERENCES
                        || permission == Permission.VIEW_DEFINITION);
    }

    @Test
    void whatHasLostItsOwnerMayWhatEverybodyMay() {
        PrincipalTable table = new PrincipalTable(new SecurityRows(
                List.of(),
                List.of(),
                List.of(new OwnerRow(OBJECT, PrincipalTable.PUBLIC)),
                List.of(new PermissionRow(OBJECT + 1, PrincipalTable.PUBLIC, Permission.SEND.name(), true))));
        Access everybody = table.ownerAccess(OBJECT);
        assertThat(everybody.may(Permission.SEND, OBJECT + 1)).isTrue();
        assertThat(everybody.may(Permission.SEND, OBJECT)).isFalse();
        assertThat(everybody.everything()).isFalse();
        assertThat(table.access("public")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    void dboMayEverything(Permission permission) {
        Access dbo = PrincipalTable.NONE.access("DBO").orElseThrow();
        assertThat(dbo.everything()).isTrue();
        assertThat(dbo.may(permission, OBJECT)).isTrue();
    }

    @Test
    void namesAreComparedAsWritten() {
        PrincipalTable table = new PrincipalTable(
                new SecurityRows(List.of(new UserRow(USER, "anna", null)), List.of(), List.of(), List.of()));
        assertThat(table.access("Anna")).isEmpty();
        assertThat(table.access("anna")).isPresent();
    }
}
