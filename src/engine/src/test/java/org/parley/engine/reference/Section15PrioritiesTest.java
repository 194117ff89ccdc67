package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;

/** Broker priorities; service-broker.md, section 15. */
class Section15PrioritiesTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    private LocalConnection connection;

    @BeforeEach
    void define() {
        connection = home.connect();
        connection
                .catalog()
                .define("CREATE MESSAGE TYPE m CREATE CONTRACT c (m SENT BY ANY)"
                        + " CREATE CONTRACT other (m SENT BY ANY)"
                        + " CREATE QUEUE near CREATE QUEUE far"
                        + " CREATE SERVICE asks ON QUEUE near CREATE SERVICE asks2 ON QUEUE near"
                        + " CREATE SERVICE answers ON QUEUE far (c, other)");
    }

    @AfterEach
    void close() {
        connection.close();
    }

    @Test
    void theMostExactOfEightMatchesWins() {
        String[] scopes = {
            "LOCAL_SERVICE_NAME = ANY, PRIORITY_LEVEL = 1",
            "REMOTE_SERVICE_NAME = 'answers', PRIORITY_LEVEL = 2",
            "LOCAL_SERVICE_NAME = asks, PRIORITY_LEVEL = 3",
            "LOCAL_SERVICE_NAME = asks, REMOTE_SERVICE_NAME = 'answers', PRIORITY_LEVEL = 4",
            "CONTRACT_NAME = c, PRIORITY_LEVEL = 6",
            "CONTRACT_NAME = c, REMOTE_SERVICE_NAME = 'answers', PRIORITY_LEVEL = 7",
            "CONTRACT_NAME = c, LOCAL_SERVICE_NAME = asks, PRIORITY_LEVEL = 8",
            "CONTRACT_NAME = c, LOCAL_SERVICE_NAME = asks, REMOTE_SERVICE_NAME = 'answers', PRIORITY_LEVEL = 9"
        };
        Conversation first = begin("asks", "c");
        assertThat(level(first, true)).isEqualTo(5);
        List<Integer> levels = new ArrayList<>();
        for (int i = 0; i < scopes.length; i++) {
            connection.catalog().define("CREATE BROKER PRIORITY p" + i + " FOR CONVERSATION SET (" + scopes[i] + ")");
            levels.add(level(begin("asks", "c"), true));
        }
        assertThat(levels).containsExactly(1, 2, 3, 4, 6, 7, 8, 9);
        assertThat(level(begin("asks2", "c"), true)).isEqualTo(7);
        assertThat(level(begin("asks2", "other"), true)).isEqualTo(2);
        assertThat(level(begin("asks", "other"), true)).isEqualTo(4);
        assertThat(level(first, true)).isEqualTo(5);
    }

    @Test
    void eachSideHasItsOwnLevelFromItsBegin() {
        connection
                .catalog()
                .define("CREATE BROKER PRIORITY up FOR CONVERSATION SET (LOCAL_SERVICE_NAME = asks,"
                        + " PRIORITY_LEVEL = 9) CREATE BROKER PRIORITY down FOR CONVERSATION SET (LOCAL_SERVICE_NAME = answers,"
                        + " REMOTE_SERVICE_NAME = 'asks', PRIORITY_LEVEL = 2)");
        Conversation sent = begin("asks", "c");
        sent.send("m", new byte[] {1});
        connection
                .catalog()
                .define("DROP BROKER PRIORITY up"
                        + " ALTER BROKER PRIORITY down FOR CONVERSATION SET (PRIORITY_LEVEL = 10)");
        assertThat(level(sent, true)).isEqualTo(9);
        assertThat(level(sent, false)).isEqualTo(2);
        UUID id = sent.conversationId();
        home.restart();
        connection = home.connect();
        assertThat(level(id, true)).isEqualTo(9);
        assertThat(level(id, false)).isEqualTo(2);
    }

    @Test
    void receiveTakesTheHighestLevelAndThenTheOldest() {
        connection
                .catalog()
                .define("CREATE BROKER PRIORITY up FOR CONVERSATION SET (CONTRACT_NAME = c,"
                        + " LOCAL_SERVICE_NAME = answers, PRIORITY_LEVEL = 8)");
        byte order = 0;
        for (String contract : List.of("other", "c", "other", "c")) {
            begin("asks", contract).send("m", new byte[] {order++});
        }
        List<Byte> received = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            for (Message message : connection.receive(Receive.from("far"))) {
                received.add(message.body()[0]);
            }
        }
        assertThat(received).containsExactly((byte) 1, (byte) 3, (byte) 0, (byte) 2);
    }

    @Test
    void aTargetThatBeginsLateGetsTheLevelOfItsBegin() {
        Conversation sent = connection.begin(Dialog.between("asks", "late").on("c"));
        sent.send("m", new byte[] {1});
        connection
                .catalog()
                .define("CREATE SERVICE late ON QUEUE far (c) CREATE BROKER PRIORITY p FOR CONVERSATION"
                        + " SET (LOCAL_SERVICE_NAME = late, REMOTE_SERVICE_NAME = 'asks', PRIORITY_LEVEL = 3)");
        assertThat(connection.receive(Receive.from("far").waiting(java.time.Duration.ofSeconds(30))))
                .hasSize(1);
        assertThat(level(sent, false)).isEqualTo(3);
        assertThat(level(sent, true)).isEqualTo(5);
    }

    /** Without priorities everything has level 5, and so has what no priority matches. */
    @Test
    void whatNothingMatchesHasLevelFive() {
        assertThat(level(begin("asks", "c"), true)).isEqualTo(5);
        connection
                .catalog()
                .define("CREATE BROKER PRIORITY p FOR CONVERSATION SET (LOCAL_SERVICE_NAME = asks2,"
                        + " PRIORITY_LEVEL = 9)");
        assertThat(level(begin("asks", "c"), true)).isEqualTo(5);
        connection.catalog().define("CREATE BROKER PRIORITY everything FOR CONVERSATION");
        assertThat(level(begin("asks", "c"), true)).isEqualTo(5);
        connection.catalog().define("ALTER BROKER PRIORITY everything FOR CONVERSATION SET (PRIORITY_LEVEL = 10)");
        assertThat(level(begin("asks", "c"), true)).isEqualTo(10);
        connection.catalog().define("ALTER BROKER PRIORITY everything FOR CONVERSATION SET (PRIORITY_LEVEL = DEFAULT)");
        assertThat(level(begin("asks", "c"), true)).isEqualTo(5);
    }

    /** Each of the eight rules wins over all that come after it, and over nothing that comes before. */
    @Test
    void eachOfTheEightRulesStandsInItsPlace() {
        String[] rules = {
            "CONTRACT_NAME = c, LOCAL_SERVICE_NAME = asks, REMOTE_SERVICE_NAME = 'answers'",
            "CONTRACT_NAME = c, LOCAL_SERVICE_NAME = asks",
            "CONTRACT_NAME = c, REMOTE_SERVICE_NAME = 'answers'",
            "CONTRACT_NAME = c",
            "LOCAL_SERVICE_NAME = asks, REMOTE_SERVICE_NAME = 'answers'",
            "LOCAL_SERVICE_NAME = asks",
            "REMOTE_SERVICE_NAME = 'answers'",
            "CONTRACT_NAME = ANY"
        };
        for (int i = 0; i < rules.length; i++) {
            for (int j = i + 1; j < rules.length; j++) {
                connection
                        .catalog()
                        .define("CREATE BROKER PRIORITY first FOR CONVERSATION SET (" + rules[i]
                                + ", PRIORITY_LEVEL = 3) CREATE BROKER PRIORITY second FOR CONVERSATION SET ("
                                + rules[j]
                                + ", PRIORITY_LEVEL = 7)");
                assertThat(level(begin("asks", "c"), true))
                        .as(rules[i] + " over " + rules[j])
                        .isEqualTo(3);
                connection.catalog().define("DROP BROKER PRIORITY first DROP BROKER PRIORITY second");
            }
        }
    }

    /** Remote names are text, compared byte by byte. */
    @Test
    void theRemoteServiceIsComparedByteByByte() {
        connection
                .catalog()
                .define("CREATE BROKER PRIORITY p FOR CONVERSATION SET (REMOTE_SERVICE_NAME = 'Answers',"
                        + " PRIORITY_LEVEL = 9)");
        assertThat(level(begin("asks", "c"), true)).isEqualTo(5);
    }

    /** For the target's side local is the target and remote the initiator. */
    @Test
    void eachSideLooksFromItsOwnPlace() {
        connection
                .catalog()
                .define("CREATE BROKER PRIORITY a FOR CONVERSATION SET (LOCAL_SERVICE_NAME = asks,"
                        + " REMOTE_SERVICE_NAME = 'answers', PRIORITY_LEVEL = 2)"
                        + " CREATE BROKER PRIORITY b FOR CONVERSATION SET (LOCAL_SERVICE_NAME = answers,"
                        + " REMOTE_SERVICE_NAME = 'asks', PRIORITY_LEVEL = 8)");
        Conversation sent = begin("asks", "c");
        sent.send("m", new byte[] {1});
        assertThat(level(sent, true)).isEqualTo(2);
        assertThat(level(sent, false)).isEqualTo(8);
        assertThat(connection.receive(Receive.from("far"))).singleElement().matches(message -> message.priority() == 8);
    }

    @Test
    void getConversationGroupTakesTheHighestLevelToo() {
        begin("asks", "other").send("m", new byte[] {1});
        connection
                .catalog()
                .define("CREATE BROKER PRIORITY up FOR CONVERSATION SET (CONTRACT_NAME = c," + " PRIORITY_LEVEL = 8)");
        Conversation urgent = begin("asks", "c");
        urgent.send("m", new byte[] {2});
        UUID group = connection.endpoints(urgent.conversationId()).get(1).groupId();
        assertThat(connection.getConversationGroup("far", java.time.Duration.ZERO))
                .contains(group);
    }

    private Conversation begin(String from, String contract) {
        return connection.begin(Dialog.between(from, "answers").on(contract));
    }

    private int level(Conversation conversation, boolean initiator) {
        return level(conversation.conversationId(), initiator);
    }

    private int level(UUID conversation, boolean initiator) {
        return connection.endpoints(conversation).stream()
                .filter(endpoint -> endpoint.initiator() == initiator)
                .map(ConversationEndpoint::priority)
                .findFirst()
                .orElseThrow();
    }
}
