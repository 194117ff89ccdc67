package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.ANSWER;
import static org.parley.engine.routing.TwoDatabases.ASKING;
import static org.parley.engine.routing.TwoDatabases.ask;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.testkit.Eventually.eventually;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.parley.DatabaseOptions;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Parley;
import org.parley.Receive;
import org.parley.engine.routing.TwoDatabases;
import org.parley.spi.ServerConfig;

/** The decisions of service-broker.md, section 24, about whole databases. */
class Section24BrokersTest {

    @RegisterExtension
    final TwoDatabases two = new TwoDatabases();

    @TempDir
    Path elsewhere;

    @Test
    void c05NewBrokerRemovesConversationsInSilence() throws Exception {
        ask(two.asking(), "one", "two");
        UUID answer = receive(two.answering(), "Questions", 2).get(0).conversationHandle();
        two.answering().conversation(answer).send(ANSWER, "unread");
        eventually()
                .becomes("states", () -> two.asking().endpoints().get(0).receiveSequence(), sequence -> sequence == 1);
        two.asking().catalog().newBroker();
        assertThat(two.rows(ASKING)).isEmpty();
        assertThat(two.asking().receive(Receive.from("Answers"))).isEmpty();
        assertThat(two.answering().receive(Receive.from("Questions"))).noneMatch(Message::isError);
    }

    @Test
    void c06AttachedDatabasesDoNotDeliverUntilTheyAreTold() throws Exception {
        assertThat(two.asking().catalog().options()).isEqualTo(new DatabaseOptions(true, true, false, true));
        two.reopen(home -> {
            Files.createDirectories(elsewhere);
            Files.move(home.resolve(ASKING), elsewhere.resolve(ASKING));
        });
        try (Parley other = Parley.open(ServerConfig.of(elsewhere));
                LocalConnection attached = other.connect(ASKING)) {
            assertThat(attached.catalog().options()).isEqualTo(new DatabaseOptions(false, false, false, true));
        }
    }
}
