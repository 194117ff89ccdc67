package org.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.testkit.BrokerExtension;

/** The examples of sending.md and receiving.md on long bodies. */
class LongBodiesTest {

    private static final Receive WAREHOUSE = Receive.from("WarehouseQueue");

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    @TempDir
    Path folder;

    @Test
    void aFileGoesFromOneSideToTheOther() throws Exception {
        LocalConnection shop = broker.connect("orders");
        LocalConnection warehouse = broker.connect("orders");
        shop.catalog().define("""
                CREATE MESSAGE TYPE [//shop/Scan] VALIDATION = NONE;
                CREATE CONTRACT [//shop/Ordering] ([//shop/Scan] SENT BY INITIATOR);
                CREATE QUEUE ShopQueue;
                CREATE QUEUE WarehouseQueue;
                CREATE SERVICE [//shop/Shop] ON QUEUE ShopQueue;
                CREATE SERVICE [//shop/Warehouse] ON QUEUE WarehouseQueue ([//shop/Ordering]);
                """);
        Conversation order =
                shop.begin(Dialog.between("//shop/Shop", "//shop/Warehouse").on("//shop/Ordering"));
        byte[] content = new byte[1_000_000];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("file"), content);
        Path copy = folder.resolve("copy");

        try (InputStream scan = Files.newInputStream(file)) {
            order.send("//shop/Scan", scan, Files.size(file));
        }

        warehouse.begin();
        Message scan = warehouse.receive(WAREHOUSE.streamed()).get(0);
        Files.copy(scan.bodyStream(), copy);
        warehouse.commit();

        assertThat(copy).hasBinaryContent(content);
    }
}
