package org.parley.examples.expenses;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import java.math.BigDecimal;
import java.util.UUID;
import org.parley.Conversation;
import org.parley.ConversationListener;
import org.parley.Message;
import org.parley.OnEndDialog;
import org.parley.OnMessage;
import org.w3c.dom.Document;

/**
 * The desk: decides about expenses, books what it approves and answers. Each message is received, booked and answered in
 * one transaction; four dialogs are served at a time, each in its own order.
 */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "queue", propertyValue = ExpenseContract.DESK_QUEUE),
            @ActivationConfigProperty(propertyName = "maxQueueReaders", propertyValue = "4")
        })
public class ExpenseDesk implements ConversationListener {

    /** What the desk approves without asking anybody. */
    public static final BigDecimal LIMIT = new BigDecimal("500.00");

    private static final int UNREADABLE = 1;

    @EJB
    private DeskBook book;

    @EJB
    private Journal journal;

    @OnMessage(ExpenseContract.SUBMIT_EXPENSE)
    public void decide(Document submission, Message message, Conversation conversation) {
        UUID id = conversation.conversationId();
        journal.received(id, ExpenseContract.DESK, message);
        try {
            decide(ExpenseXml.expense(submission), message.sequenceNumber(), conversation);
        } catch (InvalidExpenseException e) {
            // Rolling back would bring the same message again. The client should know, and nothing more can follow.
            conversation.endWithError(UNREADABLE, e.getMessage());
            journal.failed(id, ExpenseContract.DESK, e.getMessage());
        }
    }

    private void decide(Expense expense, long line, Conversation conversation) {
        UUID id = conversation.conversationId();
        if (expense.amount().compareTo(LIMIT) <= 0) {
            book.book(id, line, expense);
            journal.booked(id, ExpenseContract.DESK, expense.amount());
            conversation.send(ExpenseContract.EXPENSE_APPROVED);
            journal.sent(id, ExpenseContract.DESK, ExpenseContract.EXPENSE_APPROVED, null);
        } else {
            String body = ExpenseXml.denial(expense.amount() + " is over the limit of " + LIMIT + ".");
            conversation.send(ExpenseContract.EXPENSE_DENIED, body);
            journal.sent(id, ExpenseContract.DESK, ExpenseContract.EXPENSE_DENIED, body);
        }
    }

    @OnEndDialog
    public void close(Conversation conversation) {
        UUID id = conversation.conversationId();
        conversation.end();
        journal.ended(id, ExpenseContract.DESK);
    }
}
