package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.testkit.BrokerExtension;

/** The four lessons of the seed document "Completing a Conversation Between Databases", through the API. */
class SeedBetweenDatabasesTest {

    /** Both sides of the conversation have the same types and contract. */
    private static final String DEFINITIONS = """
            CREATE MESSAGE TYPE [//BothDB/2DBSample/RequestMessage] VALIDATION = WELL_FORMED_XML;
            CREATE MESSAGE TYPE [//BothDB/2DBSample/ReplyMessage] VALIDATION = WELL_FORMED_XML;
            CREATE CONTRACT [//BothDB/2DBSample/SimpleContract]
              ([//BothDB/2DBSample/RequestMessage] SENT BY INITIATOR,
               [//BothDB/2DBSample/ReplyMessage] SENT BY TARGET);
            """;

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    private LocalConnection initiator;
    private LocalConnection target;

    /** Lesson 1 makes the databases and trusts the initiator's; lessons 2 and 3 define the objects of each. */
    @BeforeEach
    void lessons1To3() {
        initiator = broker.connect("InitiatorDB");
        target = broker.connect("TargetDB");
        initiator.catalog().setTrustworthy(true);
        for (LocalConnection each : List.of(initiator, target)) {
            each.catalog().define("CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'a password of its own';" + DEFINITIONS);
        }
        target.catalog().define("""
                CREATE QUEUE TargetQueue2DB;
                CREATE SERVICE [//TgtDB/2DBSample/TargetService] ON QUEUE TargetQueue2DB
                  ([//BothDB/2DBSample/SimpleContract]);""");
        initiator.catalog().define("""
                CREATE QUEUE InitiatorQueue2DB;
                CREATE SERVICE [//InstDB/2DBSample/InitiatorService] ON QUEUE InitiatorQueue2DB;""");
    }

    private static Dialog dialog() {
        return Dialog.between("//InstDB/2DBSample/InitiatorService", "//TgtDB/2DBSample/TargetService")
                .on("//BothDB/2DBSample/SimpleContract");
    }

    private static Message receiveOne(LocalConnection connection, String queue) {
        List<Message> received = connection.receive(Receive.from(queue).top(1).waiting(Duration.ofDays(1)));
        assertThat(received).hasSize(1);
        return received.get(0);
    }

    /** Request, reply, and ends on both sides. */
    @Test
    void lesson4CompletesAConversation() throws Exception {
        Conversation begun = initiator.inTransaction(() -> {
            Conversation conversation = initiator.begin(dialog());
            conversation.send(
                    "//BothDB/2DBSample/RequestMessage", "<RequestMsg>Message for Target service.</RequestMsg>");
            return conversation;
        });

        target.inTransaction(() -> {
            Message request = receiveOne(target, "TargetQueue2DB");
            assertThat(request.messageType()).isEqualTo("//BothDB/2DBSample/RequestMessage");
            assertThat(request.text()).isEqualTo("<RequestMsg>Message for Target service.</RequestMsg>");
            Conversation conversation = target.conversation(request.conversationHandle());
            conversation.send("//BothDB/2DBSample/ReplyMessage", "<ReplyMsg>Message for Initiator service.</ReplyMsg>");
            conversation.end();
            return null;
        });

        initiator.inTransaction(() -> {
            Message reply = receiveOne(initiator, "InitiatorQueue2DB");
            assertThat(reply.conversationHandle()).isEqualTo(begun.handle());
            assertThat(reply.text()).isEqualTo("<ReplyMsg>Message for Initiator service.</ReplyMsg>");
            initiator.conversation(reply.conversationHandle()).end();
            return null;
        });

        eventually().holds("nothing to be left", () -> {
            broker.clock().advance(Duration.ofSeconds(4));
            return initiator.endpoints().isEmpty() && target.endpoints().isEmpty();
        });
        assertThat(initiator.receive(Receive.from("InitiatorQueue2DB"))).isEmpty();
        assertThat(target.receive(Receive.from("TargetQueue2DB"))).isEmpty();
    }

    /** Without the TRUSTWORTHY of lesson 1 the request waits in the initiator's database and says why. */
    @Test
    void withoutLesson1TheRequestWaits() {
        initiator.catalog().setTrustworthy(false);
        Conversation conversation = initiator.begin(dialog());
        conversation.send("//BothDB/2DBSample/RequestMessage", "<RequestMsg/>");
        eventually()
                .becomes(
                        "status",
                        () -> initiator.transmissionStatus(conversation.handle()),
                        status -> status.startsWith("916: ") && status.contains("TargetDB"));
        assertThat(conversation.state()).isEqualTo(ConversationState.CONVERSING);
        assertThat(target.endpoints()).isEmpty();
        initiator.catalog().setTrustworthy(true);
        assertThat(receiveOne(target, "TargetQueue2DB").text()).isEqualTo("<RequestMsg/>");
    }

    /** Definitions that are not identical show up as an error of the conversation, not of the SEND. */
    @Test
    void withoutTheContractOfLesson2TheConversationFails() {
        initiator.catalog().define("""
                CREATE CONTRACT [//only here] ([//BothDB/2DBSample/RequestMessage] SENT BY INITIATOR);""");
        initiator.begin(dialog().on("//only here")).send("//BothDB/2DBSample/RequestMessage", "<RequestMsg/>");
        assertThat(receiveOne(initiator, "InitiatorQueue2DB").error().code()).isEqualTo(-8425);
    }
}
