package org.parley.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.parley.tests.Until;

/**
 * What is left of Parley in a server that goes on without it.
 *
 * @param process the server
 * @param home the home that Parley had
 */
public record Remains(ServerProcess process, Path home) {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** Idle for a minute: TomEE gives its own threads for an adapter the name of the application. */
    private static final String TOMEES = "\"parley-example/";

    private static final String HIDDEN = "$$";
    private static final Pattern LOADER = Pattern.compile("0x[0-9a-f]+(?= \\(intf\\)$|$)");

    /** Of engine and store. */
    public static final Predicate<String> ENGINE =
            line -> line.contains("org.parley.engine.") || line.contains("org.apache.derby.");

    /** Of engine, store, adapter and API. */
    public static final Predicate<String> ALL =
            ENGINE.or(line -> line.contains("org.parley.") && !line.contains("org.parley.tests."));

    /** Waits until no thread and no lock is left; Derby tells its daemons to end and doesn't wait for them. */
    public void end(String when) {
        Until.holds(
                () -> "no threads " + when + ": " + threads(),
                LONGEST,
                () -> threads().isEmpty());
        Until.holds(() -> "no locks " + when + ": " + locks(), LONGEST, () -> locks().isEmpty());
    }

    /** Waits until no class is loaded. */
    public void unload(Predicate<String> ours) {
        Until.holds(
                () -> "unloaded: " + classes(ours) + heap(),
                LONGEST,
                () -> classes(ours).isEmpty());
    }

    /** Waits until so many engines at most are loaded: those that the server itself keeps. With none, nothing of them is. */
    public void unloadEngines(int kept) {
        if (kept == 0) {
            unload(ENGINE);
        } else {
            Until.holds(
                    () -> "no more than " + kept + " engines: " + engines() + heap(),
                    LONGEST,
                    () -> engines().size() <= kept);
        }
    }

    /** Addresses of their loaders, which stand behind the name of each class; a hidden class has one of its own there. */
    private Set<String> engines() {
        return classes(line -> line.contains("org.parley.engine.") && !line.contains(HIDDEN)).stream()
                .map(LOADER::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .collect(Collectors.toSet());
    }

    /** Who keeps them can be seen here. */
    private String heap() {
        Path dump = process.log().resolveSibling("heap.hprof");
        process.diagnose("GC.heap_dump", dump.toString());
        return "; see " + dump;
    }

    /** Names and frames of threads that tell of us. */
    private List<String> threads() {
        return process.diagnose("Thread.print").stream()
                .filter(ALL.or(line -> line.startsWith("\"parley") && !line.startsWith(TOMEES)))
                .toList();
    }

    /** Classes that are loaded after a collection. */
    private List<String> classes(Predicate<String> ours) {
        process.diagnose("GC.run");
        return process.diagnose("VM.class_hierarchy").stream().filter(ours).toList();
    }

    /** Derby's lock files, and files of ours that somebody holds locked. */
    private List<Path> locks() {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".lck") || isLocked(file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLocked(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
