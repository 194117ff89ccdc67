package org.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.SuspendedGroup;
import org.parley.testkit.BrokerExtension;

/** What the manual shows of poison messages. */
class PoisonMessagesTest {

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    private LocalConnection connection;

    @BeforeEach
    void define() {
        connection = broker.connect("orders");
        connection.catalog().define("""
                CREATE QUEUE ShopQueue;
                CREATE QUEUE OrderQueue;
                CREATE SERVICE Shop ON QUEUE ShopQueue;
                CREATE SERVICE Warehouse ON QUEUE OrderQueue ([DEFAULT]);
                """);
    }

    private void order(String text) {
        connection.begin(Dialog.between("Shop", "Warehouse")).send("DEFAULT", text);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            connection.begin();
            assertThat(connection.receive(Receive.from("OrderQueue"))).hasSize(1);
            connection.rollback();
        }
    }

    @Test
    void onlyTheGroupThatFailsIsSetAside() {
        connection.catalog().define("""
                ALTER QUEUE OrderQueue WITH
                    POISON_MESSAGE_HANDLING (STATUS = ON, ACTION = SUSPEND_GROUP),
                    REDELIVERY_DELAY = 0;
                """);
        order("one that nobody can read");
        fail(5);
        order("another");

        List<Message> next = connection.receive(Receive.from("OrderQueue"));
        assertThat(next).extracting(Message::text).containsExactly("another");
        for (SuspendedGroup group : connection.suspendedGroups()) {
            connection.endGroup(group.groupId(), 17, "The order can't be read.");
        }

        assertThat(connection.suspendedGroups()).isEmpty();
        assertThat(connection.receive(Receive.from("ShopQueue")).get(0).error().code())
                .isEqualTo(17);
    }

    @Test
    void whatFailedIsOfferedAgainLater() {
        connection.catalog().define("ALTER QUEUE OrderQueue WITH REDELIVERY_DELAY = 30000");
        order("not now");
        fail(1);
        assertThat(connection.receive(Receive.from("OrderQueue"))).isEmpty();
        broker.clock().advance(Duration.ofSeconds(30));
        assertThat(connection.receive(Receive.from("OrderQueue"))).hasSize(1);
    }
}
