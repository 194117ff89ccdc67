package org.parley.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parley.Permission;
import org.parley.engine.store.SecurityRows;
import org.parley.engine.store.SecurityRows.OwnerRow;
import org.parley.engine.store.SecurityRows.PermissionRow;
import org.parley.engine.store.SecurityRows.UserRow;

class ForeignDeliveryTest {

    private static final int FROM = 70_000;
    private static final int TO = 70_001;

    @ParameterizedTest
    @CsvSource({
        "dbo,  true,  false, false, Allowed",
        "dbo,  false, true,  true,  Waits",
        "anna, true,  true,  true,  Allowed",
        "anna, true,  true,  false, Refused",
        "anna, true,  false, false, Waits",
        "anna, false, true,  true,  Waits",
    })
    void judges(String owner, boolean trustworthy, boolean knownThere, boolean granted, String verdict) {
        PrincipalTable here = new PrincipalTable(new SecurityRows(
                List.of(new UserRow(5, "anna", null)),
                List.of(),
                owner.equals("anna") ? List.of(new OwnerRow(FROM, 5)) : List.of(),
                List.of()));
        PrincipalTable there = new PrincipalTable(new SecurityRows(
                knownThere ? List.of(new UserRow(9, "anna", null)) : List.of(),
                List.of(),
                List.of(),
                granted ? List.of(new PermissionRow(TO, 9, Permission.SEND.name(), true)) : List.of()));
        ForeignDelivery.Verdict got = ForeignDelivery.judge(
                new ForeignDelivery.Sender(trustworthy, here, FROM),
                new ForeignDelivery.Receiver("there", there, TO, "//to"));
        assertThat(got.getClass().getSimpleName()).isEqualTo(verdict);
        if (got instanceof ForeignDelivery.Verdict.Waits waits) {
            assertThat(waits.status()).contains("'" + owner + "'").contains("'there'");
        } else if (got instanceof ForeignDelivery.Verdict.Refused refused) {
            assertThat(refused.number()).isEqualTo(8494);
            assertThat(refused.reason()).contains("'//to'");
        }
    }
}
