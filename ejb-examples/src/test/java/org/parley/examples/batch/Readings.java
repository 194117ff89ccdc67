package org.parley.examples.batch;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.parley.Message;
import org.parley.MessageBatchListener;

@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "resourceAdapter", propertyValue = "parley"),
            @ActivationConfigProperty(propertyName = "queue", propertyValue = "ReadingQueue"),
            @ActivationConfigProperty(propertyName = "batchSize", propertyValue = "500")
        })
public class Readings implements MessageBatchListener {

    @Resource(lookup = "eis/parleyData")
    private DataSource tables;

    @Override
    public void onMessages(Conversations conversations, List<Message> messages) throws SQLException {
        try (Connection connection = tables.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO readings VALUES (?, ?, ?)")) {
            for (Message message : messages) {
                if (message.isEndDialog() || message.isError()) {
                    conversations.of(message).end();
                } else {
                    insert.setString(1, message.conversationHandle().toString());
                    insert.setLong(2, message.sequenceNumber());
                    insert.setString(3, message.text());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }
}
