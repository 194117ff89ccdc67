package org.parley.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Parley;
import org.parley.Receive;
import org.parley.engine.Expenses;

/** A body much longer than the heap passes through the engine: nobody holds it, neither we nor Derby. */
class SmallHeapTest {

    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path home;

    @Test
    void aBodyOf64MegabytesPassesThroughAHeapOf32() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Exchange.class.getName(),
                        home.toString(),
                        String.valueOf(64 * MEGABYTE))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("arrived: " + 64 * MEGABYTE);
    }

    /** Sends a body and receives it, in a process of its own. */
    static final class Exchange {

        private Exchange() {}

        public static void main(String[] arguments) throws Exception {
            int length = Integer.parseInt(arguments[1]);
            try (Parley parley = Parley.open(Path.of(arguments[0]));
                    LocalConnection connection = parley.connect("db")) {
                Expenses.define(connection);
                connection.begin(Expenses.dialog()).send(Expenses.NOTE, new Counting(length), length);
                long arrived = connection.inTransaction(() -> {
                    List<Message> messages =
                            connection.receive(Receive.from(Expenses.DESK_QUEUE).streamed());
                    return messages.get(0).bodyStream().transferTo(new Expecting());
                });
                System.out.println("arrived: " + arrived);
            }
        }
    }

    private static byte at(long place) {
        return (byte) (place * 31 >> 3);
    }

    /** Bytes that tell their places. */
    private static final class Counting extends InputStream {

        private final long length;
        private long place;

        Counting(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            return place == length ? -1 : at(place++) & 0xff;
        }
    }

    /** Takes no others. */
    private static final class Expecting extends OutputStream {

        private long place;

        @Override
        public void write(int each) throws IOException {
            if ((byte) each != at(place++)) {
                throw new IOException("byte " + place + " is another one");
            }
        }
    }
}
