package org.parley.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.store.StorageFault;

/**
 * The lock on a home directory: one server at a time. Taken before any database is touched, so that who is refused is
 * told who holds it. The system gives it free when the process dies.
 */
final class HomeLock implements AutoCloseable {

    private static final String FILE = "parley.lock";

    private final FileChannel channel;
    private final FileLock lock;

    private HomeLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    static HomeLock take(Path home, Instant now) {
        Path file = home.resolve(FILE);
        try {
            Files.createDirectories(home);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = null;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                // held inside this very process, maybe by another class loader: the same answer as for another one
                lock = null;
            } finally {
                if (lock == null) {
                    channel.close();
                }
            }
            if (lock == null) {
                throw inUse(home, file);
            }
            write(channel, now);
            return new HomeLock(channel, lock);
        } catch (IOException e) {
            throw new BrokerException(
                    StorageFault.in(e).map(StorageFault::number).orElse(ErrorNumbers.STORE_FAILED),
                    "Home directory '" + home + "' can't be used: " + e + "; "
                            + StorageFault.in(e)
                                    .map(StorageFault::wayOut)
                                    .orElse("it must be a directory that this process may write")
                            + ".",
                    e);
        }
    }

    private static void write(FileChannel channel, Instant now) throws IOException {
        String holder = "process " + ProcessHandle.current().pid() + ", class loader " + HomeLock.class.getClassLoader()
                + ", since " + now;
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
        channel.force(true);
    }

    private static BrokerException inUse(Path home, Path file) throws IOException {
        String holder = Files.readString(file, StandardCharsets.UTF_8);
        return new BrokerException(
                ErrorNumbers.HOME_IN_USE,
                "Home directory '" + home + "' is in use by " + (holder.isEmpty() ? "another server" : holder)
                        + "; a home belongs to one server at a time.");
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        }
    }
}
