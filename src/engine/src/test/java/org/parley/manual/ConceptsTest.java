package org.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.parley.testkit.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.ConversationState;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Permission;
import org.parley.Receive;
import org.parley.Securable;
import org.parley.testkit.BrokerExtension;

/** The examples of the manual's pages on concepts, one or two a page. */
class ConceptsTest {

    private static final Receive SHOP = Receive.from("ShopQueue");
    private static final Receive WAREHOUSE = Receive.from("WarehouseQueue");

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    private LocalConnection shop;
    private LocalConnection warehouse;

    @BeforeEach
    void define() {
        shop = broker.connect("orders");
        warehouse = broker.connect("orders");
        shop.catalog().define("""
                CREATE MESSAGE TYPE [//shop/Order] VALIDATION = WELL_FORMED_XML;
                CREATE MESSAGE TYPE [//shop/Shipped] VALIDATION = EMPTY;
                CREATE CONTRACT [//shop/Ordering]
                  ([//shop/Order] SENT BY INITIATOR, [//shop/Shipped] SENT BY TARGET);
                CREATE QUEUE ShopQueue;
                CREATE QUEUE WarehouseQueue;
                CREATE SERVICE [//shop/Shop] ON QUEUE ShopQueue;
                CREATE SERVICE [//shop/Warehouse] ON QUEUE WarehouseQueue ([//shop/Ordering]);
                """);
    }

    private static Dialog ordering() {
        return Dialog.between("//shop/Shop", "//shop/Warehouse").on("//shop/Ordering");
    }

    private Conversation ordered(String xml) {
        Conversation order = shop.begin(ordering());
        order.send("//shop/Order", xml);
        return order;
    }

    /** dialogs.md. */
    @Test
    void twoSides() {
        Conversation order = shop.begin(ordering());
        order.send("//shop/Order", "<order item='tea'/>");

        Message received = warehouse.receive(WAREHOUSE).get(0);
        Conversation delivery = warehouse.conversation(received.conversationHandle());

        assertThat(delivery.handle()).isNotEqualTo(order.handle());
        assertThat(delivery.conversationId()).isEqualTo(order.conversationId());

        delivery.send("//shop/Shipped");
        delivery.end();
        for (Message message : shop.receive(SHOP)) {
            if (message.isEndDialog()) {
                order.end();
            }
        }
        assertThat(shop.endpoints()).isEmpty();
    }

    /** begin-dialog.md. */
    @Test
    void beginContactsNobody() {
        Dialog dialog = Dialog.between("//shop/Shop", "//shop/not yet there")
                .on("//shop/Ordering")
                .lasting(Duration.ofHours(1));
        Conversation order = shop.begin(dialog);
        assertThat(order.state()).isEqualTo(ConversationState.STARTED_OUTBOUND);

        order.send("//shop/Order", "<order/>");
        eventually()
                .becomes(
                        "why it waits",
                        () -> shop.transmissionStatus(order.handle()),
                        status -> status.startsWith("9796: "));
    }

    /** begin-dialog.md. */
    @Test
    void relatedDialogs() {
        Conversation order = shop.begin(ordering());
        Conversation second = shop.begin(ordering().relatedTo(order.handle()));
        assertThat(second.groupId()).isEqualTo(order.groupId());

        UUID customer = UUID.randomUUID();
        Conversation third = shop.begin(ordering().inGroup(customer));
        assertThat(third.groupId()).isEqualTo(customer);
    }

    /** groups.md. */
    @Test
    void aGroupIsLockedUntilTheTransactionEnds() {
        Conversation first = ordered("<first/>");
        ordered("<second/>");

        warehouse.begin();
        warehouse.receive(WAREHOUSE);

        LocalConnection colleague = broker.connect("orders");
        assertThat(colleague.receive(WAREHOUSE)).extracting(Message::text).containsExactly("<second/>");
        first.send("//shop/Order", "<arrives meanwhile='yes'/>");
        assertThat(colleague.receive(WAREHOUSE)).isEmpty();

        warehouse.commit();
        assertThat(colleague.receive(WAREHOUSE)).hasSize(1);
    }

    /** groups.md. */
    @Test
    void moveToAnotherGroup() {
        Conversation first = ordered("<first/>");
        Conversation second = ordered("<second/>");

        second.moveTo(first.groupId());

        assertThat(second.groupId()).isEqualTo(first.groupId());
    }

    /** sending.md. */
    @Test
    void sendsInOrderAndAtCommit() {
        Conversation order = shop.begin(ordering());
        shop.begin();
        order.send("//shop/Order", "<order item='tea'/>");
        order.send("//shop/Order", "<order item='milk'/>");
        assertThat(warehouse.receive(WAREHOUSE)).isEmpty();
        shop.commit();

        assertThat(warehouse.receive(WAREHOUSE))
                .extracting(Message::text)
                .containsExactly("<order item='tea'/>", "<order item='milk'/>");
    }

    /** sending.md. */
    @Test
    void whatTheTargetRefusesComesBack() {
        Conversation order = shop.begin(ordering());
        order.send("//shop/Order", "no XML");

        Message error = shop.receive(SHOP).get(0);
        assertThat(error.error().code()).isEqualTo(-9615);
        assertThat(order.state()).isEqualTo(ConversationState.ERROR);
    }

    /** receiving.md. */
    @Test
    void oneGroupAtATime() {
        Conversation tea = ordered("<tea/>");
        ordered("<milk/>");
        tea.send("//shop/Order", "<more tea='yes'/>");

        List<List<String>> batches = new ArrayList<>();
        List<Message> batch = warehouse.receive(WAREHOUSE);
        while (!batch.isEmpty()) {
            batches.add(batch.stream().map(Message::text).toList());
            batch = warehouse.receive(WAREHOUSE);
        }

        assertThat(batches).containsExactly(List.of("<tea/>", "<more tea='yes'/>"), List.of("<milk/>"));
    }

    /** receiving.md. */
    @Test
    void receiveOfOneConversation() {
        Conversation order = ordered("<order/>");

        assertThat(shop.receive(SHOP.ofConversation(order.handle()))).isEmpty();

        order.end();
        BrokerException unknown =
                catchThrowableOfType(BrokerException.class, () -> shop.receive(SHOP.ofConversation(UUID.randomUUID())));
        assertThat(unknown.number()).isEqualTo(8426);
    }

    /** ends.md. */
    @Test
    void bothSidesEnd() {
        Conversation order = ordered("<order/>");
        order.end();

        List<Message> received = warehouse.receive(WAREHOUSE);
        assertThat(received).extracting(Message::isEndDialog).containsExactly(false, true);

        Conversation delivery = warehouse.conversation(received.get(0).conversationHandle());
        assertThat(delivery.state()).isEqualTo(ConversationState.DISCONNECTED_INBOUND);
        delivery.end();
        assertThat(shop.endpoints()).isEmpty();
    }

    /** ends.md. */
    @Test
    void endWithError() {
        Conversation order = ordered("<order/>");
        Message received = warehouse.receive(WAREHOUSE).get(0);

        warehouse.conversation(received.conversationHandle()).endWithError(17, "out of tea");

        Message error = shop.receive(SHOP).get(0);
        assertThat(error.error().code()).isEqualTo(17);
        assertThat(error.error().description()).isEqualTo("out of tea");
        order.end();
    }

    /** timers.md. */
    @Test
    void aTimerAsksForAnAnswerInTime() {
        Conversation order = ordered("<order/>");
        order.timer(Duration.ofMinutes(10));

        broker.clock().advance(Duration.ofMinutes(10));

        Message timer = shop.receive(SHOP.waiting(Duration.ofSeconds(5))).get(0);
        assertThat(timer.isTimer()).isTrue();
        assertThat(order.state()).isEqualTo(ConversationState.CONVERSING);
    }

    /** timers.md. */
    @Test
    void aLifetimeEndsTheDialog() {
        Conversation order = shop.begin(ordering().lasting(Duration.ofDays(1)));

        broker.clock().advance(Duration.ofDays(1));

        Message error = shop.receive(SHOP.waiting(Duration.ofSeconds(5))).get(0);
        assertThat(error.error().code()).isEqualTo(-8489);
        order.end();
    }

    /** system-messages.md. */
    @Test
    void everyConsumerHandlesSystemMessages() {
        Conversation order = ordered("<order/>");
        warehouse
                .conversation(warehouse.receive(WAREHOUSE).get(0).conversationHandle())
                .endWithError(17, "out of tea");

        List<String> log = new ArrayList<>();
        for (Message message : shop.receive(SHOP)) {
            if (message.isTimer()) {
                log.add("no answer yet");
            } else if (message.isError()) {
                log.add(message.error().code() + " " + message.error().description());
                order.end();
            } else if (message.isEndDialog()) {
                order.end();
            } else {
                log.add(message.messageType());
            }
        }

        assertThat(log).containsExactly("17 out of tea");
        assertThat(shop.endpoints()).isEmpty();
    }

    /** priorities.md. */
    @Test
    void urgentDialogsFirst() {
        shop.catalog().define("""
                CREATE CONTRACT [//shop/Express] ([//shop/Order] SENT BY INITIATOR);
                ALTER SERVICE [//shop/Warehouse] (ADD CONTRACT [//shop/Express]);
                CREATE BROKER PRIORITY Express FOR CONVERSATION
                  SET (CONTRACT_NAME = [//shop/Express], PRIORITY_LEVEL = 8);
                """);
        ordered("<usual/>");
        Conversation express = shop.begin(ordering().on("//shop/Express"));
        express.send("//shop/Order", "<express/>");

        assertThat(warehouse.receive(WAREHOUSE)).extracting(Message::text).containsExactly("<express/>");
        assertThat(shop.endpoints()).extracting(ConversationEndpoint::priority).containsExactly(5, 5, 8, 8);
    }

    /** permissions.md. */
    @Test
    void annaMayReceiveAndNothingElse() {
        shop.catalog().createUser("anna");
        shop.catalog().grant(Permission.RECEIVE, Securable.queue("WarehouseQueue"), "anna");
        ordered("<order/>");

        LocalConnection anna = broker.parley().connect("orders", "anna", null);
        assertThat(anna.receive(WAREHOUSE)).hasSize(1);
        BrokerException denied = catchThrowableOfType(BrokerException.class, () -> anna.receive(SHOP));

        assertThat(denied.number()).isEqualTo(229);
        assertThat(denied).hasMessageContaining("ShopQueue");
        anna.close();
    }
}
