package org.parley.tests.features;

import java.util.Arrays;
import java.util.Optional;

/** The servers, in the order of the table; the tests of each are in a package of its own. */
public enum Server {
    PAYARA_MICRO("payara", "[Payara Micro](payara-micro.md)"),
    PAYARA_SERVER("payaraserver", "[Payara Server](payara-server.md)"),
    GLASSFISH("glassfish", "[GlassFish](glassfish.md)"),
    WILDFLY("wildfly", "[WildFly](wildfly.md)"),
    OPEN_LIBERTY("liberty", "[Open Liberty](open-liberty.md)"),
    TOMEE("tomee", "[TomEE](tomee.md)");

    private static final String TESTS = "org.parley.tests.";

    private final String room;
    private final String title;

    Server(String room, String title) {
        this.room = room;
        this.title = title;
    }

    /** The package of its tests. */
    String tests() {
        return TESTS + room;
    }

    /** As the table says it, in Markdown. */
    public String title() {
        return title;
    }

    /** The version that is tested. */
    String version() {
        return System.getProperty(room + ".version");
    }

    /** The server that a test is for; none for tests of no server. */
    static Optional<Server> of(Class<?> test) {
        return Arrays.stream(values())
                .filter(server -> server.tests().equals(test.getPackageName()))
                .findFirst();
    }
}
