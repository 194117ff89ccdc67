package org.parley.tests.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.ladder.app.Latency;
import org.parley.tests.ladder.app.Rung;

/** The ladder's application in a server of its own process, each rung asked for through HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class LadderSuite {

    private final int port = FreePort.find();
    private final Page page = new Page(URI.create("http://127.0.0.1:" + port + "/ladder/"));
    private ServerProcess process;

    /** Starts a new server on a port, with the adapter, the second resource and the ladder's application. */
    protected abstract ServerProcess start(int port);

    /** The databases that the adapter is told to have, in the home that it is told to have. */
    protected abstract List<Path> databases();

    @BeforeAll
    void start() {
        process = start(port);
        process.serves(page);
    }

    @AfterAll
    void end() {
        if (process != null) {
            process.printed(Latency.PRINTED)
                    .forEach(line -> System.out.println(line.substring(line.indexOf(Latency.PRINTED))));
            process.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    @Shows(Feature.LADDER)
    void holds(Rung rung) {
        climb("", rung.name());
    }

    @Test
    @Order(2)
    void adapterHasTheHomeAndDatabasesThatItWasTold() {
        assertThat(databases()).allSatisfy(database -> assertThat(database).isDirectory());
    }

    @Test
    @Order(2)
    @Shows(Feature.SIGN_ON)
    void serverSaysWhoAsks() {
        climb("signon", "serverSaysWhoAsks");
    }

    /** Has a servlet of the application climb a rung. */
    protected final void climb(String servlet, String rung) {
        HttpResponse<String> answer = page.postForm(servlet, Map.of("rung", rung));
        assertThat(answer.statusCode())
                .as("%s: %s; see %s", rung, answer.body(), process.log())
                .isEqualTo(200);
    }
}
