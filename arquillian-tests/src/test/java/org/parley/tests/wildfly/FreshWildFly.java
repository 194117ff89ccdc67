package org.parley.tests.wildfly;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.parley.tests.server.Places;

/**
 * An empty data directory, and an offset at which every port of WildFly's {@code standalone-full.xml} is free, for
 * {@code arquillian.xml} to use. Must stand before Arquillian's own extension, which reads that file when it starts.
 */
public final class FreshWildFly implements BeforeAllCallback {

    private static final int HTTP = 8080;
    private static final int MANAGEMENT = 9990;
    private static final int[] PORTS = {8009, HTTP, 8443, 3528, 3529, MANAGEMENT, 9993, 4712, 4713};
    private static final String OFFSET = "parley.port.offset";

    @Override
    public void beforeAll(ExtensionContext context) {
        Places.emptied("wildfly");
        int offset = IntStream.iterate(10_000, tried -> tried < 50_000, tried -> tried + 97)
                .filter(FreshWildFly::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No offset from 10000 to 50000 has every port free."));
        System.setProperty(OFFSET, Integer.toString(offset));
        System.setProperty("parley.management.port", Integer.toString(MANAGEMENT + offset));
    }

    /** Port of the applications. */
    static int httpPort() {
        return HTTP + Integer.getInteger(OFFSET);
    }

    private static boolean isFree(int offset) {
        return IntStream.of(PORTS).allMatch(port -> canBind(port + offset));
    }

    private static boolean canBind(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
