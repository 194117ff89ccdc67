package org.parley.engine.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.parley.ErrorNumbers;

/** What can be wrong with the place where databases lie, each with its number and the way out. */
public enum StorageFault {
    /** No room is left. */
    DISK_FULL(ErrorNumbers.DISK_FULL, "the disk is full: make room on it"),
    /** The file system is mounted read-only. */
    READ_ONLY(ErrorNumbers.STORAGE_READ_ONLY, "the file system is read-only: mount it for writing"),
    /** The files belong to somebody else, or may not be written. */
    FORBIDDEN(
            ErrorNumbers.STORAGE_FORBIDDEN,
            "this process may not write there: give the files to its user, or let it write them"),
    /** The disk answers with an error. */
    DISK_FAILS(ErrorNumbers.DISK_FAILS, "the disk fails: look at the system's log, and replace it"),
    /** What is on the disk isn't what was written there. */
    DAMAGED(
            ErrorNumbers.STORAGE_DAMAGED,
            "its files are damaged: derby.log in the home says where; take the database from a backup");

    private static final long NO_ROOM = 64 * 1024;

    private final int number;
    private final String wayOut;

    StorageFault(int number, String wayOut) {
        this.number = number;
        this.wayOut = wayOut;
    }

    /** Its error number. */
    public int number() {
        return number;
    }

    /** What is wrong, and what is to be done, as a part of a sentence. */
    public String wayOut() {
        return wayOut;
    }

    /** What is wrong by what the system has said; empty when it has said nothing. */
    public static Optional<StorageFault> in(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof IOException e) {
                Optional<StorageFault> fault = of(e);
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<StorageFault> of(IOException e) {
        String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (said.contains("no space") || said.contains("not enough space") || said.contains("quota")) {
            return Optional.of(DISK_FULL);
        }
        if (said.contains("read-only")) {
            return Optional.of(READ_ONLY);
        }
        if (e instanceof AccessDeniedException
                || said.contains("permission denied")
                || said.contains("not permitted")
                || said.contains("access is denied")) {
            return Optional.of(FORBIDDEN);
        }
        if (said.contains("input/output error")) {
            return Optional.of(DISK_FAILS);
        }
        return e instanceof EOFException ? Optional.of(DAMAGED) : Optional.empty();
    }

    /** What is wrong by what a database's directory looks like; empty when nothing can be seen from outside. */
    public static Optional<StorageFault> at(Path directory) {
        try {
            FileStore disk = Files.getFileStore(directory);
            if (disk.isReadOnly()) {
                return Optional.of(READ_ONLY);
            }
            if (disk.getUsableSpace() < NO_ROOM) {
                return Optional.of(DISK_FULL);
            }
            try (Stream<Path> files = Files.walk(directory)) {
                return files.allMatch(Files::isWritable) ? Optional.empty() : Optional.of(FORBIDDEN);
            }
        } catch (UncheckedIOException e) {
            return of(e.getCause());
        } catch (IOException e) {
            return of(e);
        }
    }
}
