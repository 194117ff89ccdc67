package org.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.BrokerException;
import org.parley.Catalog;
import org.parley.ContractDefinition;
import org.parley.ContractDefinition.SentBy;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.ConversationState;
import org.parley.Dialog;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.MessageTypeDefinition;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.QueueDefinition;
import org.parley.Receive;
import org.parley.ServiceDefinition;
import org.parley.testkit.BrokerExtension;

/** What the manual shows of sessions, and what it says of them. */
class SessionTest {

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    private LocalConnection connection;

    @BeforeEach
    void define() {
        connection = broker.connect("orders");
        defineByRecords(connection.catalog());
    }

    private static void defineByRecords(Catalog catalog) {
        catalog.define(new MessageTypeDefinition("//shop/Order", Validation.WELL_FORMED_XML));
        catalog.define(new MessageTypeDefinition("//shop/Shipped", Validation.EMPTY));
        catalog.define(new ContractDefinition(
                "//shop/Ordering", Map.of("//shop/Order", SentBy.INITIATOR, "//shop/Shipped", SentBy.TARGET)));
        catalog.define(new QueueDefinition("ShopQueue", true));
        catalog.define(new QueueDefinition("WarehouseQueue", true));
        catalog.define(new ServiceDefinition("//shop/Shop", "ShopQueue", Set.of()));
        catalog.define(new ServiceDefinition("//shop/Warehouse", "WarehouseQueue", Set.of("//shop/Ordering")));
    }

    private static Dialog ordering() {
        return Dialog.between("//shop/Shop", "//shop/Warehouse").on("//shop/Ordering");
    }

    private UUID order(String xml) {
        Conversation order = connection.begin(ordering());
        order.send("//shop/Order", xml);
        return order.handle();
    }

    @Test
    void tableAndMessageInOneTransaction() throws Exception {
        execute("CREATE TABLE orders (id CHAR(36) PRIMARY KEY, item VARCHAR(100))");

        UUID id = connection.inTransaction(() -> {
            Conversation order = connection.begin(ordering());
            try (PreparedStatement insert = connection.sql().prepareStatement("INSERT INTO orders VALUES (?, ?)")) {
                insert.setString(1, order.conversationId().toString());
                insert.setString(2, "tea");
                insert.executeUpdate();
            }
            order.send("//shop/Order", "<order item='tea'/>");
            return order.conversationId();
        });

        assertThat(connection.endpoints(id)).hasSize(2);
    }

    @Test
    void receiveWaits() {
        UUID order = order("<order/>");

        List<Message> messages =
                connection.receive(Receive.from("WarehouseQueue").top(10).waiting(Duration.ofSeconds(5)));

        assertThat(messages).extracting(Message::sequenceNumber).containsExactly(0L);
        assertThat(connection.receive(Receive.from("ShopQueue").ofConversation(order)))
                .isEmpty();
    }

    @Test
    void groupFirst() throws Exception {
        UUID order = order("<order/>");
        Dialog related = ordering().relatedTo(order);

        connection.begin();
        Optional<UUID> group = connection.getConversationGroup("WarehouseQueue", Duration.ZERO);
        List<Message> messages =
                connection.receive(Receive.from("WarehouseQueue").ofGroup(group.orElseThrow()));
        connection.commit();

        assertThat(messages).hasSize(1);
        Conversation second = connection.begin(related);
        assertThat(second.groupId()).isEqualTo(connection.conversation(order).groupId());
    }

    @Test
    void oneMessageOnSeveralConversations() {
        UUID first = order("<order/>");
        UUID second = order("<order/>");

        connection.send(List.of(first, second), "//shop/Order", "<more/>".getBytes());

        assertThat(connection.endpoints())
                .filteredOn(endpoint -> endpoint.service().equals("//shop/Warehouse"))
                .extracting(ConversationEndpoint::waitingMessages)
                .containsExactly(2L, 2L);
    }

    @Test
    void savepointTakesMessagesBackToo() throws Exception {
        UUID handle = order("<order/>");

        connection.begin();
        Conversation order = connection.conversation(handle);
        order.send("//shop/Order", "<first/>");
        Savepoint savepoint = connection.sql().setSavepoint();
        order.send("//shop/Order", "<second/>");
        connection.sql().rollback(savepoint);
        order.send("//shop/Order", "<third/>");
        connection.commit();

        assertThat(connection.receive(Receive.from("WarehouseQueue")))
                .extracting(Message::text)
                .containsExactly("<order/>", "<first/>", "<third/>");
    }

    @Test
    void errorsHaveNumbers() {
        Conversation order = connection.conversation(order("<order/>"));
        order.end();

        try {
            order.send("//shop/Order", "<order/>");
        } catch (BrokerException e) {
            if (e.number() == ErrorNumbers.DEADLOCK_VICTIM) {
                throw new IllegalStateException("the transaction is rolled back: run all of it again", e);
            }
            // 8429: this side has ended
        }
        assertThatThrownBy(() -> order.send("//shop/Order", "<order/>"))
                .isInstanceOfSatisfying(
                        BrokerException.class, e -> assertThat(e.number()).isEqualTo(8429));
    }

    @Test
    void definitionsCanBeRepeated() {
        defineByRecords(connection.catalog());
        assertThatThrownBy(
                        () -> connection.catalog().define(new MessageTypeDefinition("//shop/Shipped", Validation.NONE)))
                .isInstanceOfSatisfying(
                        BrokerException.class, e -> assertThat(e.number()).isEqualTo(2714));
    }

    @Test
    void aMessageThatIsRefusedComesBackAsError() {
        UUID handle = order("<order>");

        Message error = connection.receive(Receive.from("ShopQueue")).get(0);
        assertThat(error.isError()).isTrue();
        assertThat(error.error().code()).isEqualTo(-9615);
        assertThat(connection.conversation(handle).state()).isEqualTo(ConversationState.ERROR);
    }

    @Test
    void sqlKeepsItsHandsOffParleysTables() throws Exception {
        order("<order/>");
        assertThatThrownBy(() -> execute("DELETE FROM PARLEY_STORE.MESSAGES")).isInstanceOf(SQLException.class);
        try (Statement statement = connection.sql().createStatement()) {
            assertThat(statement
                            .executeQuery("SELECT COUNT(*) FROM PARLEY_STORE.MESSAGES WITH UR")
                            .next())
                    .isTrue();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.sql().createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
