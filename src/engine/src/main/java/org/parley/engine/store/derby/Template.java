package org.parley.engine.store.derby;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.parley.engine.store.StoreException;
import org.parley.engine.store.StoreException.Kind;

/**
 * An empty database with the current schema, made once for a home; new databases are copies of it, which takes a fraction
 * of the time of creating one. Both appear under their name by an atomic rename, so that a kill leaves all or nothing.
 */
final class Template {

    /** Forcing a hundred small files one by one takes ten times as long. */
    private static final int COPYING_THREADS = 8;

    /** Files of the template by their relative path, shared by the homes of this class loader. */
    private static SoftReference<Map<String, byte[]>> image = new SoftReference<>(null);

    private final Path folder;
    private final Path current;

    Template(Path home) {
        folder = home.resolve(".template");
        current = folder.resolve("schema-" + Schema.CURRENT.version());
    }

    /** Makes a new database at a place where there is none. */
    void copyTo(Path database) {
        copyTo(database, fresh -> {});
    }

    /**
     * The same.
     *
     * @param completion what is done with the copy before it has its name; leaves it closed
     */
    void copyTo(Path database, Consumer<Path> completion) {
        fill(database, fresh -> {
            write(image(), fresh);
            completion.accept(fresh);
        });
    }

    /** Something that makes the files of a database and leaves it closed. */
    @FunctionalInterface
    interface Filling {
        void into(Path fresh) throws IOException;
    }

    /** Makes a database by other means at a place where there is none. */
    void fill(Path database, Filling filling) {
        synchronized (Template.class) {
            write(database, filling);
        }
    }

    private void write(Path database, Filling filling) {
        try {
            Path parent = database.getParent();
            Files.createDirectories(parent);
            clean();
            Path fresh = folder.resolve("new-" + UUID.randomUUID());
            filling.into(fresh);
            Files.deleteIfExists(database);
            Files.move(fresh, database, StandardCopyOption.ATOMIC_MOVE);
            force(parent);
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, "Creating database " + database + ": " + e, e);
        }
    }

    /** Deletes a database: it leaves its name by an atomic rename; what a kill leaves of it then goes with the next copy. */
    void takeBack(Path database) {
        synchronized (Template.class) {
            try {
                Files.createDirectories(folder);
                Path dropped = folder.resolve("dropped-" + UUID.randomUUID());
                Files.move(database, dropped, StandardCopyOption.ATOMIC_MOVE);
                force(database.getParent());
                delete(dropped);
            } catch (IOException e) {
                throw new StoreException(Kind.UNAVAILABLE, "Deleting database " + database + ": " + e, e);
            }
        }
    }

    private Map<String, byte[]> image() throws IOException {
        Map<String, byte[]> files = image.get();
        if (files == null) {
            if (!Files.isDirectory(current)) {
                make();
            }
            files = read(current);
            image = new SoftReference<>(files);
        }
        return files;
    }

    /** Removes what a kill has left of databases that were being made or dropped. */
    void removeLeftovers() throws IOException {
        synchronized (Template.class) {
            if (Files.isDirectory(folder)) {
                clean();
            }
        }
    }

    /** Templates of other versions and what a kill has left go. */
    private void clean() throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
            for (Path each : content) {
                if (!each.equals(current)) {
                    delete(each);
                }
            }
        }
    }

    private void make() throws IOException {
        Path fresh = folder.resolve("new-" + UUID.randomUUID());
        EmbedConnection connection = DerbyEngine.create(fresh);
        try {
            Schema.CURRENT.create(connection);
            connection.close();
        } catch (SQLException e) {
            throw Failure.of("Creating the template " + current, e);
        } finally {
            DerbyEngine.shutdown(fresh);
        }
        forceAll(fresh);
        Files.move(fresh, current, StandardCopyOption.ATOMIC_MOVE);
        force(folder);
    }

    private static Map<String, byte[]> read(Path from) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (Path each : walk(from)) {
            if (Files.isRegularFile(each) && !each.getFileName().toString().endsWith(".lck")) {
                files.put(from.relativize(each).toString(), Files.readAllBytes(each));
            }
        }
        return files;
    }

    /** Forces each file: later commits force Derby's log only, and rely on what it continues. */
    private static void write(Map<String, byte[]> files, Path to) throws IOException {
        for (String each : files.keySet()) {
            Files.createDirectories(to.resolve(each).getParent());
        }
        ExecutorService copying = Executors.newFixedThreadPool(COPYING_THREADS, task -> {
            Thread thread = new Thread(task, "parley-new-database");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> copies = new ArrayList<>();
            files.forEach((name, content) -> copies.add(copying.submit(() -> {
                write(to.resolve(name), content);
                return null;
            })));
            for (Future<?> each : copies) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("Writing " + to + ": " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while writing " + to, e);
        } finally {
            copying.shutdownNow();
        }
        for (Path each : walk(to)) {
            if (Files.isDirectory(each)) {
                force(each);
            }
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Forces what Derby has written without doing so itself. */
    static void forceAll(Path directory) throws IOException {
        for (Path each : walk(directory)) {
            if (Files.isDirectory(each)) {
                force(each);
            } else {
                try (FileChannel channel = FileChannel.open(each, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
    }

    static void force(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Some systems can't open a directory; there the rename itself must be durable enough.
            System.getLogger(Template.class.getName()).log(System.Logger.Level.DEBUG, "Forcing " + directory, e);
        }
    }

    private static List<Path> walk(Path from) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            return walk.toList();
        }
    }

    static void delete(Path path) throws IOException {
        List<Path> deepestFirst = new ArrayList<>(walk(path));
        deepestFirst.sort(Comparator.reverseOrder());
        for (Path each : deepestFirst) {
            Files.delete(each);
        }
    }

    /** Whether there is no database at this place, at most an empty directory. */
    static boolean missing(Path database) throws IOException {
        if (!Files.exists(database)) {
            return true;
        }
        try (DirectoryStream<Path> content = Files.newDirectoryStream(database)) {
            return !content.iterator().hasNext();
        }
    }
}
