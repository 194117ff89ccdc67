package org.parley.testkit.crash;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The steps whose commit has returned, each noted before its thread does anything else. What is written here outlives the process:
 * the operating system keeps it, so it isn't forced.
 */
final class Acknowledged implements AutoCloseable {

    private final Path file;

    // not a channel: that would be closed for all threads when one of them is interrupted
    private final RandomAccessFile notes;

    private final AtomicLong transactions = new AtomicLong();

    Acknowledged(Path file) throws IOException {
        this.file = file;
        this.notes = new RandomAccessFile(file.toFile(), "rw");
        notes.seek(notes.length());
    }

    /** All rows of one transaction, in one write. */
    synchronized void note(List<Row> rows) {
        StringBuilder lines = new StringBuilder();
        rows.forEach(row -> lines.append(row.line()).append('\n'));
        try {
            notes.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        transactions.incrementAndGet();
    }

    /** Number of transactions since it was opened. */
    long transactions() {
        return transactions.get();
    }

    List<Row> rows() throws IOException {
        String all = Files.readString(file);
        // a process that was killed may have left half a line: its step was on its way to be acknowledged
        return all.substring(0, all.lastIndexOf('\n') + 1).lines().map(Row::of).toList();
    }

    synchronized void clear() throws IOException {
        notes.setLength(0);
        notes.seek(0);
    }

    @Override
    public void close() throws IOException {
        notes.close();
    }
}
