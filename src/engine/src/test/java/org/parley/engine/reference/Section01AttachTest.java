package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.ANSWER;
import static org.parley.engine.routing.TwoDatabases.ANSWERING;
import static org.parley.engine.routing.TwoDatabases.ASKING;
import static org.parley.engine.routing.TwoDatabases.QUESTION;
import static org.parley.engine.routing.TwoDatabases.ask;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.testkit.Eventually.eventually;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Conversation;
import org.parley.DatabaseOptions;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Parley;
import org.parley.engine.Failing;
import org.parley.engine.routing.TwoDatabases;
import org.parley.spi.ServerConfig;

/** Databases that are copied, moved, taken away and brought back; service-broker.md, sections 1.1 and 17, C6. */
class Section01AttachTest {

    private static final DatabaseOptions OFF = new DatabaseOptions(false, false, false, true);

    @RegisterExtension
    final TwoDatabases two = new TwoDatabases();

    @TempDir
    Path elsewhere;

    private LocalConnection asking() {
        return two.asking();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                if (!each.getFileName().toString().endsWith(".lck")) {
                    Files.copy(each, to.resolve(from.relativize(each).toString()));
                }
            }
        }
    }

    private Parley other() {
        return Parley.open(ServerConfig.of(elsewhere));
    }

    @Test
    void aCopyInTheSameHomeIsOffAndItsInstanceIsTheOthers() throws Exception {
        ask(asking(), "once");
        receive(two.answering(), "Questions", 1);
        UUID broker = asking().brokerInstance();
        two.reopen(home -> copy(home.resolve(ASKING), home.resolve("Copy")));
        LocalConnection copied = two.connect("Copy");
        two.parley().server().ensureDatabase("Copy");
        assertThat(copied.catalog().options()).isEqualTo(OFF);
        assertThat(copied.brokerInstance()).isEqualTo(broker);
        assertThat(asking().catalog().options().brokerEnabled()).isTrue();
        assertThat(Failing.with(9772, () -> copied.catalog().setBrokerEnabled(true)))
                .hasMessageContaining(ASKING);
        Failing.with(9772, () -> copied.catalog().errorBrokerConversations());
        assertThat(two.parley().server().health().reasons())
                .anyMatch(reason -> reason.contains("9773") && reason.contains("'Copy'") && reason.contains(ASKING));
        copied.catalog().newBroker();
        assertThat(two.connect("Copy").brokerInstance()).isNotEqualTo(broker);
        assertThat(two.connect("Copy").catalog().options().brokerEnabled()).isTrue();
        assertThat(two.connect("Copy").endpoints()).isEmpty();
        assertThat(asking().endpoints()).hasSize(1);
    }

    @Test
    void theOneThatIsOpenedLaterIsLeftOff() throws Exception {
        UUID broker = asking().brokerInstance();
        two.reopen(home -> copy(home.resolve(ASKING), home.resolve("Copy")));
        two.parley().server().ensureDatabase("Copy");
        asking().catalog().setBrokerEnabled(false);
        two.connect("Copy").catalog().setBrokerEnabled(true);
        Failing.with(9772, () -> asking().catalog().setBrokerEnabled(true));
        two.restart();
        two.parley().server().ensureDatabase("Copy");
        assertThat(two.connect("Copy").catalog().options().brokerEnabled()).isTrue();
        assertThat(two.connect("Copy").brokerInstance()).isEqualTo(broker);
        assertThat(asking().catalog().options().brokerEnabled()).isFalse();
    }

    @Test
    void aHomeThatMovesAsAWholeIsTheSame() throws Exception {
        UUID broker = asking().brokerInstance();
        two.restart();
        assertThat(asking().brokerInstance()).isEqualTo(broker);
        assertThat(asking().catalog().options().trustworthy()).isTrue();
    }

    @Test
    void aDatabaseTakenAwayAndBroughtBackGoesOnWithItsConversations() throws Exception {
        Conversation question = ask(asking(), "1");
        Message first = receive(two.answering(), "Questions", 1).get(0);
        two.answering().conversation(first.conversationHandle()).send(ANSWER, "one");
        receive(asking(), "Answers", 1);
        two.reopen(home -> Files.move(home.resolve(ANSWERING), elsewhere.resolve(ANSWERING)));
        // the home makes a new one of that name, which is somebody else
        asking().conversation(question.handle()).send(QUESTION, "2");
        asking().conversation(question.handle()).send(QUESTION, "3");
        eventually()
                .becomes(
                        "status",
                        () -> asking().transmissionStatus(question.handle()),
                        status -> status.startsWith("9795"));
        try (Parley other = other()) {
            LocalConnection there = other.connect(ANSWERING);
            assertThat(there.catalog().options()).isEqualTo(OFF);
            there.catalog().setBrokerEnabled(true);
            there.conversation(first.conversationHandle()).send(ANSWER, "two");
        }
        two.reopen(home -> {
            Files.move(home.resolve(ANSWERING), elsewhere.resolve("stranger"));
            Files.move(elsewhere.resolve(ANSWERING), home.resolve(ANSWERING));
        });
        assertThat(two.answering().catalog().options()).isEqualTo(OFF);
        assertThat(two.answering().receive(org.parley.Receive.from("Questions")))
                .isEmpty();
        two.answering().catalog().setBrokerEnabled(true);
        assertThat(TwoDatabases.texts(receive(two.answering(), "Questions", 2))).containsExactly("2", "3");
        assertThat(TwoDatabases.texts(receive(asking(), "Answers", 1))).containsExactly("two");
        asking().conversation(question.handle()).end();
        assertThat(receive(two.answering(), "Questions", 1).get(0).isEndDialog())
                .isTrue();
        two.answering().conversation(first.conversationHandle()).end();
        two.passAcknowledgements();
        two.awaitNothingLeft();
        assertThat(List.of(asking().endpoints(), two.answering().endpoints())).allMatch(List::isEmpty);
    }
}
