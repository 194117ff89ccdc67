package org.parley.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.engine.routing.WayChoice.Sender;
import org.parley.engine.routing.WayChoice.Wanted;
import org.parley.engine.routing.WayChoice.Way;

/** Which way messages take; service-broker.md, section 9, and rules 6, 7, 11 and 24 of section 26. */
class WayChoiceTest {

    private static final UUID OWN = new UUID(0, 1);
    private static final UUID FIRST = new UUID(0, 2);
    private static final UUID SECOND = new UUID(0, 3);
    private static final UUID UNKNOWN = new UUID(0, 99);
    private static final String SERVICE = "//service";
    private static final long NOW = 1_000;

    private static final Route ANYWHERE_HERE = new Route(null, null, "LOCAL", Long.MAX_VALUE);

    private final List<Neighbour> databases = new ArrayList<>();
    private List<Route> routes = List.of(ANYWHERE_HERE);
    private boolean delivers = true;
    private boolean trustworthy = true;
    private boolean masterKey = true;

    /** A database that is nothing but what a choice asks for. */
    private record Database(String name, UUID broker, boolean delivers, boolean hasMasterKey, Set<String> services)
            implements Neighbour {

        @Override
        public boolean offers(String service) {
            return services.contains(service);
        }

        @Override
        public boolean knows(String user) {
            return user.equals("dbo");
        }

        @Override
        public void accept(List<Frame> frames) {
            throw new AssertionError("Nothing is sent by choosing.");
        }
    }

    private void add(UUID broker, String... services) {
        databases.add(
                new Database("database " + broker.getLeastSignificantBits(), broker, true, true, Set.of(services)));
    }

    private Way choose(Wanted wanted) {
        return new WayChoice(new Sender("own", OWN, delivers, trustworthy, masterKey, routes, NOW), databases)
                .choose(wanted);
    }

    private static Wanted any() {
        return named(null);
    }

    private static Wanted named(UUID broker) {
        return new Wanted(UUID.randomUUID(), SERVICE, broker, null, "dbo", true);
    }

    private static void waits(Way way, int number) {
        assertThat(way)
                .isInstanceOfSatisfying(
                        Way.Wait.class,
                        wait -> assertThat(wait.number()).as(wait.text()).isEqualTo(number));
    }

    @Test
    void theOwnDatabaseComesFirst() {
        add(OWN, SERVICE);
        add(FIRST, SERVICE);
        assertThat(choose(any())).isEqualTo(new Way.Here());
    }

    @Test
    void anotherDatabaseThatOffersTheService() {
        add(OWN);
        add(FIRST, SERVICE);
        assertThat(choose(any())).isEqualTo(new Way.To(FIRST));
    }

    @Test
    void conversationsAreSpreadAndEachStaysOnItsPlace() {
        add(FIRST, SERVICE);
        add(SECOND, SERVICE);
        int[] count = new int[4];
        for (int i = 0; i < 1000; i++) {
            Wanted wanted = any();
            Way.To way = (Way.To) choose(wanted);
            assertThat(choose(wanted)).isEqualTo(way);
            count[(int) way.broker().getLeastSignificantBits()]++;
        }
        assertThat(Math.min(count[2], count[3])).isGreaterThan(400);
    }

    @Test
    void namesCompareByteByByte() {
        add(FIRST, "//Service");
        waits(choose(any()), 9796);
    }

    @Test
    void theBrokerThatIsNamed() {
        add(OWN, SERVICE);
        add(FIRST, SERVICE);
        add(SECOND, SERVICE);
        assertThat(choose(named(SECOND))).isEqualTo(new Way.To(SECOND));
        assertThat(choose(named(OWN))).isEqualTo(new Way.Here());
        waits(choose(named(UNKNOWN)), 9795);
    }

    @Test
    void theNamedBrokerWithoutTheServiceFailsTheDialog() {
        add(OWN, SERVICE);
        add(FIRST);
        assertThat(choose(named(FIRST)))
                .isInstanceOfSatisfying(
                        Way.Fail.class, fail -> assertThat(fail.number()).isEqualTo(8490));
    }

    @Test
    void theBrokerThatAnsweredIsKept() {
        add(OWN, SERVICE);
        add(FIRST);
        assertThat(choose(new Wanted(UUID.randomUUID(), SERVICE, null, FIRST, "dbo", true)))
                .isEqualTo(new Way.To(FIRST));
        waits(choose(new Wanted(UUID.randomUUID(), SERVICE, null, UNKNOWN, "dbo", true)), 9795);
    }

    @Test
    void disabledBrokers() {
        databases.add(new Database("off", FIRST, false, true, Set.of(SERVICE)));
        waits(choose(any()), 28013);
        waits(choose(named(FIRST)), 28013);
        add(SECOND, SERVICE);
        assertThat(choose(any())).isEqualTo(new Way.To(SECOND));
        delivers = false;
        waits(choose(any()), 9791);
    }

    @Test
    void trustAndKeysBetweenDatabasesOnly() {
        add(OWN, "//other");
        databases.add(new Database("keyless", FIRST, true, false, Set.of(SERVICE)));
        waits(choose(any()), 28054);
        assertThat(choose(new Wanted(UUID.randomUUID(), SERVICE, null, null, "dbo", false)))
                .isEqualTo(new Way.To(FIRST));
        masterKey = false;
        waits(choose(any()), 28050);
        trustworthy = false;
        waits(choose(any()), 916);
        assertThat(choose(new Wanted(UUID.randomUUID(), "//other", null, null, "dbo", true)))
                .isEqualTo(new Way.Here());
        assertThat(choose(new Wanted(UUID.randomUUID(), SERVICE, null, FIRST, null, false)))
                .as("an answer needs no trust")
                .isEqualTo(new Way.To(FIRST));
    }

    @Test
    void routesOfTheFirstStepThatMatches() {
        add(FIRST, SERVICE);
        add(SECOND, SERVICE);
        routes = List.of(
                ANYWHERE_HERE,
                new Route(SERVICE, null, "TCP://elsewhere:4022", Long.MAX_VALUE),
                new Route(SERVICE, SECOND, "LOCAL", Long.MAX_VALUE));
        waits(choose(any()), 9748);
        assertThat(choose(named(SECOND))).isEqualTo(new Way.To(SECOND));
        waits(choose(named(FIRST)), 9748);
    }

    @Test
    void routesThatNameBrokersAreSpreadOver() {
        add(FIRST, SERVICE);
        add(SECOND, SERVICE);
        routes = List.of(
                new Route(SERVICE, FIRST, "LOCAL", Long.MAX_VALUE),
                new Route(SERVICE, SECOND, "local", Long.MAX_VALUE));
        Set<Way> ways = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            ways.add(choose(any()));
        }
        assertThat(ways).containsExactlyInAnyOrder(new Way.To(FIRST), new Way.To(SECOND));
    }

    @Test
    void expiredRoutesDontCount() {
        add(FIRST, SERVICE);
        routes = List.of(new Route(SERVICE, null, "LOCAL", NOW));
        waits(choose(any()), 9750);
        routes = List.of(new Route(SERVICE, null, "LOCAL", NOW + 1));
        assertThat(choose(any())).isEqualTo(new Way.To(FIRST));
    }

    @Test
    void withoutAnyRouteANamedBrokerIsFoundInThisServer() {
        add(FIRST, SERVICE);
        routes = List.of();
        waits(choose(any()), 9750);
        assertThat(choose(named(FIRST))).isEqualTo(new Way.To(FIRST));
    }

    @Test
    void anOwnerWhoIsNobodyThereWaits() {
        add(FIRST, SERVICE);
        waits(choose(new Wanted(UUID.randomUUID(), SERVICE, null, null, "anna", false)), 916);
        assertThat(choose(new Wanted(UUID.randomUUID(), SERVICE, null, FIRST, null, false)))
                .isEqualTo(new Way.To(FIRST));
    }
}
