package org.parley.benchmarks;

import com.arjuna.ats.jta.TransactionManager;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.activemq.artemis.utils.VersionLoader;

/** Where and with what was measured. */
final class Machine {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Machine() {}

    /** Machine and versions, by name, and how busy others keep it: the load before anything is measured. */
    static Map<String, String> describe(Path folder) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", processor());
        facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("load before", String.format(Locale.ROOT, "%.1f", SYSTEM.getSystemLoadAverage()));
        facts.put("memory", gigabytes(memory()));
        facts.put("heap", gigabytes(Runtime.getRuntime().maxMemory()));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        FileStore disk = Files.getFileStore(folder);
        facts.put("file system", disk.type());
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("derby", org.apache.derby.tools.sysinfo.getVersionString());
        facts.put("artemis", VersionLoader.getVersion().getFullVersion());
        facts.put("narayana", TransactionManager.class.getPackage().getImplementationVersion());
        facts.put("payara micro", System.getProperty("payara.version", "not told"));
        return facts;
    }

    private static String processor() throws IOException {
        if (Files.isReadable(PROCESSORS)) {
            try (Stream<String> lines = Files.lines(PROCESSORS)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
            }
        }
        return System.getProperty("os.arch");
    }

    private static long memory() {
        return SYSTEM.getTotalMemorySize();
    }

    /** CPU time that this process has used. */
    static long cpuNanos() {
        return SYSTEM.getProcessCpuTime();
    }

    /** Time that the compilers of this process have taken. */
    static Duration compiled() {
        return Duration.ofMillis(ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
    }

    private static String gigabytes(long bytes) {
        return Math.round(bytes / 1e9 * 10) / 10.0 + " GB";
    }
}
