package org.parley.engine.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.InDoubtBranch;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Parley;
import org.parley.Receive;
import org.parley.engine.Other;

/**
 * A process is halted with branches prepared. In the next one their groups, and only theirs, are locked; once a recovering
 * transaction manager has told the outcome, readers, timers, ends and the transmitter go on without a restart.
 */
class CrashRecoveryTest {

    private static final int HALTED = 9;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> CASES = List.of("Sent", "Received", "Timed", "Ended", "Free");

    @TempDir
    Path home;

    private static Dialog to(String service) {
        return Dialog.between("From" + service, service);
    }

    /** The process that dies. */
    static final class Dying {

        private static final String TRUST = "ALTER DATABASE CURRENT SET TRUSTWORTHY ON;"
                + " CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'not told to anybody 1';";

        private static int last;

        private Dying() {}

        /** Takes the home. */
        public static void main(String[] arguments) throws Exception {
            Parley parley = Parley.open(Path.of(arguments[0]));
            LocalConnection here = parley.connect("here");
            here.catalog().define(TRUST);
            for (String each : CASES) {
                here.catalog().define(initiator(each) + target(each));
            }
            here.catalog().define(initiator("Far"));
            LocalConnection there = parley.connect("there");
            there.catalog().define(TRUST + target("Far"));
            Conversation received = begin(here, "Received");
            Conversation timed = begin(here, "Timed");
            Conversation ended = begin(here, "Ended");
            begin(here, "Free");
            prepare(parley, connection -> begin(connection, "Sent"));
            prepare(
                    parley,
                    connection -> assertThat(connection.receive(Receive.from("QueueReceived")))
                            .hasSize(1));
            prepare(
                    parley,
                    connection -> connection.conversation(timed.handle()).timer(Duration.ofSeconds(1)));
            prepare(
                    parley,
                    connection -> connection.conversation(ended.handle()).end());
            prepare(parley, connection -> begin(connection, "Far"));
            // one that never got so far
            LocalConnection lost = parley.connect("here");
            lost.channel().xaResource().start(TestXid.of(99, 1), XAResource.TMNOFLAGS);
            lost.conversation(received.handle()).send("DEFAULT", "lost");
            Runtime.getRuntime().halt(HALTED);
        }

        private static String initiator(String name) {
            return "CREATE QUEUE QueueFrom" + name + "; CREATE SERVICE From" + name + " ON QUEUE QueueFrom" + name
                    + ";";
        }

        private static String target(String name) {
            return "CREATE QUEUE Queue" + name + "; CREATE SERVICE " + name + " ON QUEUE Queue" + name
                    + " ([DEFAULT]);";
        }

        private static Conversation begin(LocalConnection connection, String service) {
            Conversation begun = connection.begin(to(service));
            begun.send("DEFAULT", service);
            return begun;
        }

        private interface Work {
            void in(LocalConnection connection) throws Exception;
        }

        private static void prepare(Parley parley, Work work) throws Exception {
            TestXid xid = TestXid.of(++last, 1);
            LocalConnection connection = parley.connect("here");
            XAResource resource = connection.channel().xaResource();
            resource.start(xid, XAResource.TMNOFLAGS);
            work.in(connection);
            resource.end(xid, XAResource.TMSUCCESS);
            assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        }
    }

    private void die() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Dying.class.getName(),
                        home.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isEqualTo(HALTED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasPreparedIsEndedWithoutARestart(boolean commit) throws Exception {
        die();
        try (Parley parley = Parley.open(home)) {
            LocalConnection here = parley.connect("here");
            LocalConnection there = parley.connect("there");
            assertThat(here.inDoubtBranches())
                    .hasSize(5)
                    .allMatch(branch -> branch.state() == InDoubtBranch.State.PREPARED);
            assertThat(texts(here, "Free")).containsExactly("Free");
            assertThat(texts(here, "Ended")).containsExactly("Ended");
            for (String nothing : List.of("Sent", "Received", "FromTimed")) {
                assertThat(texts(here, nothing)).as(nothing).isEmpty();
            }
            LocalConnection reader = parley.connect("here");
            String comes = commit ? "Sent" : "Received";
            Other<List<Message>> waiting = Other.does(
                            "reader",
                            () -> reader.receive(Receive.from("Queue" + comes).waiting(PATIENCE)))
                    .awaitAsleep();
            recover(parley, commit);
            assertThat(waiting.result()).extracting(Message::text).containsExactly(comes);
            assertThat(texts(here, commit ? "Received" : "Sent")).isEmpty();
            if (commit) {
                committed(here, there);
            } else {
                rolledBack(here, there);
            }
            assertThat(here.inDoubtBranches()).isEmpty();
        }
        try (Parley parley = Parley.open(home)) {
            assertThat(parley.connect("here").inDoubtBranches()).isEmpty();
        }
    }

    private static List<String> texts(LocalConnection connection, String queue) {
        return connection.receive(Receive.from("Queue" + queue)).stream()
                .map(Message::text)
                .toList();
    }

    private static Message next(LocalConnection connection, String queue) {
        List<Message> messages =
                connection.receive(Receive.from("Queue" + queue).waiting(PATIENCE));
        assertThat(messages).as(queue).hasSize(1);
        return messages.get(0);
    }

    private static void recover(Parley parley, boolean commit) throws Exception {
        int ended = 0;
        for (XAResource resource : parley.server().recoveryResources()) {
            for (Xid xid : resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN)) {
                ended++;
                if (commit) {
                    resource.commit(xid, false);
                } else {
                    resource.rollback(xid);
                }
            }
        }
        assertThat(ended).isEqualTo(5);
    }

    private static void committed(LocalConnection here, LocalConnection there) {
        assertThat(next(here, "FromTimed").isTimer()).isTrue();
        assertThat(next(here, "Ended").isEndDialog()).isTrue();
        assertThat(next(there, "Far").text()).isEqualTo("Far");
    }

    private static void rolledBack(LocalConnection here, LocalConnection there) {
        assertThat(texts(here, "FromTimed")).isEmpty();
        assertThat(there.endpoints()).isEmpty();
        UUID open = here.endpoints().stream()
                .filter(side -> side.farService().equals("Ended"))
                .findFirst()
                .orElseThrow()
                .handle();
        here.conversation(open).send("DEFAULT", "goes on");
        assertThat(next(here, "Ended").text()).isEqualTo("goes on");
    }
}
