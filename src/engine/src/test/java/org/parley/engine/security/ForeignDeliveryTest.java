package org.parley.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parley.Permission;
import org.parley.engine.store.SecurityRows;
import org.parley.engine.store.SecurityRows.PermissionRow;
import org.parley.engine.store.SecurityRows.UserRow;

class ForeignDeliveryTest {

    private static final int TO = 70_001;

    @ParameterizedTest
    @CsvSource({
        "dbo,  false, none,   true",
        "anna, true,  anna,   true",
        "anna, true,  public, true",
        "anna, true,  none,   false",
        "anna, false, public, false",
    })
    void theOwnerActsAsTheUserOfTheSameName(String owner, boolean known, String granted, boolean allowed) {
        int principal = granted.equals("public") ? PrincipalTable.PUBLIC : 9;
        PrincipalTable here = new PrincipalTable(new SecurityRows(
                known ? List.of(new UserRow(9, "anna", null)) : List.of(),
                List.of(),
                List.of(),
                granted.equals("none")
                        ? List.of()
                        : List.of(new PermissionRow(TO, principal, Permission.SEND.name(), true))));
        Optional<ForeignDelivery.Refused> refused = ForeignDelivery.judge(here, owner, TO, "//to");
        assertThat(refused.isEmpty()).isEqualTo(allowed);
        refused.ifPresent(why -> {
            assertThat(why.number()).isEqualTo(8494);
            assertThat(why.reason()).contains("'" + owner + "'").contains("'//to'");
        });
    }
}
