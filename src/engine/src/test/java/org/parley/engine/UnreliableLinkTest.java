package org.parley.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.routing.Frame;
import org.parley.engine.routing.Link;
import org.parley.spi.ServerConfig;
import org.parley.testkit.Seeds;
import org.parley.testkit.SettableClock;

/**
 * Exactly once and in order over a link that loses frames, doubles them and changes their order; service-broker.md,
 * sections 4.2 to 4.4.
 */
class UnreliableLinkTest {

    private static final int CONVERSATIONS = 12;
    private static final int MESSAGES = 15;
    private static final String DEFINITIONS = """
            CREATE MESSAGE TYPE note VALIDATION = NONE;
            CREATE CONTRACT notes (note SENT BY ANY);
            CREATE QUEUE q;
            """;

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private final SettableClock clock = new SettableClock();

    /** Does to frames what a bad network may do to them. */
    private static final class Unreliable implements Link {

        private final Link below;
        private final Random random;
        private final Map<UUID, List<Frame>> late = new HashMap<>();
        private volatile boolean reliable;

        Unreliable(Link below, Random random) {
            this.below = below;
            this.random = random;
        }

        @Override
        public boolean reaches(UUID broker) {
            return below.reaches(broker);
        }

        @Override
        public void transmit(UUID broker, List<Frame> frames) throws Unreachable {
            List<Frame> kept = late.computeIfAbsent(broker, key -> new ArrayList<>());
            List<Frame> out = new ArrayList<>();
            for (Frame frame : frames) {
                int fate = reliable ? 9 : random.nextInt(10);
                if (fate == 0) {
                    continue;
                }
                if (fate == 1) {
                    out.add(frame);
                }
                (fate == 2 ? kept : out).add(frame);
            }
            if (reliable || random.nextInt(3) == 0) {
                out.addAll(kept);
                kept.clear();
            }
            if (!reliable && random.nextInt(8) == 0) {
                throw new Unreachable(9753, "The line is down.");
            }
            if (!reliable) {
                Collections.shuffle(out, random);
            }
            // one by one: a delivery sorts what it holds
            for (Frame frame : out) {
                below.transmit(broker, List.of(frame));
            }
        }
    }

    @Test
    void everyMessageArrivesOnceAndInOrder(@TempDir Path home) throws Exception {
        Unreliable[] link = new Unreliable[1];
        ServerConfig config = ServerConfig.of(home).withClock(clock);
        try (Server server = Server.open(config, below -> link[0] = new Unreliable(below, seeds.random()))) {
            LocalConnection asking = connect(server, "Asking");
            LocalConnection answering = connect(server, "Answering");
            asking.catalog()
                    .define("ALTER DATABASE CURRENT SET TRUSTWORTHY ON;" + DEFINITIONS
                            + "CREATE SERVICE asker ON QUEUE q (notes);");
            answering.catalog().define(DEFINITIONS + "CREATE SERVICE answerer ON QUEUE q (notes);");
            List<Conversation> begun = new ArrayList<>();
            for (int c = 0; c < CONVERSATIONS; c++) {
                Conversation conversation = asking.begin(
                        Dialog.between("asker", "answerer").on("notes").encrypted(false));
                begun.add(conversation);
                for (int m = 0; m < MESSAGES; m++) {
                    conversation.send("note", c + " " + m);
                }
                conversation.end();
            }
            Map<UUID, List<String>> heard = new HashMap<>();
            within(Duration.ofSeconds(60)).holds("all messages", () -> receive(answering, heard));
            link[0].reliable = true;
            for (UUID handle : heard.keySet()) {
                answering.conversation(handle).end();
            }
            within(Duration.ofSeconds(60)).holds("nothing left", () -> {
                clock.advance(Duration.ofSeconds(5));
                return asking.endpoints().isEmpty() && answering.endpoints().isEmpty();
            });
            for (List<String> texts : heard.values()) {
                String conversation = texts.get(0).split(" ")[0];
                for (int m = 0; m < MESSAGES; m++) {
                    assertThat(texts.get(m)).isEqualTo(conversation + " " + m);
                }
                assertThat(texts).hasSize(MESSAGES + 1).endsWith("end");
            }
        }
    }

    private static LocalConnection connect(Server server, String database) {
        server.ensureDatabase(database);
        return new LocalConnection(server.channel(database, null));
    }

    private boolean receive(LocalConnection answering, Map<UUID, List<String>> heard) {
        clock.advance(Duration.ofSeconds(5));
        for (Message message : answering.receive(Receive.from("q"))) {
            heard.computeIfAbsent(message.conversationHandle(), handle -> new ArrayList<>())
                    .add(message.isEndDialog() ? "end" : message.text());
        }
        return heard.size() == CONVERSATIONS && heard.values().stream().allMatch(texts -> texts.contains("end"));
    }
}
