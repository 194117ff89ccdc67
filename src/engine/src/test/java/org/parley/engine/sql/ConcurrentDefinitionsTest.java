package org.parley.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.LocalConnection;
import org.parley.testkit.BrokerExtension;

/** ALTER depends on what it finds: sessions that alter the same thing lose nothing of each other. */
class ConcurrentDefinitionsTest {

    private static final int ROUNDS = 25;

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    /** Runs work in sessions that begin at the same moment. */
    private void together(List<Callable<Void>> works) throws Exception {
        CyclicBarrier start = new CyclicBarrier(works.size());
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (Callable<Void> work : works) {
                running.add(threads.submit(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    return work.call();
                }));
            }
            for (Future<Void> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void contractsThatAreAddedAtTheSameTimeAreAllThere() throws Exception {
        LocalConnection owner = broker.connect("db");
        StringBuilder script = new StringBuilder("CREATE QUEUE q; CREATE SERVICE s ON QUEUE q;\n");
        for (int i = 0; i < 2 * ROUNDS; i++) {
            script.append("CREATE CONTRACT c" + i + " ([DEFAULT] SENT BY ANY);\n");
        }
        owner.catalog().define(script.toString());
        together(List.of(adding(0), adding(1)));
        assertThat(owner.catalog().services().get(0).contracts()).hasSize(2 * ROUNDS);
    }

    private Callable<Void> adding(int first) {
        LocalConnection session = broker.connect("db");
        return () -> {
            for (int i = first; i < 2 * ROUNDS; i += 2) {
                session.execute("ALTER SERVICE s (ADD CONTRACT c" + i + ")");
            }
            return null;
        };
    }

    @Test
    void optionsThatAreSetAtTheSameTimeAreAllSet() throws Exception {
        broker.connect("db").execute("CREATE QUEUE q");
        together(List.of(
                switching("RETENTION = %s", "is_retention_enabled"),
                switching("POISON_MESSAGE_HANDLING (STATUS = %s)", "is_poison_message_handling_enabled")));
    }

    private Callable<Void> switching(String option, String column) {
        LocalConnection session = broker.connect("db");
        return () -> {
            for (int i = 0; i < ROUNDS; i++) {
                session.execute("ALTER QUEUE q WITH " + String.format(option, i % 2 == 0 ? "ON" : "OFF"));
                assertThat(Script.rows(session, "SELECT " + column + " FROM sys.service_queues WHERE name = 'q'"))
                        .containsExactly(i % 2 == 0 ? "1" : "0");
            }
            return null;
        };
    }

    @Test
    void theEndpointOfTheServerIsAlteredFromTwoDatabases() throws Exception {
        broker.connect("db")
                .execute("CREATE ENDPOINT e STATE = STOPPED AS TCP (LISTENER_PORT = 4022) FOR SERVICE_BROKER ()");
        together(List.of(
                altering("db", "STATE = %s", List.of("STARTED", "STOPPED"), "state_desc"),
                altering(
                        "other",
                        "FOR SERVICE_BROKER (MESSAGE_FORWARD_SIZE = %s)",
                        List.of("11", "12"),
                        "message_forwarding_size")));
    }

    private Callable<Void> altering(String database, String change, List<String> values, String column) {
        LocalConnection session = broker.connect(database);
        return () -> {
            for (int i = 0; i < ROUNDS; i++) {
                String value = values.get(i % 2);
                session.execute("ALTER ENDPOINT e " + String.format(change, value));
                assertThat(Script.rows(session, "SELECT " + column + " FROM sys.service_broker_endpoints"))
                        .containsExactly(value);
            }
            return null;
        };
    }

    @Test
    void aQueueTellsWhenItWasMadeAndAltered() {
        LocalConnection owner = broker.connect("db");
        String dates = "SELECT create_date, modify_date FROM sys.service_queues WHERE name = 'q'";
        owner.execute("CREATE QUEUE q");
        String made = Script.rows(owner, dates).get(0);
        String created = made.substring(0, made.indexOf('|'));
        assertThat(made).isEqualTo(created + "|" + created);
        broker.clock().advance(Duration.ofHours(1));
        owner.execute("ALTER QUEUE q WITH STATUS = OFF");
        String altered = Script.rows(owner, dates).get(0);
        assertThat(altered).startsWith(created + "|").isNotEqualTo(made);
        broker.restart();
        assertThat(Script.rows(broker.connect("db"), dates)).containsExactly(altered);
    }

    @Test
    void principalsHaveNumbers() {
        LocalConnection owner = broker.connect("db");
        owner.execute("CREATE USER ann WITHOUT LOGIN; CREATE QUEUE q; CREATE SERVICE s AUTHORIZATION ann ON QUEUE q;");
        assertThat(Script.rows(
                        owner,
                        "SELECT USER_NAME(1) AS a, USER_NAME(0) AS b, USER_NAME(16384) AS c, USER_NAME(-7) AS d"))
                .containsExactly("dbo|public|db_owner|-");
        assertThat(Script.rows(
                        owner,
                        "DECLARE @id int; SELECT @id = principal_id FROM sys.services WHERE name = 's';"
                                + " SELECT USER_NAME(@id) AS owner"))
                .containsExactly("ann");
    }
}
