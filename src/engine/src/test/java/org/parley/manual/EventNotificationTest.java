package org.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.testkit.BrokerExtension;
import org.parley.testkit.Eventually;

/** What the manual shows of event notifications. */
class EventNotificationTest {

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    @Test
    void aProgramIsStartedWhenOrdersWait() {
        LocalConnection connection = broker.connect("orders");
        connection
                .catalog()
                .define(
                        "CREATE QUEUE ShopQueue; CREATE SERVICE [//shop/Shop] ON QUEUE ShopQueue;"
                                + "CREATE QUEUE WarehouseQueue; CREATE SERVICE [//shop/Warehouse] ON QUEUE WarehouseQueue ([DEFAULT])");
        connection.catalog().define("""
                CREATE QUEUE StarterQueue;
                CREATE SERVICE [//shop/Starter] ON QUEUE StarterQueue
                    ([http://schemas.microsoft.com/SQL/Notifications/PostEventNotification]);
                CREATE EVENT NOTIFICATION OrdersWait ON QUEUE WarehouseQueue
                    FOR QUEUE_ACTIVATION, BROKER_QUEUE_DISABLED
                    TO SERVICE '//shop/Starter', 'current database';
                """);
        connection.begin(Dialog.between("//shop/Shop", "//shop/Warehouse")).send("DEFAULT", "3 chairs");

        List<Message> told = Eventually.eventually()
                .becomes(
                        "the notification",
                        () -> connection.receive(Receive.from("StarterQueue")),
                        received -> !received.isEmpty());
        assertThat(told.get(0).text())
                .contains("<EventType>QUEUE_ACTIVATION</EventType>")
                .contains("<DatabaseName>orders</DatabaseName>")
                .contains("<ObjectName>WarehouseQueue</ObjectName>");
    }
}
