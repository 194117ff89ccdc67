package org.parley.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the processor's time of one thread goes, and what allocates, from samples that the JVM takes while it runs. A thread that
 * waits for a disk isn't running.
 */
final class Profile {

    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final String ALLOCATION = "jdk.ObjectAllocationSample";

    /** The JVM takes them as often as it can. */
    private static final Duration PERIOD = Duration.ofMillis(1);

    private static final String ALLOCATIONS = "1000/s";

    /** Whose code it is, by the beginnings of names of classes; the first one that fits. */
    private static final Map<String, List<String>> LAYERS = new LinkedHashMap<>();

    static {
        String derby = "org.apache.derby.";
        String engine = "org.parley.engine.";
        LAYERS.put("Derby: log", List.of(derby + "impl.store.raw.log."));
        LAYERS.put(
                "Derby: transactions, locks", List.of(derby + "impl.store.raw.xact.", derby + "impl.services.locks."));
        LAYERS.put("Derby: pages, page cache", List.of(derby + "impl.store.raw.", derby + "impl.services.cache."));
        LAYERS.put("Derby: B-trees", List.of(derby + "impl.store.access.btree."));
        LAYERS.put("Derby: heaps", List.of(derby + "impl.store.access."));
        LAYERS.put("Derby: statements, JDBC", List.of(derby));
        LAYERS.put("Parley: store", List.of(engine + "store."));
        LAYERS.put("Parley: branches, groups", List.of(engine + "tx.", engine + "queue."));
        LAYERS.put("Parley: statements", List.of(engine));
        LAYERS.put("Narayana", List.of("com.arjuna."));
        LAYERS.put("the benchmark", List.of("org.parley.benchmarks."));
        LAYERS.put("Parley: API", List.of("org.parley."));
    }

    private static final String REST = "the rest";

    private final Map<String, Long> self = new HashMap<>();
    private final Map<String, Long> inclusive = new HashMap<>();
    private final Map<String, Long> allocated = new HashMap<>();
    private long samples;

    private Profile() {}

    /**
     * What a layer has of the whole.
     *
     * @param selfPercent of the samples: in its own code, and what it calls of the JDK
     * @param inclusivePercent of the samples: in it or below it
     * @param allocatedPercent of the bytes: those that its own code allocates, and what it calls of the JDK
     * @param samples number of all samples
     */
    record Share(double selfPercent, double inclusivePercent, double allocatedPercent, long samples) {}

    /** Lets the calling thread do its work for so long, and says where it was. */
    static Map<String, Share> of(Contender.Work work, Duration length, Path file) throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable(SAMPLE).withPeriod(PERIOD);
            recording.enable(ALLOCATION).with("throttle", ALLOCATIONS);
            recording.start();
            long end = System.nanoTime() + length.toNanos();
            while (System.nanoTime() < end) {
                work.run(System.nanoTime());
            }
            recording.stop();
            recording.dump(file);
        }
        Profile profile = new Profile();
        String thread = Thread.currentThread().getName();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (event.getStackTrace() != null && thread.equals(threadOf(event).getJavaName())) {
                profile.add(event);
            }
        }
        return profile.shares();
    }

    private static RecordedThread threadOf(RecordedEvent event) {
        return event.getEventType().getName().equals(SAMPLE) ? event.getThread("sampledThread") : event.getThread();
    }

    private void add(RecordedEvent event) {
        List<String> layers = event.getStackTrace().getFrames().stream()
                .map(Profile::layer)
                .filter(layer -> !layer.equals(REST))
                .toList();
        String top = layers.isEmpty() ? REST : layers.get(0);
        if (event.getEventType().getName().equals(SAMPLE)) {
            samples++;
            self.merge(top, 1L, Long::sum);
            layers.stream().distinct().forEach(layer -> inclusive.merge(layer, 1L, Long::sum));
        } else {
            allocated.merge(top, event.getLong("weight"), Long::sum);
        }
    }

    private Map<String, Share> shares() {
        long bytes = allocated.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Share> shares = new LinkedHashMap<>();
        for (String layer : LAYERS.keySet()) {
            if (inclusive.containsKey(layer)) {
                shares.put(
                        layer,
                        new Share(
                                percent(self.getOrDefault(layer, 0L), samples),
                                percent(inclusive.get(layer), samples),
                                percent(allocated.getOrDefault(layer, 0L), bytes),
                                samples));
            }
        }
        return shares;
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }

    private static String layer(RecordedFrame frame) {
        String name = frame.getMethod().getType().getName();
        return LAYERS.entrySet().stream()
                .filter(layer -> layer.getValue().stream().anyMatch(name::startsWith))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(REST);
    }
}
