package org.parley.ra.sight;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;
import org.parley.BrokerConnection;
import org.parley.InDoubtBranch;
import org.parley.spi.BrokerServer;
import org.parley.spi.Channel;
import org.parley.spi.Counter;
import org.parley.spi.Health;
import org.parley.spi.Statistics;

class ServerSightTest {

    private final BrokerServer server = (BrokerServer) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BrokerServer.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "health" -> new Health(Health.Status.DEGRADED, List.of("Queue 'q' is off."));
                case "statistics" -> new Statistics(Map.of("parley", Map.of(Counter.SENDS, 7L)));
                default -> List.of("parley");
            });

    /** Operators end what nobody recovers, as the owner of the database. */
    @Test
    void transactionsInDoubtAreEndedByOperation() throws Exception {
        List<String> done = new ArrayList<>();
        BrokerConnection session = (BrokerConnection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BrokerConnection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("inDoubtBranches")) {
                        return List.of(InDoubtBranch.prepared("7:01:02", Instant.EPOCH, 1, 2, 0));
                    }
                    done.add(method.getName() + " " + arguments[0]);
                    return null;
                });
        Channel channel = (Channel) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Channel.class},
                (proxy, method, arguments) -> method.getName().equals("session") ? session : null);
        BrokerServer inDoubt = (BrokerServer) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BrokerServer.class},
                (proxy, method, arguments) -> method.getName().equals("channel") ? channel : List.of("parley"));
        ServerSight sight = new ServerSight(Path.of("in", "doubt"));
        sight.open(inDoubt);
        assertThat(sight.getInDoubtBranches()).containsOnlyKeys("parley 7:01:02");
        sight.commitInDoubt("parley", "7:01:02");
        sight.rollbackInDoubt("parley", "7:01:03");
        sight.forgetInDoubt("parley", "7:01:02");
        assertThat(done).containsExactly("commitInDoubt 7:01:02", "rollbackInDoubt 7:01:03", "forgetInDoubt 7:01:02");
        sight.close();
        assertThat(sight.getInDoubtBranches()).isEmpty();
    }

    @Test
    void shownWhileOpenAndGoneAfterwards() throws Exception {
        Path home = Path.of("some", "home:with,odd=\"marks\"");
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("org.parley:type=Server,home=" + ObjectName.quote(home.toString()));
        ServerSight sight = new ServerSight(home);
        sight.open(server);
        sight.committed("parley", true, false);
        sight.committed("parley", false, false);
        sight.committed("parley", true, true);
        sight.rolledBack("parley", null);
        sight.deliveryFailed("Bean", new UUID(1, 1), null);
        sight.readerUnavailable("Bean", null);
        assertThat(beans.getAttribute(name, "Health")).isEqualTo("DEGRADED");
        assertThat((String[]) beans.getAttribute(name, "Reasons")).containsExactly("Queue 'q' is off.");
        assertThat((String[]) beans.getAttribute(name, "Databases")).containsExactly("parley");
        for (String counter : List.of(
                "CommittedInOnePhase",
                "CommittedInTwoPhases",
                "ReadOnly",
                "RolledBack",
                "FailedDeliveries",
                "UnavailableReaders")) {
            assertThat(beans.getAttribute(name, counter)).as(counter).isEqualTo(1L);
        }
        TabularData statistics = (TabularData) beans.getAttribute(name, "Statistics");
        TabularData ofDatabase =
                (TabularData) statistics.get(new Object[] {"parley"}).get("value");
        assertThat(ofDatabase.get(new Object[] {"SQL SEND Total"}).get("value")).isEqualTo(7L);
        assertThat(ofDatabase.get(new Object[] {"SQL RECEIVEs/sec"}).get("value"))
                .isEqualTo(0L);
        sight.close();
        assertThat(beans.isRegistered(name)).isFalse();
        sight.close();
        assertThat(sight.getHealth()).isEqualTo("DOWN");
        assertThat(sight.getStatistics()).isEmpty();
    }
}
