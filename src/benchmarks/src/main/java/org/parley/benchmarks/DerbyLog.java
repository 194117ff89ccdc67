package org.parley.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The log of a Derby database as it lies on disk. Its files, log1.dat, log2.dat and so on, have 24 bytes of a header; each
 * record then its length, its instant (number of the file and place in it), its content, its length again. A length of 0
 * ends what has been written of a file.
 */
final class DerbyLog {

    /** What Derby writes in front of what one write to the file carries: as often as that, the log was forced. */
    static final String CHECKSUM = "checksum";

    private static final int HEADER = 24;

    /** Of a record, besides its content. */
    private static final int OVERHEAD = 16;

    private static final Map<Integer, String> OPERATIONS = Map.ofEntries(
            Map.entry(101, "delete"),
            Map.entry(103, "insert"),
            Map.entry(106, "purge"),
            Map.entry(108, "update"),
            Map.entry(109, "update of a field"),
            Map.entry(210, "rows to another page"),
            Map.entry(97, "page in a chain"),
            Map.entry(111, "page taken"),
            Map.entry(113, "page given back"),
            Map.entry(241, "page formatted"),
            Map.entry(287, "room of a row"));

    private static final Map<Integer, String> MARKS =
            Map.of(102, "end", 169, "begin", 263, "checkpoint", 453, CHECKSUM);

    private final Path folder;

    DerbyLog(Path database) {
        folder = database.resolve("log");
    }

    /**
     * A record.
     *
     * @param instant number of the file, and place in it
     * @param transaction who has written it; 0 is nobody
     * @param operation what is done
     * @param container table or index, 0 when it concerns none
     * @param page page in it
     * @param bytes length in the file
     */
    record Entry(long instant, long transaction, String operation, long container, long page, int bytes) {

        boolean changesPage() {
            return container != 0;
        }
    }

    /** The instant that the next record will have. */
    long end() throws IOException {
        List<Path> files = files();
        Path last = files.get(files.size() - 1);
        List<Entry> entries = read(last);
        if (entries.isEmpty()) {
            return instant(last, HEADER);
        }
        Entry entry = entries.get(entries.size() - 1);
        return entry.instant() + entry.bytes();
    }

    /** All records from an instant on. */
    List<Entry> since(long instant) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path file : files()) {
            if (number(file) >= instant >>> Integer.SIZE) {
                read(file).stream().filter(entry -> entry.instant() >= instant).forEach(entries::add);
            }
        }
        return entries;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches("log\\d+\\.dat"))
                    .sorted(Comparator.comparingLong(DerbyLog::number))
                    .toList();
        }
    }

    private static long number(Path file) {
        return Long.parseLong(file.getFileName().toString().replaceAll("\\D", ""));
    }

    private static long instant(Path file, int place) {
        return number(file) << Integer.SIZE | place;
    }

    private static List<Entry> read(Path file) throws IOException {
        ByteBuffer log = ByteBuffer.wrap(Files.readAllBytes(file));
        List<Entry> entries = new ArrayList<>();
        int place = HEADER;
        while (log.limit() - place > OVERHEAD && log.getInt(place) != 0) {
            int length = log.getInt(place);
            long instant = log.getLong(place + Integer.BYTES);
            int content = place + Integer.BYTES + Long.BYTES;
            if (instant != instant(file, place) || log.getInt(content + length) != length) {
                throw new IllegalStateException("No record of a log at " + place + " of " + file + ".");
            }
            entries.add(entry(instant, length + OVERHEAD, log.duplicate().position(content)));
            place += length + OVERHEAD;
        }
        return entries;
    }

    private static Entry entry(long instant, int bytes, ByteBuffer content) {
        // that this is a record
        content.getShort();
        skipGroup(content);
        long transaction = content.getShort() == 0 ? 0 : number(content);
        int kind = content.getShort() & 0xffff;
        String operation = OPERATIONS.get(kind);
        if (operation == null) {
            return new Entry(instant, transaction, MARKS.getOrDefault(kind, "other"), 0, 0, bytes);
        }
        // the segment, which is always 0
        number(content);
        return new Entry(instant, transaction, operation, number(content), number(content), bytes);
    }

    /** An int of 1, 2 or 4 bytes: its first two bits tell. */
    private static void skipGroup(ByteBuffer content) {
        int first = content.get() & 0xff;
        content.position(content.position() + (first < 0x40 ? 0 : first < 0x80 ? 1 : 3));
    }

    /** A long of 2, 4 or 8 bytes: its first two bits tell. */
    private static long number(ByteBuffer content) {
        int first = content.get(content.position()) & 0xff;
        if (first < 0x40) {
            return content.getShort();
        }
        return first < 0x80 ? content.getInt() & 0x3fffffff : content.getLong() & Long.MAX_VALUE;
    }
}
