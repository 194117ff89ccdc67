package org.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.testkit.BrokerExtension;

class RetentionTest {

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    @Test
    void whatWasSaidIsStillThereWhenItMustBeTakenBack() throws Exception {
        LocalConnection connection = broker.connect("orders");
        connection.catalog().define("""
                CREATE QUEUE ShopQueue WITH RETENTION = ON;
                CREATE SERVICE Shop ON QUEUE ShopQueue;
                CREATE QUEUE WarehouseQueue;
                CREATE SERVICE Warehouse ON QUEUE WarehouseQueue ([DEFAULT]);""");
        Conversation order = connection.begin(Dialog.between("Shop", "Warehouse"));
        order.send("DEFAULT", "3 chairs");
        order.send("DEFAULT", "1 table");
        for (Message asked : connection.receive(Receive.from("WarehouseQueue"))) {
            connection.conversation(asked.conversationHandle()).send("DEFAULT", "reserved: " + asked.text());
        }
        connection.receive(Receive.from("ShopQueue"));

        assertThat(said(connection, order))
                .containsExactly("3 1 3 chairs", "3 2 1 table", "0 3 reserved: 3 chairs", "0 4 reserved: 1 table");
        order.endWithError(1, "the customer has changed his mind");
        assertThat(said(connection, order)).isEmpty();
    }

    private static List<String> said(LocalConnection connection, Conversation order) throws SQLException {
        List<String> said = new ArrayList<>();
        try (Statement select = connection.sql().createStatement();
                ResultSet row = select.executeQuery("SELECT STATUS, QUEUING_ORDER, MESSAGE_BODY FROM ShopQueue"
                        + " WHERE STATUS IN (0, 3) AND CONVERSATION_HANDLE = '" + order.handle() + "'"
                        + " ORDER BY QUEUING_ORDER")) {
            while (row.next()) {
                said.add(row.getInt(1) + " " + row.getLong(2) + " "
                        + new String(row.getBytes(3), StandardCharsets.UTF_8));
            }
        }
        return said;
    }
}
