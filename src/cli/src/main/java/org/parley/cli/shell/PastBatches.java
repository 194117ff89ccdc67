package org.parley.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Locale;
import org.jline.reader.LineReader;
import org.jline.reader.impl.history.DefaultHistory;

/**
 * What was typed in this session and in earlier ones, in a file that its owner alone can read. What names a password isn't
 * kept.
 */
final class PastBatches extends DefaultHistory {

    private final Path file;

    PastBatches(Path file) {
        this.file = file;
    }

    @Override
    public void attach(LineReader reader) {
        reader.setVariable(LineReader.HISTORY_FILE, file);
        super.attach(reader);
    }

    @Override
    public void add(Instant time, String line) {
        if (!line.toLowerCase(Locale.ROOT).contains("password")) {
            super.add(time, line);
        }
    }

    @Override
    public void save() throws IOException {
        if (!Files.exists(file)
                && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        super.save();
    }
}
