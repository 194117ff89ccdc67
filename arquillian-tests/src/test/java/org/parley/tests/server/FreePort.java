package org.parley.tests.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * A port of the loopback interface that nobody had a moment ago. It is below those that systems give to outgoing
 * connections: a server binds it seconds later, and one of these would have taken it meanwhile.
 */
public final class FreePort {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;

    private FreePort() {}

    public static int find() {
        IntStream tried = ThreadLocalRandom.current().ints(LOWEST, HIGHEST).limit(HIGHEST - LOWEST);
        return tried.filter(FreePort::isFree)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("No port from " + LOWEST + " to " + HIGHEST + " is free."));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
