package org.parley.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/** Where the build put what is tested, and where tests may write. */
public final class Places {

    private Places() {}

    /** An archive that the build copied for us. */
    public static Path archive(String name) {
        Path path = Path.of(System.getProperty("parley.deploy"), name);
        if (!Files.isRegularFile(path)) {
            throw new IllegalStateException("'" + path + "' is missing; run the whole build: mvn verify.");
        }
        return path;
    }

    /** The library that has a class. */
    public static Path jarOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A directory to write in, empty. */
    public static Path emptied(String name) {
        Path directory = work(name);
        delete(directory);
        return created(directory);
    }

    /** A directory to write in, with what is in it. */
    public static Path work(String name) {
        return Path.of(System.getProperty("parley.work"), name);
    }

    /** Writes lines to a file. */
    public static Path write(Path file, List<String> lines) {
        try {
            return Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes an archive to a directory, under its name. */
    public static Path write(Path directory, Archive<?> archive) {
        Path file = directory.resolve(archive.getName());
        archive.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    /** Copies a directory with all that is in it. */
    public static void copy(Path from, Path to) {
        try (Stream<Path> found = Files.walk(from)) {
            for (Path path : found.toList()) {
                Path copy = to.resolve(from.relativize(path));
                if (!Files.isDirectory(copy)) {
                    Files.copy(path, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a directory with all that is in it; nothing if there is none. */
    public static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path created(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
