package org.parley.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether Derby forces its log. Derby writes the log through descriptors that the kernel itself forces at each write
 * (O_DSYNC); where Linux tells, that is looked at, and what the process has written is counted.
 */
final class LogForce {

    private static final String DURABILITY = "derby.system.durability";
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int O_DSYNC = 010000;
    private static final long PAGE = 4096;
    /** A write reaches into two pages at most. */
    private static final long DIRTY_BEFORE = 2;

    private LogForce() {}

    /**
     * Fails unless the log below this folder is open for writing, and every write to it is forced.
     *
     * @param durability the database's own property, or null
     */
    static void requireOn(Path folder, String durability) throws IOException {
        for (String value : new String[] {durability, System.getProperty(DURABILITY)}) {
            if (value != null) {
                throw new IllegalStateException(
                        DURABILITY + " is '" + value + "': commits wouldn't be forced; leave it out.");
            }
        }
        if (!Files.isDirectory(DESCRIPTORS)) {
            return;
        }
        List<Boolean> forced = new ArrayList<>();
        Path root = folder.toRealPath();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                if (isLogOf(root, descriptor)) {
                    forced.add(forcesEachWrite(descriptor));
                }
            }
        }
        if (forced.isEmpty() || forced.contains(false)) {
            throw new IllegalStateException("The log below " + folder + " should be open, with O_DSYNC; found "
                    + forced.size() + " descriptors, forced: " + forced + ".");
        }
    }

    private static boolean isLogOf(Path root, Path descriptor) {
        try {
            Path file = Files.readSymbolicLink(descriptor);
            return file.startsWith(root) && file.getFileName().toString().matches("log\\d+\\.dat");
        } catch (IOException e) {
            // closed since it was listed
            return false;
        }
    }

    /** What a database itself says of its durability, or null. */
    static String durability(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("VALUES SYSCS_UTIL.SYSCS_GET_DATABASE_PROPERTY('" + DURABILITY + "')")) {
            row.next();
            return row.getString(1);
        }
    }

    static boolean forcesEachWrite(Path descriptor) throws IOException {
        Path info = Path.of("/proc/self/fdinfo").resolve(descriptor.getFileName());
        for (String line : Files.readAllLines(info)) {
            if (line.startsWith("flags:")) {
                return (Integer.parseInt(line.substring(6).strip(), 8) & O_DSYNC) != 0;
            }
        }
        return false;
    }

    /**
     * Fails when a round has stored less than its commits must have. Threads may share a force; one thread's commits
     * can't. A page that is written again and again counts once unless it was stored in between; one that was dirty before,
     * since Derby fills its log with zeros ahead, doesn't count at all.
     */
    static void requireFor(Driver.Round round, int forcesPerOperation, int threads) {
        ProcessIo written = round.written();
        long forces = round.operations() * forcesPerOperation / threads;
        if (written.known() && written.stored() < (forces - DIRTY_BEFORE) * PAGE) {
            throw new IllegalStateException(round.operations() + " operations of " + threads + " threads need at least "
                    + (forces - DIRTY_BEFORE) + " forced writes; the system counted " + written + ".");
        }
    }
}
