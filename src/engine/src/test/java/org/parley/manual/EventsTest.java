package org.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.spi.BrokerEvent;
import org.parley.spi.Counter;
import org.parley.spi.EngineListener;
import org.parley.spi.ServerConfig;

class EventsTest {

    private final List<String> delayed = new CopyOnWriteArrayList<>();

    @Test
    void delayedMessagesAreHeardOf(@TempDir Path home) {
        EngineListener listener = new EngineListener() {
            @Override
            public Set<BrokerEvent.Kind> brokerEvents() {
                return EnumSet.of(BrokerEvent.Kind.MESSAGE_CLASSIFY);
            }

            @Override
            public void brokerEvent(BrokerEvent event) {
                if (event instanceof BrokerEvent.MessageClassify way
                        && way.step() == BrokerEvent.MessageClassify.Step.DELAYED) {
                    delayed.add(way.side().farService() + ": " + way.reason());
                }
            }
        };
        try (Parley parley = Parley.open(ServerConfig.of(home).withListener(listener))) {
            LocalConnection connection = parley.connect("orders");
            connection.catalog().define("CREATE QUEUE ShopQueue; CREATE SERVICE Shop ON QUEUE ShopQueue;");
            connection.begin(Dialog.between("Shop", "Warehouse")).send("DEFAULT", "an order");
            eventually().holds("delayed", () -> delayed.size() == 1);
            assertThat(delayed.get(0)).startsWith("Warehouse: 9796");
            long waiting = parley.server().statistics().of("orders", Counter.ENQUEUED_TRANSMISSION_MESSAGES)
                    - parley.server().statistics().of("orders", Counter.DEQUEUED_TRANSMISSION_MESSAGES);
            assertThat(waiting).isEqualTo(1);
        }
    }
}
