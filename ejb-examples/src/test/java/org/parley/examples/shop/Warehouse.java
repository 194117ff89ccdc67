package org.parley.examples.shop;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.parley.Conversation;
import org.parley.ConversationListener;
import org.parley.OnMessage;

@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "resourceAdapter", propertyValue = "parley"),
            @ActivationConfigProperty(propertyName = "queue", propertyValue = "WarehouseQueue"),
            @ActivationConfigProperty(propertyName = "maxQueueReaders", propertyValue = "8")
        })
public class Warehouse implements ConversationListener {

    @Resource(lookup = "eis/parleyData")
    private DataSource tables;

    @OnMessage("//shop/Order")
    public void ship(String item, Conversation conversation) throws SQLException {
        try (Connection connection = tables.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO shipments (id, item) VALUES (?, ?)")) {
            insert.setString(1, conversation.conversationId().toString());
            insert.setString(2, item);
            insert.executeUpdate();
        }
        conversation.send("//shop/Shipped");
        conversation.end();
    }
}
