package org.parley.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is left of Parley in a server that goes on without it.
 *
 * @param process the server
 * @param home the home that Parley had
 */
public record Remains(ServerProcess process, Path home) {

    /** Of engine and store. */
    public static final Predicate<String> ENGINE =
            line -> line.contains("org.parley.engine.") || line.contains("org.apache.derby.");

    /** Of engine, store, adapter and API. */
    public static final Predicate<String> ALL =
            ENGINE.or(line -> line.contains("org.parley.") && !line.contains("org.parley.tests."));

    /** Names and frames of threads that tell of us. */
    public List<String> threads() {
        return process.diagnose("Thread.print").stream()
                .filter(ALL.or(line -> line.startsWith("\"parley")))
                .toList();
    }

    /** Classes that are loaded after a collection. */
    public List<String> classes(Predicate<String> ours) {
        process.diagnose("GC.run");
        return process.diagnose("VM.class_hierarchy").stream().filter(ours).toList();
    }

    /** Derby's lock files, and files of ours that somebody holds locked. */
    public List<Path> locks() {
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
