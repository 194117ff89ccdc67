package org.parley.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What this process has written so far, as Linux counts it; elsewhere nothing is known.
 *
 * @param known whether the system tells
 * @param calls write calls
 * @param bytes bytes given to them
 * @param stored bytes of the pages that they made dirty; a page counts again only when it was clean, that is: stored, in
 *     between
 */
record ProcessIo(boolean known, long calls, long bytes, long stored) {

    private static final Path SOURCE = Path.of("/proc/self/io");

    static ProcessIo now() {
        if (!Files.isReadable(SOURCE)) {
            return new ProcessIo(false, 0, 0, 0);
        }
        try {
            Map<String, Long> values = Files.readAllLines(SOURCE).stream()
                    .map(line -> line.split(": "))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> Long.valueOf(pair[1])));
            return new ProcessIo(true, values.get("syscw"), values.get("wchar"), values.get("write_bytes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProcessIo since(ProcessIo before) {
        return new ProcessIo(known && before.known, calls - before.calls, bytes - before.bytes, stored - before.stored);
    }
}
