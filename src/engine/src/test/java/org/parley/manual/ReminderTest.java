package org.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.testkit.BrokerExtension;
import org.parley.testkit.Eventually;

class ReminderTest {

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    @Test
    void remindsAfterAnHour() {
        LocalConnection connection = broker.connect("orders");
        connection.catalog().define("CREATE QUEUE ShopQueue; CREATE SERVICE Shop ON QUEUE ShopQueue;");
        Conversation order = connection.begin(Dialog.between("Shop", "Warehouse"));
        order.timer(Duration.ofHours(1));

        broker.clock().advance(Duration.ofHours(1));

        List<Message> messages = Eventually.eventually()
                .becomes(
                        "the timer's message",
                        () -> connection.receive(Receive.from("ShopQueue")),
                        received -> !received.isEmpty());
        assertThat(messages).singleElement().matches(Message::isTimer);
    }
}
