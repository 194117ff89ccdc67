package org.parley.engine;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

/**
 * The server's own key, which master keys are encrypted by so that they need no password: 32 random bytes in a file of the home
 * that only its owner may read. It keeps what is stored safe from who has a database and not the home.
 */
final class ServerKey {

    private static final String FILE = "parley.key";
    private static final int BYTES = 32;

    private ServerKey() {}

    /** The key of a home, made when it is missing. */
    static byte[] of(Path home) {
        Path file = home.resolve(FILE);
        try {
            byte[] key = Files.readAllBytes(file);
            if (key.length != BYTES) {
                throw new BrokerException(
                        ErrorNumbers.STORE_FAILED,
                        "The server's own key, file '" + file + "', has " + key.length + " bytes instead of " + BYTES
                                + "; put the file back that belongs to this home.");
            }
            return key;
        } catch (NoSuchFileException e) {
            return made(file);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static byte[] made(Path file) {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Path beside = file.resolveSibling(FILE + ".new");
        try {
            Files.deleteIfExists(beside);
            boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (posix) {
                Files.createFile(
                        beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.write(beside, key);
            move(beside, file);
            return key;
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    private static BrokerException failed(Path file, IOException e) {
        return new BrokerException(
                ErrorNumbers.STORE_FAILED, "The server's own key, file '" + file + "', can't be read or made: " + e, e);
    }
}
