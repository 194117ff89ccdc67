package org.parley.engine.store.derby;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

/**
 * Where a database lies: a database that remembers another place has been copied or moved. A home has an identity of its
 * own, in a file, so that a home that is moved or renamed as a whole is still the same.
 *
 * @param database directory of the database
 * @param home identity of its home
 */
record Place(Path database, UUID home) {

    private static final String FILE = ".identity";

    /** Name of the database in its home. */
    String name() {
        return database.getFileName().toString();
    }

    /** The identity of a home, made when it has none. */
    static UUID identity(Path home) throws IOException {
        Path file = home.resolve(FILE);
        if (Files.exists(file)) {
            String text = Files.readString(file, StandardCharsets.UTF_8).strip();
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw new BrokerException(
                        ErrorNumbers.STORE_FAILED,
                        "File '" + file + "' says '" + text + "', which is no identity of a home; allowed is a GUID."
                                + " Without the file every database of the home counts as copied.",
                        e);
            }
        }
        UUID made = UUID.randomUUID();
        Path fresh = home.resolve(FILE + ".new");
        Files.writeString(fresh, made.toString(), StandardCharsets.UTF_8);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return made;
    }
}
