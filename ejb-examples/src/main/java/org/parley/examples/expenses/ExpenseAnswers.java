package org.parley.examples.expenses;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import java.util.UUID;
import org.parley.Conversation;
import org.parley.ConversationError;
import org.parley.ConversationListener;
import org.parley.Message;
import org.parley.OnError;
import org.parley.OnMessage;
import org.w3c.dom.Document;

/**
 * The client's ear: records the answers and ends the dialog after the last one. Answers come in the order of the
 * expenses, so their number in the dialog says what they are about.
 */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "queue", propertyValue = ExpenseContract.CLIENT_QUEUE),
            @ActivationConfigProperty(propertyName = "maxQueueReaders", propertyValue = "4")
        })
public class ExpenseAnswers implements ConversationListener {

    @EJB
    private ClientBook book;

    @EJB
    private Journal journal;

    @OnMessage(ExpenseContract.EXPENSE_APPROVED)
    public void approved(Message answer, Conversation conversation) {
        record(answer, conversation, Answer.APPROVED, null);
    }

    @OnMessage(ExpenseContract.EXPENSE_DENIED)
    public void denied(Document denial, Message answer, Conversation conversation) {
        record(answer, conversation, Answer.DENIED, ExpenseXml.reason(denial));
    }

    private void record(Message message, Conversation conversation, Answer answer, String reason) {
        UUID id = conversation.conversationId();
        journal.received(id, ExpenseContract.CLIENT, message);
        boolean last = book.answered(id, message.sequenceNumber(), answer, reason);
        if (last) {
            conversation.end();
            journal.ended(id, ExpenseContract.CLIENT);
        }
    }

    @OnError
    public void failed(Message message, Conversation conversation) {
        UUID id = conversation.conversationId();
        ConversationError error = message.error();
        journal.failed(id, ExpenseContract.CLIENT, error.code() + ": " + error.description());
        book.failed(id, error.description());
        conversation.end();
        journal.ended(id, ExpenseContract.CLIENT);
    }
}
