package org.parley.tests.wildfly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.parley.tests.server.Places;

/**
 * An empty data directory, an offset at which every port of WildFly's {@code standalone-full.xml} is free, and a copy of
 * that file which refuses an adapter for any warning, for {@code arquillian.xml} to use. Must stand before Arquillian's own
 * extension, which reads that file when it starts.
 */
public final class FreshWildFly implements BeforeAllCallback {

    private static final int HTTP = 8080;
    private static final int MANAGEMENT = 9990;
    private static final int[] PORTS = {8009, HTTP, 8443, 3528, 3529, MANAGEMENT, 9993, 4712, 4713};
    private static final String OFFSET = "parley.port.offset";
    private static final String AS_SHIPPED = "fail-on-error=\"true\" fail-on-warn=\"false\"";
    private static final String STRICT = "fail-on-error=\"true\" fail-on-warn=\"true\"";

    @Override
    public void beforeAll(ExtensionContext context) {
        Places.emptied("wildfly");
        validateStrictly(Path.of(System.getProperty("jboss.home"), "standalone", "configuration"));
        int offset = freeOffset();
        System.setProperty(OFFSET, Integer.toString(offset));
        System.setProperty("parley.management.port", Integer.toString(MANAGEMENT + offset));
    }

    /** Has IronJacamar's validator look at archives, and a warning of it fail the deployment. */
    private static void validateStrictly(Path configuration) {
        try {
            String shipped = Files.readString(configuration.resolve("standalone-full.xml"));
            String strict = shipped.replace(AS_SHIPPED, STRICT);
            if (strict.equals(shipped)) {
                throw new IllegalStateException("WildFly's standalone-full.xml has no archive validation to sharpen.");
            }
            Files.writeString(configuration.resolve("standalone-strict.xml"), strict);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An offset at which every port is free. */
    static int freeOffset() {
        return IntStream.iterate(10_000, tried -> tried < 50_000, tried -> tried + 97)
                .filter(FreshWildFly::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No offset from 10000 to 50000 has every port free."));
    }

    /** Port of the applications. */
    static int httpPort() {
        return httpPort(Integer.getInteger(OFFSET));
    }

    /** Port of the applications at an offset. */
    static int httpPort(int offset) {
        return HTTP + offset;
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
