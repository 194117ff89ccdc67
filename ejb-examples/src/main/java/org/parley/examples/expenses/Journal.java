package org.parley.examples.expenses;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.UUID;
import javax.sql.DataSource;
import org.parley.Message;

/**
 * What both sides did, in order, so that the page can show a dialog also after it is over: a message that is received is
 * gone from its queue. Written in the transaction that does it, so it never tells of what was rolled back.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Journal {

    private static final int TEXT_LENGTH = 4000;
    private static final String INSERT = """
            INSERT INTO expenses.journal (entry, conversation_id, service, event, message_type, sequence_number, text)
            VALUES (?, ?, ?, ?, ?, ?, ?)""";

    @Resource(name = "eis/parleyData")
    private DataSource data;

    @EJB
    private Numbering numbering;

    /** What can happen. */
    public enum Event {
        /** A message was sent. */
        SENT,
        /** A message was received. */
        RECEIVED,
        /** Money was booked. */
        BOOKED,
        /** A side has ended the conversation. */
        ENDED,
        /** A side has met an error. */
        FAILED
    }

    public void sent(UUID conversationId, String service, String messageType, String body) {
        write(conversationId, service, Event.SENT, new Detail(messageType, null, body));
    }

    public void received(UUID conversationId, String service, Message message) {
        Detail detail = new Detail(message.messageType(), message.sequenceNumber(), message.text());
        write(conversationId, service, Event.RECEIVED, detail);
    }

    public void booked(UUID conversationId, String service, BigDecimal amount) {
        write(conversationId, service, Event.BOOKED, new Detail(null, null, amount.toPlainString()));
    }

    public void ended(UUID conversationId, String service) {
        write(conversationId, service, Event.ENDED, new Detail(null, null, null));
    }

    public void failed(UUID conversationId, String service, String reason) {
        write(conversationId, service, Event.FAILED, new Detail(null, null, reason));
    }

    private record Detail(String messageType, Long sequenceNumber, String text) {
        private Detail {
            text = text == null || text.length() <= TEXT_LENGTH ? text : text.substring(0, TEXT_LENGTH);
        }
    }

    private void write(UUID conversationId, String service, Event event, Detail detail) {
        try (Connection connection = data.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, numbering.nextEntry());
            insert.setString(2, conversationId.toString());
            insert.setString(3, service);
            insert.setString(4, event.name());
            insert.setString(5, detail.messageType());
            insert.setObject(6, detail.sequenceNumber(), Types.BIGINT);
            insert.setString(7, detail.text());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new EJBException("The journal of dialog " + conversationId + " can't be written.", e);
        }
    }
}
