package org.parley.tests.payara;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parley.tests.Until;
import org.parley.tests.features.Feature;
import org.parley.tests.features.Shows;
import org.parley.tests.launcher.MicroConsole;
import org.parley.tests.manual.ManualPage;
import org.parley.tests.payara.probe.ProbeBean;
import org.parley.tests.payara.probe.ProbeServlet;
import org.parley.tests.server.MicroCommands;
import org.parley.tests.server.MicroServer;
import org.parley.tests.server.Page;
import org.parley.tests.server.Places;
import org.parley.tests.server.Remains;

/**
 * Deployment and undeployment of adapter and applications in one running Payara Micro. First those that succeed: of an
 * application that fails to deploy the server itself keeps the bean containers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdapterLifeIT {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    /** Ten seconds of it are the adapter's, for all beans together. */
    private static final Duration LONGEST_UNDEPLOYMENT = Duration.ofSeconds(15);

    private static final int REDEPLOYMENTS = 5;
    private static final int MESSAGES = 50;

    private Path work;
    private Path home;
    private MicroServer server;
    private Remains remains;

    @BeforeAll
    void start() {
        work = Places.emptied("adapter-life");
        home = Places.emptied("adapter-life-home");
        server = MicroServer.start(work);
        remains = new Remains(server.process(), home);
        server.run(
                List.of("deploy", ProbeArchive.writeWithoutParley(work, "first").toString()));
        new Page(server.application("first")).text("");
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Order(1)
    @Shows(Feature.REDEPLOYMENT)
    void fiveRedeploymentsLeaveNothingBehind() {
        Path archive = ProbeArchive.write(work, "again", Map.of("queue", "Again"));
        for (int round = 1; round <= REDEPLOYMENTS; round++) {
            deployAdapter();
            server.run(List.of("deploy", archive.toString()));
            Page page = new Page(server.application("again"));
            page.text("?define=Again");
            assertThat(page.text("?ask=Again")).as("round %d", round).isEqualTo("echo");
            undeploy("again");
            remains.end("after round " + round);
        }
        unloads();
    }

    @Test
    @Order(2)
    @Shows(Feature.UNDEPLOYMENT)
    void undeploymentAtWorkIsBoundedAndLosesNothing() throws InterruptedException {
        deployAdapter();
        Path archive = ProbeArchive.write(work, "working", Map.of("queue", "Work"));
        Page page = new Page(server.application("working"));
        server.run(List.of("deploy", archive.toString()));
        List.of(ProbeServlet.CALLER, "Work").forEach(queue -> page.text("?define=" + queue));
        page.text("?send=Work&text=" + ProbeBean.STAY);
        Until.holds(
                "a bean stays",
                LONGEST,
                () -> !server.process().printed(ProbeBean.STAYS).isEmpty());
        Set<String> sent = ConcurrentHashMap.newKeySet();
        sent.add(ProbeBean.STAY);
        Thread sender = new Thread(() -> sendUntilGone(page, sent), "sender");
        sender.start();
        Until.holds("the beans are at work", LONGEST, () -> sent.size() > MESSAGES);

        long before = System.nanoTime();
        server.run(List.of("undeploy", "working"));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LONGEST_UNDEPLOYMENT);
        sender.join(LONGEST.toMillis());

        server.run(List.of("deploy", archive.toString()));
        List<String> answers = new ArrayList<>();
        Until.holds(() -> "answered: " + missing(sent, answers), LONGEST, () -> {
            page.text("?take=" + ProbeServlet.CALLER).lines().forEach(answers::add);
            return missing(sent, answers).isEmpty();
        });
        assertThat(page.text("?ask=Work")).isEqualTo("echo");
        page.text("?take=" + ProbeServlet.CALLER).lines().forEach(answers::add);
        assertThat(answers).doesNotHaveDuplicates();
        undeploy("working");
        remains.end("after the undeployment at work");
        unloads();
    }

    private static void sendUntilGone(Page page, Set<String> sent) {
        for (int number = 0; page.get("?send=Work&text=" + number).statusCode() == 200; number++) {
            sent.add(Integer.toString(number));
        }
    }

    private static List<String> missing(Set<String> sent, List<String> answers) {
        return sent.stream().filter(text -> !answers.contains(text)).toList();
    }

    @Test
    @Order(3)
    void activationWaitsInSightForItsQueue() {
        deployAdapter();
        Path archive = ProbeArchive.write(work, "waiting", Map.of("queue", "Later"));
        server.run(List.of("deploy", archive.toString()));
        Page page = new Page(server.application("waiting"));

        Until.holds("the activation is seen waiting", LONGEST, () -> shows(page, "WAITING") && shows(page, "Later"));
        Until.holds(
                "the log says so",
                LONGEST,
                () -> server.process().printed("PARLEY-1201").stream().anyMatch(line -> line.contains("Later")));

        page.text("?define=Later");
        assertThat(page.text("?ask=Later")).isEqualTo("echo");
        assertThat(page.text("")).contains("ACTIVE").doesNotContain("WAITING");
        server.run(List.of("undeploy", "waiting"));
    }

    private static boolean shows(Page page, String text) {
        return page.text("").contains(text);
    }

    @ParameterizedTest
    @Order(4)
    @CsvSource({
        "maxQueueReaders, 0, 1 to 32767",
        "maxQueueReaders, 32768, 1 to 32767",
        "maxQueueReaders, many, 1 to 32767",
        "batchSize, 0, 1 to 10000",
        "batchSize, 10001, 1 to 10000"
    })
    void wrongActivationPropertyFailsDeployment(String property, String value, String range) {
        String name = property + value;
        Path archive = ProbeArchive.write(work, name, Map.of("queue", "Any", property, value));
        server.runFailing(List.of("deploy", archive.toString()));
        Until.holds(
                "the log names the property",
                LONGEST,
                () -> !server.process()
                        .printed("Activation property '" + property + "'")
                        .isEmpty());
        assertThat(server.process().printed("Activation property '" + property + "' is '" + value + "'"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("; allowed is " + range + "."));
        assertThat(server.run(List.of("list-applications"))).doesNotContain(name);
    }

    private void unloads() {
        // What the server has parsed last it keeps until it parses again.
        server.run(
                List.of("deploy", ProbeArchive.writeWithoutParley(work, "last").toString()));
        server.run(List.of("undeploy", "last"));
        remains.unload(Remains.ENGINE);
        server.run(List.of(MicroConsole.FORGET));
        remains.unload(Remains.ALL);
    }

    private void deployAdapter() {
        MicroCommands.adapter(home).forEach(server::run);
        // A deleted pool stays in the server's timer until the next time that it would have looked for idle
        // connections.
        for (String pool : List.of("parleyPool", "parleyDataPool")) {
            server.run(List.of("set", "resources.connector-connection-pool." + pool + ".idle-timeout-in-seconds=1"));
        }
    }

    /** An application, and the adapter with its pools, by the commands of the manual. */
    private void undeploy(String application) {
        new ManualPage("payara-micro.md")
                .block("sh", "undeployment").stream()
                        .map(line -> line.replace(" app", " " + application))
                        .forEach(line -> server.run(List.of(line.split(" "))));
    }
}
