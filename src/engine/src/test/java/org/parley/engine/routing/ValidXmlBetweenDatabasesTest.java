package org.parley.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.routing.TwoDatabases.ASKER;
import static org.parley.engine.routing.TwoDatabases.receive;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.Message;

/** A body is judged by the definition of the database that it arrives in; service-broker.md, sections 1.3 and 10.4. */
class ValidXmlBetweenDatabasesTest {

    private static final String SCHEMA = """
            CREATE XML SCHEMA COLLECTION Numbers AS
              '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="n" type="xs:%s"/></xs:schema>';
            """;
    private static final String VALID = "VALID_XML WITH SCHEMA COLLECTION Numbers";
    private static final String TYPES = """
            CREATE MESSAGE TYPE [//strict] VALIDATION = %s;
            CREATE CONTRACT [//strictly] ([//strict] SENT BY ANY);
            """;
    private static final String SERVICE = "CREATE SERVICE [//strict answerer] ON QUEUE Questions ([//strictly]);";
    private static final String DAY = "<n>2026-11-26</n>";

    @RegisterExtension
    final TwoDatabases two = new TwoDatabases();

    private Conversation begin() {
        return two.asking().begin(Dialog.between(ASKER, "//strict answerer").on("//strictly"));
    }

    private void awaitEnd(Conversation conversation) {
        two.answering()
                .endpoints()
                .forEach(side -> two.answering().conversation(side.handle()).end());
        conversation.end();
        eventually().holds("nothing to be left", () -> {
            two.clock().advance(Duration.ofSeconds(4));
            return two.answering().endpoints().isEmpty();
        });
        two.awaitNothingLeft();
    }

    @Test
    void theReceivingDatabaseJudgesWithItsOwnSchema() {
        two.asking().catalog().define(SCHEMA.formatted("int") + TYPES.formatted(VALID));
        two.answering().catalog().define(SCHEMA.formatted("date") + TYPES.formatted(VALID) + SERVICE);
        Conversation conversation = begin();
        conversation.send("//strict", DAY);
        List<Message> there = receive(two.answering(), "Questions", 1);
        assertThat(there.get(0).text()).isEqualTo(DAY);
        Conversation far = two.answering().conversation(there.get(0).conversationHandle());
        far.send("//strict", "<n>7</n>");
        assertThat(receive(two.asking(), "Answers", 1).get(0).text()).isEqualTo("<n>7</n>");
        far.send("//strict", DAY);
        Message error = receive(two.answering(), "Questions", 1).get(0);
        assertThat(error.error().code()).isEqualTo(-9615);
        assertThat(error.error().description()).contains("line 1, column 18: '2026-11-26' is not a valid value for");
        assertThat(receive(two.asking(), "Answers", 1).get(0).error().code()).isEqualTo(-9616);
        awaitEnd(conversation);
    }

    @Test
    void aFirstMessageThatIsNotAllowedBeginsNoTarget() {
        two.asking().catalog().define(TYPES.formatted("NONE"));
        two.answering().catalog().define(SCHEMA.formatted("date") + TYPES.formatted(VALID) + SERVICE);
        Conversation conversation = begin();
        conversation.send("//strict", "<n>today</n>");
        Message error = receive(two.asking(), "Answers", 1).get(0);
        assertThat(error.error().code()).isEqualTo(-9615);
        assertThat(error.error().description()).contains("'today' is not a valid value for 'date'.");
        assertThat(two.answering().endpoints()).isEmpty();
        conversation.end();
        two.awaitNothingLeft();
    }

    @Test
    void whatWaitsOverARestartIsJudgedAfterIt() {
        two.asking().catalog().define(TYPES.formatted("NONE"));
        two.answering().catalog().define(SCHEMA.formatted("date") + TYPES.formatted(VALID));
        Conversation good = begin();
        good.send("//strict", DAY);
        two.restart();
        two.answering().catalog().define(SERVICE);
        Conversation conversation = two.asking().conversation(good.handle());
        eventually().holds("the message to arrive", () -> {
            two.clock().advance(Duration.ofSeconds(4));
            return !two.answering().endpoints().isEmpty();
        });
        assertThat(receive(two.answering(), "Questions", 1).get(0).text()).isEqualTo(DAY);
        conversation.send("//strict", "<n>today</n>");
        assertThat(receive(two.asking(), "Answers", 1).get(0).error().code()).isEqualTo(-9615);
        assertThat(receive(two.answering(), "Questions", 1).get(0).error().code())
                .isEqualTo(-9616);
        awaitEnd(conversation);
    }
}
