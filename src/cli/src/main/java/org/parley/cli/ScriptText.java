package org.parley.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

/** Scripts as files and pipes hold them: UTF-8, or UTF-16 behind a mark, which SQL Server's tools like to write. */
final class ScriptText {

    private ScriptText() {}

    /** Reads a file. */
    static String of(Path file) {
        try {
            return of(Files.readAllBytes(file), "File '" + file + "'");
        } catch (IOException e) {
            throw new BrokerException(
                    ErrorNumbers.BAD_PROPERTY, "File '" + file + "' can't be read as a script: " + e + ".", e);
        }
    }

    /**
     * Reads bytes.
     *
     * @param what where they come from, for the message
     */
    static String of(byte[] bytes, String what) {
        Charset charset = StandardCharsets.UTF_8;
        int mark = 0;
        if (startsWith(bytes, 0xFF, 0xFE)) {
            charset = StandardCharsets.UTF_16LE;
            mark = 2;
        } else if (startsWith(bytes, 0xFE, 0xFF)) {
            charset = StandardCharsets.UTF_16BE;
            mark = 2;
        } else if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            mark = 3;
        }
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, mark, bytes.length - mark))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BrokerException(
                    ErrorNumbers.BAD_PROPERTY,
                    what + " is no text in " + charset + "; save it as UTF-8, or as UTF-16 with a byte order mark.",
                    e);
        }
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
