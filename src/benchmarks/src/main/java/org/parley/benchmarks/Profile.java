package org.parley.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the processor's time of one thread goes, from samples that the JVM takes of it while it runs. A thread that waits for a
 * disk isn't running.
 */
final class Profile {

    private static final String SAMPLE = "jdk.ExecutionSample";
    /** The JVM takes them as often as it can. */
    private static final Duration PERIOD = Duration.ofMillis(1);

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

    private final Map<String, Integer> self = new HashMap<>();
    private final Map<String, Integer> inclusive = new HashMap<>();
    private int samples;

    private Profile() {}

    /**
     * What a layer has of all samples.
     *
     * @param self in its own code, and what it calls of the JDK
     * @param inclusive in it or below it
     * @param samples all of them
     */
    record Share(int self, int inclusive, int samples) {

        double selfPercent() {
            return 100.0 * self / samples;
        }

        double inclusivePercent() {
            return 100.0 * inclusive / samples;
        }
    }

    /** Lets the calling thread do its work for so long, and says where it was. */
    static Map<String, Share> of(Contender.Work work, Duration length, Path file) throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable(SAMPLE).withPeriod(PERIOD);
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
            if (event.getEventType().getName().equals(SAMPLE)
                    && thread.equals(event.getThread("sampledThread").getJavaName())) {
                profile.add(event.getStackTrace());
            }
        }
        return profile.shares();
    }

    private void add(RecordedStackTrace sample) {
        List<String> layers = sample.getFrames().stream()
                .map(Profile::layer)
                .flatMap(Optional::stream)
                .toList();
        samples++;
        layers.stream().limit(1).forEach(layer -> self.merge(layer, 1, Integer::sum));
        layers.stream().distinct().forEach(layer -> inclusive.merge(layer, 1, Integer::sum));
    }

    private Map<String, Share> shares() {
        Map<String, Share> shares = new LinkedHashMap<>();
        for (String layer : LAYERS.keySet()) {
            if (inclusive.containsKey(layer)) {
                shares.put(layer, new Share(self.getOrDefault(layer, 0), inclusive.get(layer), samples));
            }
        }
        return shares;
    }

    private static Optional<String> layer(RecordedFrame frame) {
        String name = frame.getMethod().getType().getName();
        return LAYERS.entrySet().stream()
                .filter(layer -> layer.getValue().stream().anyMatch(name::startsWith))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
