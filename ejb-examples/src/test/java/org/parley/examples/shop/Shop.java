package org.parley.examples.shop;

import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.parley.BrokerConnectionFactory;
import org.parley.Conversation;
import org.parley.Dialog;

@Stateless
public class Shop {

    @Resource(lookup = "eis/parley")
    private BrokerConnectionFactory parley;

    @Resource(lookup = "eis/parleyData")
    private DataSource tables;

    public UUID order(String item) {
        Dialog dialog = Dialog.between("//shop/Shop", "//shop/Warehouse").on("//shop/Ordering");
        try (Conversation conversation = parley.begin(dialog);
                Connection connection = tables.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO orders (id, item) VALUES (?, ?)")) {
            UUID id = conversation.conversationId();
            insert.setString(1, id.toString());
            insert.setString(2, item);
            insert.executeUpdate();
            conversation.send("//shop/Order", item);
            return id;
        } catch (SQLException e) {
            throw new EJBException(e); // rolls back: no order, no message
        }
    }
}
