package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.io.ByteArrayInputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.w3c.dom.Document;

/** A service that is told of events: {@code //starter} on queue {@code Starter}. */
final class Told {

    static final String CONTRACT = "http://schemas.microsoft.com/SQL/Notifications/PostEventNotification";
    static final String TYPE = "http://schemas.microsoft.com/SQL/Notifications/EventNotification";

    static final String SIDE =
            "CREATE QUEUE Starter; CREATE SERVICE [//starter] ON QUEUE Starter ([" + CONTRACT + "]);";

    private final LocalConnection connection;
    private final List<Message> messages = new ArrayList<>();

    Told(LocalConnection connection) {
        this.connection = connection;
    }

    /** Waits until so many messages have come, takes care that there are no more, and forgets them. */
    List<Message> messages(int count) {
        eventually()
                .becomes(
                        count + " messages in Starter",
                        () -> {
                            List<Message> more = connection.receive(Receive.from("Starter"));
                            while (!more.isEmpty()) {
                                messages.addAll(more);
                                more = connection.receive(Receive.from("Starter"));
                            }
                            return messages.size();
                        },
                        n -> n >= count);
        List<Message> all = List.copyOf(messages);
        messages.clear();
        assertThat(all).hasSize(count);
        return all;
    }

    /** Event and queue of so many messages, in the order in which they came. */
    List<String> events(int count) {
        return messages(count).stream()
                .map(message -> element(message, "EventType") + " " + element(message, "ObjectName"))
                .toList();
    }

    /** The text of an element of a message; fails for a body that isn't well-formed. */
    static String element(Message message, String name) {
        assertThat(message.messageType()).isEqualTo(TYPE);
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(message.body()));
            assertThat(document.getDocumentElement().getTagName()).isEqualTo("EVENT_INSTANCE");
            return document.getElementsByTagName(name).item(0).getTextContent();
        } catch (Exception e) {
            throw new AssertionError("The body can't be read: " + message.text(), e);
        }
    }

    /** Rows of a query, each as texts separated by a blank. */
    static List<String> select(LocalConnection connection, String sql) {
        try (Statement statement = connection.sql().createStatement();
                ResultSet at = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            int columns = at.getMetaData().getColumnCount();
            while (at.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(at.getString(i));
                }
                rows.add(String.join(" ", row.stream().map(String::valueOf).toList()));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
