package org.parley.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** What the engine holds in memory. */
final class Footprint {

    private static final Pattern ENGINES = Pattern.compile("(\\[L)?org\\.parley\\..*"
            + "|java\\.util\\.(UUID|ArrayList|HashMap\\$Node|TreeMap\\$Entry)|java\\.lang\\.Long"
            + "|\\[Ljava\\.lang\\.Object;|\\[Ljava\\.util\\.HashMap\\$Node;|\\[J");

    private Footprint() {}

    /**
     * What the engine's objects take after a garbage collection, and those it is made of: identifiers, map entries, arrays
     * of references and of long numbers. Derby's pages and rows are bytes and don't count. Nor do arrays of int: the collector
     * puts some into the gaps that it leaves between objects, and all that the engine has are those of timers.
     */
    static long bytes() throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields ->
                        fields.length > 3 && ENGINES.matcher(fields[3]).matches())
                .mapToLong(fields -> Long.parseLong(fields[2]))
                .sum();
    }
}
