package org.parley.tests.ladder.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.Conversation;
import org.parley.ConversationListener;
import org.parley.OnMessage;

/** Changes a table, looks at the change through a connection of the other factory, and answers. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "database", propertyValue = "parley"),
            @ActivationConfigProperty(propertyName = "queue", propertyValue = AnsweringBean.QUEUE)
        })
public class AnsweringBean implements ConversationListener {

    /** Its queue. */
    public static final String QUEUE = "Answering";

    /** What the broker connection saw of rows that the data source had written in the same transaction. */
    public static final List<String> SEEN_UNCOMMITTED = new CopyOnWriteArrayList<>();

    @Resource(name = "eis/parley")
    private BrokerConnectionFactory factory;

    @Resource(name = "eis/parleyData")
    private DataSource tables;

    @OnMessage(Exchange.TYPE)
    public void answer(String text, Conversation conversation) throws SQLException {
        try (Connection connection = tables.getConnection()) {
            Ledger.write(connection, QUEUE, text);
        }
        try (BrokerConnection connection = factory.getConnection()) {
            SEEN_UNCOMMITTED.addAll(Ledger.of(connection.sql(), QUEUE));
        }
        conversation.send(Exchange.TYPE, text.toUpperCase(Locale.ROOT));
    }
}
