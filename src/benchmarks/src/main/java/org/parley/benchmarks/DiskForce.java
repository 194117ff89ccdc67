package org.parley.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How long a disk takes to write a page and force it, as {@code artemis perf-journal} finds it out. */
final class DiskForce {

    private static final int PAGE = 4096;
    private static final int WRITES = 250;
    private static final int TRIES = 5;

    private DiskForce() {}

    /** Of tries of 250 writes the fastest, in nanoseconds for each write. */
    static long nanos(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "force", ".tmp");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            // a journal's files have their length beforehand
            write(channel, ByteBuffer.allocateDirect(WRITES * PAGE), 0);
            ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
            long best = Long.MAX_VALUE;
            for (int i = 0; i < TRIES; i++) {
                long begun = System.nanoTime();
                for (int j = 0; j < WRITES; j++) {
                    write(channel, page.clear(), (long) j * PAGE);
                }
                best = Math.min(best, System.nanoTime() - begun);
            }
            return best / WRITES;
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        channel.write(bytes, position);
        channel.force(false);
    }
}
