package org.parley.tests.ladder.app;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/**
 * What the adapter shows of its server over JMX.
 *
 * @param onePhase branches committed in one phase
 * @param twoPhases branches committed in two phases
 * @param rolledBack branches rolled back
 */
public record Sight(long onePhase, long twoPhases, long rolledBack) {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    /** The counters as they are. */
    public static Sight now() {
        return new Sight(count("CommittedInOnePhase"), count("CommittedInTwoPhases"), count("RolledBack"));
    }

    /** What has been added. */
    public Sight since(Sight earlier) {
        return new Sight(onePhase - earlier.onePhase, twoPhases - earlier.twoPhases, rolledBack - earlier.rolledBack);
    }

    /** Names of the open databases. */
    public static String databases() {
        return Arrays.toString((String[]) attribute("Databases"));
    }

    /** What each activation does. */
    public static Map<String, String> activations() {
        Map<String, String> shown = new TreeMap<>();
        for (Object row : ((TabularData) attribute("Activations")).values()) {
            CompositeData entry = (CompositeData) row;
            shown.put((String) entry.get("key"), (String) entry.get("value"));
        }
        return shown;
    }

    private static long count(String attribute) {
        return (Long) attribute(attribute);
    }

    private static Object attribute(String name) {
        try {
            var servers = BEANS.queryNames(new ObjectName("org.parley:type=Server,*"), null);
            if (servers.size() != 1) {
                throw new AssertionError("One server should be shown: " + servers);
            }
            return BEANS.getAttribute(servers.iterator().next(), name);
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }
}
