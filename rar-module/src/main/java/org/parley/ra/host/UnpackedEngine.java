package org.parley.ra.host;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bundled jars as files in a temporary directory of this process:
 *
 * <pre>
 * parley-engine-PID-START-RANDOM/
 *   in-use                    locked while the server runs
 *   parley-engine.jar, ...    what engine/index.txt lists
 * </pre>
 *
 * A killed process leaves its directory behind; the next start anywhere on the machine removes it.
 */
final class UnpackedEngine implements AutoCloseable {

    private static final String INDEX = "engine/index.txt";
    private static final String PREFIX = "parley-engine-";
    private static final String LOCK = "in-use";
    private static final String BUNDLED = ".bundled";

    private final Path directory;
    private final FileChannel lock;
    private final List<Path> jars = new ArrayList<>();

    private UnpackedEngine(Path directory) throws IOException {
        this.directory = directory;
        this.lock = FileChannel.open(
                directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Unpacks what the loader's jar bundles; empty when it bundles nothing, as in tests on a plain class path. */
    static Optional<UnpackedEngine> unpack(ClassLoader bundle, Path temporary) throws IOException {
        List<String> names = index(bundle);
        if (names.isEmpty() || bundle.getResource("engine/" + names.get(0)) == null) {
            return Optional.empty();
        }
        removeLeftOvers(temporary);
        UnpackedEngine engine = new UnpackedEngine(
                Files.createTempDirectory(temporary, PREFIX + nameOf(ProcessHandle.current()) + "-"));
        try {
            engine.lock.lock();
            for (String name : names) {
                engine.add(bundle, name);
            }
            return Optional.of(engine);
        } catch (IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    URL[] urls() throws IOException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return urls;
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot give " + directory.resolve(LOCK) + " free", e);
        } finally {
            delete(directory);
        }
    }

    private void add(ClassLoader bundle, String name) throws IOException {
        Path jar =
                directory.resolve(name.endsWith(BUNDLED) ? name.substring(0, name.length() - BUNDLED.length()) : name);
        try (InputStream in = bundle.getResourceAsStream("engine/" + name)) {
            if (in == null) {
                throw new IOException(
                        "The archive of the resource adapter is incomplete: 'engine/" + name + "' is missing.");
            }
            Files.copy(in, jar);
        }
        jars.add(jar);
    }

    private static List<String> index(ClassLoader bundle) throws IOException {
        InputStream in = bundle.getResourceAsStream(INDEX);
        if (in == null) {
            return List.of();
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(String::trim)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    private static void removeLeftOvers(Path temporary) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, PREFIX + "*-*-*")) {
            for (Path leftOver : found) {
                if (isAbandoned(leftOver)) {
                    delete(leftOver);
                }
            }
        }
    }

    /**
     * Whether its process is gone. Numbers of processes come again, in containers always the same ones, so the start
     * time counts too; and a process of another container that shares the directory is only known by its lock.
     */
    private static boolean isAbandoned(Path directory) {
        String[] parts =
                directory.getFileName().toString().substring(PREFIX.length()).split("-");
        if (!parts[0].matches("\\d{1,18}")) {
            return false;
        }
        String owner = parts[0] + "-" + parts[1];
        if (ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(process -> nameOf(process).equals(owner))
                .isPresent()) {
            return false;
        }
        try (FileChannel other = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE)) {
            return other.tryLock() != null;
        } catch (IOException | OverlappingFileLockException e) {
            // no lock file, or not ours to open: another user's, or one just being made
            return false;
        }
    }

    private static String nameOf(ProcessHandle process) {
        return process.pid() + "-"
                + process.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
    }

    /** Deletes what can be deleted; on Windows an open jar stays, and a later start removes it. */
    private static void delete(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            tree.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException gone) {
            // another start may be removing the same
            return;
        }
    }
}
