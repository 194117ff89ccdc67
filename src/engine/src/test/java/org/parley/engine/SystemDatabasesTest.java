package org.parley.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.DatabaseOptions;
import org.parley.LocalConnection;
import org.parley.NetworkEndpointDefinition;
import org.parley.RouteDefinition;
import org.parley.spi.Health;

/** The server's own databases, master and msdb: made when they are first used, and what is fixed in them. */
class SystemDatabasesTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private static void refused(int number, String text, ThrowingCallable call) {
        assertThatThrownBy(call).hasFieldOrPropertyWithValue("number", number).hasMessageContaining(text);
    }

    private LocalConnection connect(String database) {
        return home.parley().connect(database);
    }

    @Test
    void aHomeHasThemOnlyWhenTheyWereUsed() {
        assertThat(home.parley().server().databases()).containsExactly(ExpenseHome.DATABASE);
        try (LocalConnection dbo = home.connect()) {
            assertThat(dbo.catalog().logins()).isEmpty();
            assertThat(dbo.catalog().networkEndpoint()).isEmpty();
            assertThat(home.home().resolve("master")).doesNotExist();
            dbo.catalog().define(new NetworkEndpointDefinition("BrokerEndpoint", 4022));
        }
        assertThat(home.parley().server().databases()).containsExactly(ExpenseHome.DATABASE, "master");
        home.restart();
        assertThat(home.parley().server().databases()).containsExactly(ExpenseHome.DATABASE, "master");
        try (LocalConnection dbo = home.connect()) {
            assertThat(dbo.catalog().networkEndpoint()).isPresent();
        }
    }

    @Test
    void masterNeverDelivers() {
        try (LocalConnection master = connect("master")) {
            for (int round = 0; round < 2; round++) {
                assertThat(master.catalog().options()).isEqualTo(new DatabaseOptions(false, false, false, false));
                refused(5058, "ENABLE_BROKER", () -> master.catalog().setBrokerEnabled(true));
                refused(5058, "DISABLE_BROKER", () -> master.catalog().setBrokerEnabled(false));
                refused(5058, "NEW_BROKER", () -> master.catalog().newBroker());
                refused(
                        5058,
                        "ERROR_BROKER_CONVERSATIONS",
                        () -> master.catalog().errorBrokerConversations());
                refused(5058, "HONOR_BROKER_PRIORITY", () -> master.catalog().setHonorBrokerPriority(true));
                master.catalog().createMasterKey("a secret");
                master.catalog().dropMasterKey();
            }
            assertThat(master.catalog().routes()).isEmpty();
            master.catalog().setTrustworthy(true);
        }
        assertThat(home.parley().server().health().status()).isEqualTo(Health.Status.UP);
        home.restart();
        try (LocalConnection master = connect("master")) {
            assertThat(master.catalog().options()).isEqualTo(new DatabaseOptions(false, true, false, false));
        }
    }

    @Test
    void msdbIsTrustedAndItsRoutesAreKept() {
        RouteDefinition local = new RouteDefinition("AutoCreatedLocal", null, "LOCAL");
        RouteDefinition desk = new RouteDefinition("desk", "//Adventure-Works.com/Expenses", "LOCAL");
        try (LocalConnection msdb = connect("msdb")) {
            assertThat(msdb.catalog().options()).isEqualTo(new DatabaseOptions(true, true, false, false));
            assertThat(msdb.catalog().routes()).containsExactly(local);
            msdb.catalog().define(desk);
        }
        home.restart();
        assertThat(home.parley().server().databases()).contains("msdb").doesNotContain("master");
        try (LocalConnection msdb = connect("msdb")) {
            assertThat(msdb.catalog().options()).isEqualTo(new DatabaseOptions(true, true, false, false));
            assertThat(msdb.catalog().routes()).containsExactly(local, desk);
            msdb.catalog().setTrustworthy(false);
        }
        home.restart();
        try (LocalConnection msdb = connect("msdb")) {
            assertThat(msdb.catalog().options()).isEqualTo(DatabaseOptions.DEFAULT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tempdb", "model", "Master", "MSDB", "TempDb"})
    void otherNamesOfTheServerAreRefused(String name) {
        refused(50005, "'" + name + "'", () -> connect(name));
    }
}
