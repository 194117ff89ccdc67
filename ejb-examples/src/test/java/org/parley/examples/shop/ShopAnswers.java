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
            @ActivationConfigProperty(propertyName = "queue", propertyValue = "ShopQueue")
        })
public class ShopAnswers implements ConversationListener {

    @Resource(lookup = "eis/parleyData")
    private DataSource tables;

    @OnMessage("//shop/Shipped")
    public void shipped(Conversation conversation) throws SQLException {
        try (Connection connection = tables.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE orders SET shipped = TRUE WHERE id = ?")) {
            update.setString(1, conversation.conversationId().toString());
            update.executeUpdate();
        }
    }
}
